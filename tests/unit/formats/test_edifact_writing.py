"""Lists and replies as bytes: exact wording, parts, character sets, what cannot be written."""

from datetime import datetime
from itertools import permutations

import msgspec
import pytest

from smartborder.formats.edifact import (
    NotWritable,
    assemble,
    read_messages,
    write_cusres,
    write_paxlst,
)
from smartborder.kernel.text import Text
from smartborder.model.country import ReplyRow, load_country
from smartborder.model.passenger_list import Leg, PassengerList, Traveller
from smartborder.model.reply import REPLY_CODES, ReplyMessage, TravellerReply

AT = datetime(2026, 6, 1, 9, 5)
LEG = Leg(
    carrier="XX",
    number="412",
    origin="CDG",
    destination="YUL",
    departs=datetime(2026, 6, 1, 13, 40),
    arrives=datetime(2026, 6, 1, 15, 30),
)
ENVELOPE = {"sender": "XX", "recipient": "SBCAN", "control_reference": "R7"}


def person(number: int) -> Traveller:
    return Traveller(surname=f"TESTER{number}", locator="QXGY12", references=(("AVF", "QXGY12"),))


def list_of(people: int) -> PassengerList:
    return PassengerList(
        purpose="passenger-list",
        itinerary=(LEG,),
        travellers=tuple(person(number) for number in range(people)),
    )


def parts(people: int, size: int) -> list[PassengerList]:
    data = write_paxlst(list_of(people), at=AT, max_travellers_per_part=size, **ENVELOPE)
    found = read_messages(data, travel_year=2026)
    assert all(isinstance(message, PassengerList) for message in found)
    return [message for message in found if isinstance(message, PassengerList)]


def test_a_list_is_written_as_the_profile_has_it() -> None:
    data = write_paxlst(
        msgspec.structs.replace(list_of(1), transaction="T9:::001"), at=AT, **ENVELOPE
    )
    assert data.decode() == (
        "UNA:+.? 'UNB+UNOA:4+XX+SBCAN+260601:0905+R7'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"
        "RFF+TN:T9:::001'TDT+20+XX412+++XX'LOC+125+CDG'DTM+189:2606011340:201'LOC+87+YUL'"
        "DTM+232:2606011530:201'NAD+FL+++TESTER0'RFF+AVF:QXGY12'CNT+42:1'UNT+12+1'UNZ+1+R7'"
    )


def test_a_reply_is_written_as_the_profile_has_it() -> None:
    reply = ReplyMessage(
        transaction="T9:::001",
        itinerary=(LEG,),
        replies=(
            TravellerReply(references=(("AVF", "QXGY12"), ("ABO", "U1")), code="0Z", meaning="ok"),
            TravellerReply(traveller_ref="U2", meaning="not-ok"),
        ),
    )
    data = write_cusres(reply, at=AT, codes=load_country("CA").replies, language="en", **ENVELOPE)
    assert data.decode() == (
        "UNA:+.? 'UNB+UNOA:4+XX+SBCAN+260601:0905+R7'UNH+R7+CUSRES:D:02B:UN:IATA'BGM+962'"
        "RFF+TN:T9:::001'RFF+AF:XX412'DTM+189:2606011340:201'DTM+232:2606011530:201'"
        "LOC+125+CDG'LOC+87+YUL'ERP+2'RFF+AVF:QXGY12'RFF+ABO:U1'ERC+0Z'FTX+AAP+++OK TO BOARD'"
        "ERP+2'RFF+ABO:U2'ERC+1Z'FTX+AAP+++NO BOARD'UNT+18+R7'UNZ+1+R7'"
    )


@pytest.mark.parametrize("country", ["CA", "US", "XX"])
@pytest.mark.parametrize("meaning", REPLY_CODES)
def test_every_meaning_of_a_country_survives_the_wire(country: str, meaning: str) -> None:
    table = load_country(country).replies
    sent = ReplyMessage(replies=(TravellerReply(traveller_ref="U1", meaning=meaning),))
    meanings = {row.code: code for code, row in table.items()}
    data = write_cusres(sent, at=AT, codes=table, language="fr", **ENVELOPE)
    (found,) = read_messages(data, travel_year=2026, meanings=meanings)
    assert isinstance(found, ReplyMessage)
    assert found.replies[0].meaning == meaning
    assert found.replies[0].text == table[meaning].text.fr
    assert found.findings == ()


def test_not_ok_replies_differ_in_nothing_but_references() -> None:
    def written(reference: str) -> bytes:
        reply = TravellerReply(traveller_ref=reference, meaning="not-ok")
        row = {"not-ok": ReplyRow(code="1Z", text=Text("NO BOARD", "NON"))}
        return write_cusres(ReplyMessage(replies=(reply,)), at=AT, codes=row, **ENVELOPE)

    assert written("U1").replace(b"U1", b"U2") == written("U2")


