"""Canonical JSON gives the bytes that RFC 8785 gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartborder.kernel.canonical import NotCanonical, canonical


def test_keys_sort_by_utf16_code_units():
    # RFC 8785 3.2.3 prints this order: CR, 1, control, letters with accents, then the
    # surrogate pair of the emoji before the Hebrew presentation form.
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert canonical(value).decode() == ('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')


def test_control_characters_escape_as_the_standard_says():
    assert canonical("\u000f\n\"\\'/") == b'"\\u000f\\n\\"\\\\\'/"'


@pytest.mark.parametrize("value", [1.5, 2**53, {"a": float("nan")}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(json_values)
def test_order_of_keys_never_matters(value):
    def reversed_keys(v):
        if isinstance(v, dict):
            return {k: reversed_keys(v[k]) for k in reversed(list(v))}
        return [reversed_keys(x) for x in v] if isinstance(v, list) else v

    assert canonical(value) == canonical(reversed_keys(value))
