"""What comes from a scanner or a keyboard at the lane."""

from datetime import date

from smartborder.node.desk.scanned import read

DAY = date(2026, 11, 24)
SPECIMEN = (  # ICAO Doc 9303 part 4, appendix B
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
)


def test_a_zone_says_who_it_is():
    scanned = read(SPECIMEN, DAY)
    assert (scanned.number, scanned.zone) == ("L898902C3", True)
    who = scanned.person
    assert (who.surname, who.given_names, who.birth_date) == (
        "ERIKSSON", "ANNA MARIA", "1974-08-12",
    )  # fmt: skip


def test_a_typed_number_is_just_a_number():
    scanned = read(" 12 ab 34567 ", DAY)
    assert (scanned.number, scanned.issuer, scanned.zone) == ("12AB34567", None, False)
    assert scanned.findings == ()


def test_a_wrong_check_digit_is_said_and_stops_nothing():
    scanned = read(SPECIMEN.replace("L898902C36", "L898902C37"), DAY)
    assert "mrz.check-digit" in {f.code for f in scanned.findings}
    assert scanned.number == "L898902C3"
