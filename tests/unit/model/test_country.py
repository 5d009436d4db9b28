"""A country is a data pack; one without a pack of its own is still itself."""

import pytest

from smartborder.model.country import UnknownCountryPack, load_country


@pytest.mark.parametrize(("code", "alpha3"), [("CA", "CAN"), ("jp", "JPN"), ("ZZ", "XZZ")])
def test_every_country_has_a_code_of_its_own(code, alpha3):
    pack = load_country(code)
    assert (pack.code, pack.alpha3) == (code.upper(), alpha3)


@pytest.mark.parametrize("code", ["", "C", "CAN", "1A"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(UnknownCountryPack):
        load_country(code)
