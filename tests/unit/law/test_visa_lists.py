"""The visa lists compared: the figures of the reference, and the days on which they changed."""

from datetime import date

from smartborder.law.visa_lists import diff

KNOWN = date(2026, 11, 24)


def test_the_waiver_is_a_strict_subset_of_canadas_exemptions():
    found = diff(KNOWN, KNOWN)
    assert found.only_us == ()
    assert found.only_ca == (
        "ARE", "BGR", "BHS", "BRB", "CYP", "HKG", "PNG", "ROU", "SLB", "VAT", "WSM",
    )  # fmt: skip
    assert len(found.both) == 42
    assert len(found.conditional) == 17
    assert found.confidence == "excerpt"
    assert found.changed == ()


def test_what_changed_on_a_day():
    (change,) = diff(date(2023, 6, 6), KNOWN).changed
    assert change.citation == "IRPR 7.01(1)"
    assert len(change.added) == 13
    assert change.removed == ()
    mexico = {c.list: c for c in diff(date(2024, 3, 1), KNOWN).changed}
    assert mexico["visa-exempt"].removed == ("MEX",)
    assert mexico["conditional-authorisation"].added == ("MEX",)


def test_a_change_is_not_seen_before_it_was_known():
    assert diff(date(2023, 6, 6), date(2023, 5, 18)).changed == ()
