"""What the reader says of single segments, whole envelopes and impossible input."""

from pathlib import Path

import pytest

from smartborder.formats.detect import detect
from smartborder.formats.edifact import EmptyBody, decode, read_messages
from smartborder.formats.edifact.codes import FUNCTIONS
from smartborder.formats.edifact.findings import FINDINGS
from smartborder.model.passenger_list import PassengerList, UnknownMessage
from smartborder.model.reply import ReplyMessage

FIXTURES = Path(__file__).parents[2] / "fixtures" / "edifact"
FULL = (FIXTURES / "full.edi").read_bytes()


def one(text: str | bytes) -> PassengerList:
    data = text if isinstance(text, bytes) else text.encode()
    (message,) = read_messages(data, travel_year=2026)
    assert isinstance(message, PassengerList)
    return message


def about(traveller: str, bgm: str = "745") -> PassengerList:
    """A list of one, with these segments after the name."""
    return one(
        f"UNB+UNOA:4+XX+YY+260601:0900+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+{bgm}'"
        "TDT+20+XX1+++XX'LOC+125+CDG'DTM+189:2606011340:201'LOC+87+YUL'DTM+232:2606011530:201'"
        f"NAD+FL+++TESTER:TOM'{traveller}'"
    )


def codes(message: PassengerList) -> list[str]:
    envelope = {"edifact.missing-segment", "edifact.no-locator"}
    return [f.code for f in message.findings if f.code not in envelope]


@pytest.mark.parametrize(
    ("bgm", "purpose"),
    [
        ("745", "passenger-list"),
        ("745+CP", "passenger-change"),
        ("745+XR", "passenger-cancel"),
        ("745+RP", "passenger-reduction"),
        ("266", "flight-status"),
        ("266+CL", "flight-close-out"),
        ("266+CLNB", "flight-close-out"),
        ("266+CLOB", "flight-close-out"),
        ("266+XF", "flight-cancel"),
        ("266+CF", "flight-change"),
        ("250", "crew-list"),
        ("250+C", "crew-list"),
        ("250+A", "crew-list"),
        ("250+B", "crew-list"),
        ("250+D", "crew-list"),
        ("250+E", "crew-list"),
        ("250+F", "crew-list"),
        ("250+CC", "crew-change"),
        ("250+BC", "crew-change"),
        ("250+EC", "crew-change"),
        ("250+FC", "crew-change"),
        ("336+G", "master-crew-list"),
        ("336+H", "master-crew-list"),
        ("336+I", "master-crew-list"),
        ("655", "gate-pass"),
    ],
)
def test_each_bgm_has_its_purpose(bgm: str, purpose: str) -> None:
    message = about("ATT+2++M", bgm)
    assert message.purpose == purpose
    assert message.function == (bgm.partition("+")[2] or None)
    assert codes(message) == []


def test_every_known_function_is_covered_above() -> None:
    cases = next(
        mark.args[1]
        for mark in test_each_bgm_has_its_purpose.pytestmark
        if mark.name == "parametrize"
    )
    named = {(bgm.partition("+")[0], bgm.partition("+")[2]) for bgm, _ in cases}
    known = {(code, function) for code, functions in FUNCTIONS.items() for function in functions}
    assert known - named == {("336", "")}


def test_an_unknown_second_bgm_element_keeps_the_purpose_and_is_noted() -> None:
    message = about("ATT+2++M", "745+ZZ")
    assert (message.purpose, codes(message)) == ("passenger-list", ["edifact.unknown-code"])


@pytest.mark.parametrize(
    ("segment", "born", "code"),
    [
        ("DTM+329:570310", "1957-03-10", None),
        ("DTM+329:570310:101", "1957-03-10", None),
        ("DTM+329:19570310:102", "1957-03-10", None),
        ("DTM+329:19570310", "1957-03-10", None),
        ("DTM+329:1957:602", "1957", "edifact.partial-date"),
        ("DTM+329:195703:610", "1957-03", "edifact.partial-date"),
        ("DTM+329:570300", "1957-03", "edifact.partial-date"),
        ("DTM+329:57XXXX", "1957", "edifact.partial-date"),
        ("DTM+329:260601", "2026-06-01", None),  # born on the day of arrival
        ("DTM+329:260602", "1926-06-02", None),  # the next day would be a birth to come
        ("DTM+329:240229", "2024-02-29", None),
        ("DTM+329:270229", None, "edifact.impossible-date"),  # 1927 had no such day
        ("DTM+329:260230", None, "edifact.impossible-date"),
        ("DTM+329:571301", None, "edifact.impossible-date"),
        ("DTM+329:20270101:102", "2027-01-01", "edifact.future-birth-date"),
        ("DTM+329:ABCDEF", None, "edifact.bad-date"),
        ("DTM+329:9999:602", None, "edifact.bad-date"),
        ("DTM+329:0000:602", None, "edifact.unknown-date"),
        ("DTM+329:000000", None, "edifact.unknown-date"),  # not the year 2000
        ("DTM+329:00000000:102", None, "edifact.unknown-date"),
        ("DTM+329:XXXXXX", None, "edifact.unknown-date"),
        ("DTM+329:001200", "2000-12", "edifact.partial-date"),
        ("DTM+329:000101", "2000-01-01", None),
        ("DTM+329:", None, "edifact.missing-value"),
        ("DTM+329:570310:102", "1957-03-10", "edifact.date-format"),
        ("DTM+329:18490310:102", None, "edifact.bad-date"),
        ("DTM+329:18500310:102", "1850-03-10", None),
        ("DTM+329+570310", "1957-03-10", None),
    ],
)
def test_birth_dates(segment: str, born: str | None, code: str | None) -> None:
    message = about(f"ATT+2++M'{segment}")
    assert message.travellers[0].birth_date == born
    assert codes(message) == ([code] if code else [])
    for finding in message.findings:
        if finding.code == code:
            assert (finding.segment, finding.traveller) == ("DTM#10", 0)


