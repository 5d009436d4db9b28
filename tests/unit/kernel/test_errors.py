"""The error tree keeps what the docs promise of it."""

from smartborder.kernel.errors import SmartborderError, tree


def test_codes_are_unique_and_titles_bilingual():
    errors = list(tree())
    codes = [e.code for e in errors]
    assert len(codes) == len(set(codes))
    assert all(e.title.en and e.title.fr and e.__doc__ for e in errors)


def test_every_error_maps_to_a_status_and_an_exit_code():
    assert {e.exit_code for e in tree()} <= {2, 3}
    assert all(400 <= e.status <= 599 for e in tree(SmartborderError))
