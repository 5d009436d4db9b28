"""Names side by side: which word stands beside which, and which letters are marked."""

from hypothesis import given
from hypothesis import strategies as st

from smartborder.node.desk.aligned import side_by_side


def shown(ours, theirs):
    return [
        (p.likeness, "".join(t for t, _ in p.ours), "".join(t for t, _ in p.theirs))
        for p in side_by_side(ours, theirs)
    ]


def test_order_and_case_and_accents_make_no_difference():
    assert shown("Agnès Roy", "ROY, AGNES") == [("same", "Agnès", "AGNES"), ("same", "Roy", "ROY")]


def test_only_the_letters_that_differ_are_marked():
    (pair,) = side_by_side("Viktor", "VICTOR")
    assert pair.ours == (("Vi", False), ("k", True), ("tor", False))
    assert pair.theirs == (("VI", False), ("C", True), ("TOR", False))


def test_a_word_without_a_partner_stands_alone():
    assert shown("Ana Lopes", "ANA MARIA LOPES") == [
        ("same", "Ana", "ANA"),
        ("same", "Lopes", "LOPES"),
        ("alone", "", "MARIA"),
    ]


def test_an_empty_name_has_no_partner():
    assert shown("", "LEE") == [("alone", "", "LEE")]


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_letter_is_lost_or_invented(ours, theirs):
    pairs = side_by_side(ours, theirs)

    def words(side):
        return sorted("".join(t for t, _ in getattr(p, side)) for p in pairs if getattr(p, side))

    assert words("ours") == sorted(ours.replace(",", " ").split())
    assert words("theirs") == sorted(theirs.replace(",", " ").split())