@pytest.mark.parametrize(
    ("name", "syntax", "charset"),
    [
        ("TESTER", b"UNOA", "ascii"),
        ("Tester", b"UNOB", "ascii"),
        ("TESTÉR", b"UNOC", "latin-1"),
        ("TÉSTÃ©", b"UNOC", "latin-1"),
        ("Ã©", b"UNOW", "utf-8"),  # as ISO 8859-1 its bytes would pass for UTF-8
        ("Ελένη", b"UNOW", "utf-8"),
    ],
)
def test_the_smallest_character_set_that_holds_the_text(
    name: str, syntax: bytes, charset: str
) -> None:
    list_ = msgspec.structs.replace(list_of(0), travellers=(Traveller(surname=name),))
    data = write_paxlst(list_, at=AT, **ENVELOPE)
    assert data[9:17] == b"UNB+" + syntax
    assert name in data.decode(charset)
    (found,) = read_messages(data, travel_year=2026)
    assert isinstance(found, PassengerList)
    assert found.travellers[0].surname == name


@pytest.mark.parametrize(
    ("people", "size", "sizes"), [(5, 2, [2, 2, 1]), (4, 2, [2, 2]), (3, 9, [3])]
)
def test_a_list_is_split_into_parts(people: int, size: int, sizes: list[int]) -> None:
    found = parts(people, size)
    assert [len(p.travellers) for p in found] == sizes
    if len(sizes) > 1:
        assert [p.part for p in found] == [(n, n == len(sizes)) for n in range(1, len(sizes) + 1)]
        assert {p.common_reference for p in found} == {"R7"}
    assert all(p.itinerary == (LEG,) and p.findings == () for p in found)


def test_parts_make_the_same_list_in_any_order() -> None:
    for order in permutations(parts(5, 2)):
        whole = assemble(order)
        assert (whole.complete, whole.missing) == (True, ())
        names = [p.surname for p in whole.message.travellers]
        assert names == [f"TESTER{n}" for n in range(5)]
        assert whole.message.part is None
        assert whole.message.findings == ()


@pytest.mark.parametrize(
    ("present", "missing"),
    [((1, 2), (3,)), ((2, 3), (1,)), ((3,), (1, 2)), ((2,), (1, 3)), ((1,), (2,))],
)
def test_what_is_missing_is_named(present: tuple[int, ...], missing: tuple[int, ...]) -> None:
    found = parts(5, 2)
    whole = assemble([found[n - 1] for n in present])
    assert (whole.complete, whole.missing) == (False, missing)
    (finding,) = [f for f in whole.message.findings if f.code == "edifact.partial-list"]
    assert finding.detail.fr.endswith(f"{', '.join(map(str, missing))}.")


def test_a_repeated_part_is_used_once_and_noted() -> None:
    found = parts(4, 2)
    whole = assemble([found[1], found[0], found[1]])
    assert whole.complete
    assert len(whole.message.travellers) == 4
    assert [f.code for f in whole.message.findings] == ["edifact.part-repeated"]


def test_totals_are_checked_over_all_parts() -> None:
    found = parts(4, 2)
    each_says_all = [msgspec.structs.replace(p, counts=(("42", 4),)) for p in found]
    assert assemble(each_says_all).message.findings == ()
    one_too_many = [msgspec.structs.replace(p, counts=(("42", 5),)) for p in found]
    assert [f.code for f in assemble(one_too_many).message.findings] == ["edifact.count-mismatch"]


def test_findings_of_a_part_follow_their_traveller() -> None:
    found = parts(4, 2)
    data = write_paxlst(
        msgspec.structs.replace(
            found[1], travellers=(person(2), Traveller(surname="TESTER3")), reference="2"
        ),
        at=AT,
        **ENVELOPE,
    )
    (second,) = read_messages(data, travel_year=2026)
    assert isinstance(second, PassengerList)
    whole = assemble([second, found[0]])
    (finding,) = whole.message.findings
    assert (finding.code, finding.traveller) == ("edifact.no-locator", 3)


def test_parts_of_different_lists_are_refused() -> None:
    one, two = parts(4, 2)
    with pytest.raises(NotWritable):
        assemble([one, msgspec.structs.replace(two, common_reference="OTHER")])
    with pytest.raises(NotWritable):
        assemble([])


def test_what_cannot_be_written_says_why() -> None:
    with pytest.raises(NotWritable, match="purpose"):
        write_paxlst(PassengerList(), at=AT, **ENVELOPE)
    with pytest.raises(NotWritable, match="sender"):
        write_paxlst(list_of(1), at=AT, sender="", recipient="B", control_reference="1")
    with pytest.raises(NotWritable, match="at least one"):
        write_paxlst(list_of(1), at=AT, max_travellers_per_part=-1, **ENVELOPE)
    with pytest.raises(NotWritable, match="reply code"):
        write_cusres(ReplyMessage(replies=(TravellerReply(),)), at=AT, **ENVELOPE)
