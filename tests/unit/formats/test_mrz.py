"""Machine-readable zones of our own, with check digits worked out by hand from Doc 9303-3."""

from datetime import date

import pytest

from smartborder.formats.mrz import FIELD_NAMES, FINDINGS, check_digit, read_mrz


@pytest.mark.parametrize(
    ("field", "digit"),
    [
        ("520727", 3),  # Doc 9303-3, worked example
        ("AB2134<<<", 5),  # Doc 9303-3, worked example
        ("", 0),
        ("<<<<<<", 0),
        ("A", 0),
        ("1", 7),
        ("11", 0),
        ("a", None),
        ("É", None),
    ],
)
def test_check_digits(field: str, digit: int | None) -> None:
    assert check_digit(field) == digit


def zone(number: str, country: str, birth: str, expiry: str, personal: str = "<" * 14) -> str:
    """A TD3 zone with all check digits right."""

    def checked(field: str) -> str:
        return f"{field}{check_digit(field)}"

    number, personal = number.ljust(9, "<"), personal.ljust(14, "<")
    composite = checked(number) + checked(birth) + checked(expiry) + checked(personal)
    lower = (
        checked(number) + country.ljust(3, "<") + checked(birth) + "F" + checked(expiry)
        + checked(personal) + str(check_digit(composite))
    )  # fmt: skip
    return f"P<{country.ljust(3, '<')}TESTER<DUBOIS<<CLEO<ANNE".ljust(44, "<") + "\n" + lower


def test_a_passport() -> None:
    found = read_mrz(zone("GA302922", "CAN", "990101", "300101"))
    assert (found.type, found.valid, found.findings) == ("TD3", True, ())
    assert (found.surname, found.given_names) == ("TESTER DUBOIS", "CLEO ANNE")
    assert (found.document_code, found.document_number) == ("P", "GA302922")
    assert (found.issuer, found.nationality, found.sex) == ("CAN", "CAN", "F")
    assert (found.birth_date, found.expires) == ("1999-01-01", "2030-01-01")
    assert all(found.checks.values())
    assert set(found.checks) == {
        "document-number", "birth-date", "expiry", "personal-number", "composite",
    }  # fmt: skip


@pytest.mark.parametrize(
    "typed", [str.lower, lambda z: z.replace("\n", ""), lambda z: f" {z} \r\n"]
)
def test_how_it_was_typed_does_not_matter(typed) -> None:
    whole = zone("GA302922", "CAN", "990101", "300101")
    assert read_mrz(typed(whole)) == read_mrz(whole)


@pytest.mark.parametrize(
    ("position", "check"),
    [(0, "document-number"), (13, "birth-date"), (21, "expiry"), (28, "personal-number")],
)
def test_one_wrong_character_fails_its_own_check_and_the_composite(
    position: int, check: str
) -> None:
    upper, lower = zone("1A302922", "CAN", "990101", "300101", "7").split("\n")
    assert read_mrz(upper + lower).valid
    changed = str((int(lower[position]) + 1) % 10)
    found = read_mrz(upper + lower[:position] + changed + lower[position + 1 :])
    assert not found.valid
    failed = [name for name, right in found.checks.items() if not right]
    assert failed == [check, "composite"]
    assert [f.segment for f in found.findings if f.code == "mrz.check-digit"] == failed


def test_a_letter_in_a_date_is_no_date_though_the_check_digit_passes() -> None:
    found = read_mrz(zone("GA302922", "CAN", "99A101", "300101"))
    assert all(found.checks.values())
    assert (found.valid, found.bad_fields, found.birth_date) == (False, ("birth-date",), None)


@pytest.mark.parametrize(
    ("birth", "on", "expected"),
    [
        ("301231", date(2026, 6, 1), "1930-12-31"),
        ("260601", date(2026, 6, 1), "2026-06-01"),
        ("260602", date(2026, 6, 1), "1926-06-02"),
        ("990101", None, "1999-01-01"),
        ("300102", None, "1930-01-02"),  # after the day of expiry, so a century before
        ("9901<<", None, "1999-01"),
        ("99<<<<", None, "1999"),
    ],
)
def test_births_are_never_after_the_day_of_reading(
    birth: str, on: date | None, expected: str
) -> None:
    found = read_mrz(zone("GA302922", "CAN", birth, "300101"), on=on)
    assert found.birth_date == expected
    assert found.valid


@pytest.mark.parametrize("birth", ["990230", "991301", "990100", "000000"])
def test_days_that_do_not_exist(birth: str) -> None:
    found = read_mrz(zone("GA302922", "CAN", birth, "300101"))
    assert (found.valid, found.bad_fields, found.birth_date) == (False, ("birth-date",), None)


@pytest.mark.parametrize(
    ("code", "read", "finding"),
    [
        ("D", "DEU", None),
        ("XXA", "XXA", None),
        ("GBD", "GBD", None),
        ("UNO", "UNO", None),
        ("QQQ", "QQQ", "mrz.unknown-country"),
    ],
)
def test_countries(code: str, read: str, finding: str | None) -> None:
    found = read_mrz(zone("GA302922", code, "990101", "300101"))
    assert (found.valid, found.issuer, found.nationality) == (True, read, read)
    assert {f.code for f in found.findings} == ({finding} if finding else set())


def test_a_long_number_continues_in_the_optional_data_of_a_card() -> None:
    number = "D23145890734"
    upper = f"I<UTO{number[:9]}<{number[9:]}{check_digit(number)}".ljust(30, "<")
    birth, expiry = "740812", "300415"
    lower = f"{birth}{check_digit(birth)}F{expiry}{check_digit(expiry)}UTO<<<<<<<<<<<"
    composite = upper[5:] + lower[:7] + lower[8:15] + lower[18:29]
    found = read_mrz(upper + lower + str(check_digit(composite)) + "TESTER<<ANNE".ljust(30, "<"))
    assert (found.type, found.valid, found.document_number) == ("TD1", True, number)
    assert found.optional is None


@pytest.mark.parametrize(
    ("width", "kind"),
    [(44, "MRVA"), (36, "MRVB")],
)
def test_visas_have_no_composite(width: int, kind: str) -> None:
    upper, lower = zone("GA302922", "CAN", "990101", "300101").split("\n")
    visa = ("V<" + upper[2:])[:width] + (lower[:28] + "<" * 16)[:width]
    found = read_mrz(visa)
    assert (found.type, found.valid) == (kind, True)
    assert set(found.checks) == {"document-number", "birth-date", "expiry"}


@pytest.mark.parametrize("text", ["", "P<CAN", "X" * 89, "P<" * 45 + "!"])
def test_what_is_no_zone_has_no_type_and_one_finding(text: str) -> None:
    found = read_mrz(text)
    assert (found.type, found.valid) == (None, False)
    assert [f.code for f in found.findings] == ["mrz.length"]


def test_no_surname_is_noted() -> None:
    upper, lower = zone("GA302922", "CAN", "990101", "300101").split("\n")
    found = read_mrz(upper[:5] + "<" * 39 + lower)
    assert (found.surname, [f.code for f in found.findings]) == (None, ["mrz.no-name"])


def test_both_languages_differ() -> None:
    assert all(text.en != text.fr for _, text in FINDINGS.values())
    assert all(name.en != name.fr for name in FIELD_NAMES.values())