def test_an_expiry_of_noughts_is_no_expiry_and_no_document_expired_in_2000() -> None:
    message = about("ATT+2++M'DOC+P+12AB34567'DTM+36:000000'LOC+91+FRA")
    assert message.travellers[0].documents[0].expires is None
    assert codes(message) == ["edifact.unknown-date"]


def test_without_a_flight_date_the_given_year_is_the_pivot() -> None:
    text = "UNB+UNOA:4+A+B+1+1'UNH+1+PAXLST:D:05B:UN'BGM+745'NAD+FL+++TESTER:TOM'DTM+329:300101'"
    for year, born in ((2029, "1930-01-01"), (2030, "2030-01-01")):
        (message,) = read_messages(text.encode(), travel_year=year)
        assert isinstance(message, PassengerList)
        assert message.travellers[0].birth_date == born


def test_the_flight_date_is_the_pivot_where_there_is_one() -> None:
    old = FULL.replace(b"2606011340", b"0706011340").replace(b"2606011530", b"0706011530")
    message = one(old.replace(b"DTM+329:990101", b"DTM+329:080101"))
    assert message.itinerary[0].departs.isoformat() == "2007-06-01T13:40:00"
    assert message.travellers[2].birth_date == "1908-01-01"


@pytest.mark.parametrize(
    ("segments", "bags"),
    [
        ("MEA+CT++4'MEA+WT++KGM:80", (4, 80.0)),
        ("MEA+WT++KGM:80", (None, 80.0)),
        ("MEA+CT++4", (4, None)),
        ("MEA+CT++:4", (4, None)),
        ("MEA+WT++LBR:100", (None, 45.36)),
        ("MEA+WT++KGM:12.5", (None, 12.5)),
        ("MEA+WT++KGM:12,5", (None, 12.5)),
        ("FTX+BAG+++XX0446", (1, None)),
        ("FTX+BAG+++XX0446:2", (2, None)),
        ("FTX+BAG+++XX0446:2'MEA+CT++2", (2, None)),
    ],
)
def test_bags(segments: str, bags: tuple[int | None, float | None]) -> None:
    found = about(segments).travellers[0].bags
    assert found is not None
    assert (found.count, found.weight_kg) == bags


def test_a_series_of_bag_tags_is_expanded_with_its_zeros() -> None:
    found = about("FTX+BAG+++XX000998:4").travellers[0].bags
    assert found is not None
    assert found.tags == ("XX000998", "XX000999", "XX001000", "XX001001")


def test_more_tags_than_bags_is_noted_and_the_count_kept() -> None:
    message = about("MEA+CT++1'FTX+BAG+++XX0446:2")
    assert message.travellers[0].bags.count == 1
    assert codes(message) == ["edifact.bag-count-mismatch"]


def test_a_missing_name_segment_gives_a_nameless_traveller_and_spares_the_one_before() -> None:
    text = FULL.replace(b"NAD+FL+++OKAFOR:BEN'", b"")
    message = one(text)
    assert [p.surname for p in message.travellers] == ["MARCHETTI", None, "DUBOIS"]
    assert message.travellers[0].documents == one(FULL).travellers[0].documents
    assert message.travellers[1].locator == "QXGY13"
    (finding,) = [f for f in message.findings if f.code == "edifact.missing-name"]
    assert (finding.segment, finding.traveller, finding.severity) == ("ATT#38", 1, "error")


PLACED = ["full", "blanks-and-bom", "una-star-dollar", "released", "type-b-header",
          "charset-latin-1", "two-interchanges"]  # fmt: skip


@pytest.mark.parametrize("name", PLACED)
def test_offsets_point_at_the_travellers_own_segments(name: str) -> None:
    data = (FIXTURES / f"{name}.edi").read_bytes()
    text = decode(data)
    for message in read_messages(data, travel_year=2026):
        assert isinstance(message, PassengerList)
        for person in message.travellers:
            start, end = person.raw or (0, 0)
            own = text[start:end]
            assert own.startswith("NAD")
            assert own[-1] in "'$"
            assert own.count("NAD") == 1
            assert person.documents[0].issuer in own


def test_the_place_of_a_traveller_counts_from_unh() -> None:
    assert [p.segment for p in one(FULL).travellers] == ["NAD#11", "NAD#38", "NAD#49"]


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf\r\n"])
def test_an_empty_body_is_refused_with_its_code(data: bytes) -> None:
    with pytest.raises(EmptyBody) as refused:
        read_messages(data, travel_year=2026)
    assert (refused.value.code, refused.value.status) == ("edifact.empty", 400)


@pytest.mark.parametrize("data", [b"hello", b"\x00\xff" * 50, b"<xml/>", b"UNB", b"UNA:+.? '"])
def test_what_is_no_message_is_one_unknown_message_with_a_finding(data: bytes) -> None:
    (message,) = read_messages(data, travel_year=2026)
    assert isinstance(message, UnknownMessage)
    assert "edifact.unknown-message" in [f.code for f in message.findings]


def test_ten_thousand_passengers_are_all_there() -> None:
    head, people, tail = FULL.partition(b"NAD+FL+++OKAFOR")
    person = (people + tail[: tail.index(b"NAD+FL")]) * 10_000
    message = one(
        head[: head.index(b"NAD+FL")] + person + b"CNT+42:10000'UNT+110012+M1'UNZ+1+REF1'"
    )
    assert len(message.travellers) == 10_000
    assert {p.birth_date for p in message.travellers} == {"1957-03-10"}
    assert codes(message) == []


@pytest.mark.parametrize("lost", ["'", "+"])
def test_a_long_text_without_separators_is_still_read_in_one_go(lost: str) -> None:
    head, _, tail = FULL.decode().partition("NAD+FL+++OKAFOR")
    people = "NAD+FL+++OKAFOR" + tail[: tail.index("NAD+FL")]
    text = (
        head[: head.index("NAD+FL")] + people.replace(lost, "~", 1 if lost == "'NAD" else -1) * 500
    )
    found = read_messages(text.encode(), travel_year=2026)
    said = sum(len(m.findings) + len(getattr(m, "travellers", ())) for m in found)
    assert said >= 500 or lost == "+"


def test_unsolicited_replies_and_acknowledgements_are_told_apart() -> None:
    data = (FIXTURES / "cusres-unsolicited.edi").read_bytes()
    messages = read_messages(data, travel_year=2026)
    assert [m.kind for m in messages if isinstance(m, ReplyMessage)] == [
        "unsolicited",
        "acknowledgement",
    ]


def test_reply_codes_are_those_of_the_country() -> None:
    data = (FIXTURES / "cusres.edi").read_bytes()
    (message,) = read_messages(data, travel_year=2026, meanings={"9Q": "contact-government"})
    assert isinstance(message, ReplyMessage)
    assert [r.meaning for r in message.replies][2] == "contact-government"
    unknown = [f.detail.en for f in message.findings if f.code == "cusres.unknown-code"]
    assert [text[11:13] for text in unknown] == ["0Z", "1Z"]


def test_no_finding_repeats_what_a_traveller_is_called() -> None:
    for path in FIXTURES.glob("*.edi"):
        for message in read_messages(path.read_bytes(), travel_year=2026):
            said = " ".join(f.detail.en + f.detail.fr for f in message.findings)
            for person in getattr(message, "travellers", ()):
                for value in (person.surname, person.birth_date, person.locator):
                    assert not value or len(value) < 5 or value not in said


def test_every_finding_differs_between_the_languages_and_says_something() -> None:
    for code, row in FINDINGS.items():
        assert code.split(".")[0] in ("edifact", "cusres")
        assert row.text.en != row.text.fr
        assert row.text.en.endswith(".") and row.text.fr.endswith(".")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (FULL, "edifact"),
        (FULL[9:], "edifact"),
        (b"\x01QK X\r\n" + FULL, "edifact"),
        (b"BGM+745'NAD+FL+++A:B'", "edifact"),
        (b'{"a": 1}', "json"),
        (b"<?xml version='1.0'?>", "xml"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04", "zip"),
        (b"I<UTOXX0000002<<<<<<<<<<<<<<<\n", None),
        (b"I<UTOXX0000002<<<<<<<<<<<<<<<<\n", "mrz"),
        (b"hello", None),
        (b"", None),
    ],
)
def test_the_format_is_told_from_the_bytes(data: bytes, kind: str | None) -> None:
    assert detect(data) == kind
