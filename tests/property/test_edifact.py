"""What must hold of every message, however damaged: nobody lost, nobody else touched."""

import re
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartborder.formats.edifact import (
    EmptyBody,
    decode,
    read_messages,
    write_cusres,
    write_paxlst,
)
from smartborder.formats.edifact.codes import NO_NAME
from smartborder.model.passenger_list import (
    Bags,
    Leg,
    PassengerList,
    TravelDocument,
    Traveller,
)
from smartborder.model.reply import REPLY_CODES, ReplyMessage, TravellerReply

FULL = (Path(__file__).parents[1] / "fixtures/edifact/full.edi").read_bytes().decode()
SEGMENTS = FULL[9:-1].split("'")
FIRST = next(i for i, s in enumerate(SEGMENTS) if s.startswith("NAD+FL"))
LAST = next(i for i, s in enumerate(SEGMENTS) if s.startswith("CNT"))
OWNERS = {
    at: sum(s.startswith("NAD+FL") for s in SEGMENTS[: at + 1]) - 1 for at in range(FIRST, LAST)
}
ENVELOPE = {"sender": "XX", "recipient": "SBCAN", "control_reference": "R1"}
AT = datetime(2026, 6, 1, 9, 0)


def read(text: str | bytes) -> PassengerList:
    data = text if isinstance(text, bytes) else text.encode()
    (message,) = read_messages(data, travel_year=2026)
    assert isinstance(message, PassengerList)
    return message


def bare(people: tuple[Traveller, ...]) -> list[Traveller]:
    return [msgspec.structs.replace(p, segment=None, raw=None) for p in people]


def joined(segments: list[str]) -> str:
    return "UNA:+.? '" + "'".join(segments) + "'"


DAMAGES = {
    "deleted": lambda s: [],
    "twice": lambda s: [s, s],
    "tag": lambda s: ["X" + s[1:]],
    "emptied": lambda s: [s[:3]],
    "cut": lambda s: [s[: len(s) // 2]],
    "noise": lambda s: [s[:4] + "#~|" * 3],
    "separators": lambda s: [s.replace("+", ":")],
    "long": lambda s: [s + "+A" * 12],
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("at", OWNERS)
def test_damage_to_one_segment_touches_only_its_traveller(at: int, damage: str) -> None:
    whole = bare(read(joined(SEGMENTS)).travellers)
    damaged = SEGMENTS[:at] + DAMAGES[damage](SEGMENTS[at]) + SEGMENTS[at + 1 :]
    found = read(joined(damaged))
    others = [p for n, p in enumerate(whole) if n != OWNERS[at]]
    assert [p for p in bare(found.travellers) if p in others] == others
    assert len(found.travellers) >= len(whole)
    assert found.findings or damage in ("cut", "noise", "long")  # which may look right
    assert found.itinerary == read(FULL).itinerary


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("at", [at for at in range(len(SEGMENTS)) if at not in OWNERS])
def test_damage_to_envelope_head_or_tail_touches_no_traveller(at: int, damage: str) -> None:
    damaged = SEGMENTS[:at] + DAMAGES[damage](SEGMENTS[at]) + SEGMENTS[at + 1 :]
    messages = read_messages(joined(damaged).encode(), travel_year=2026)
    people = [p for m in messages for p in getattr(m, "travellers", ())]
    whole = bare(read(FULL).travellers)
    assert [p for p in bare(tuple(people)) if p in whole] == whole


@pytest.mark.parametrize("at", range(len(SEGMENTS)))
@pytest.mark.parametrize("glue", ["", "~", "\n", "+"])
def test_a_lost_terminator_loses_nobody(at: int, glue: str) -> None:
    if at + 1 == len(SEGMENTS):
        return
    merged = [*SEGMENTS[:at], SEGMENTS[at] + glue + SEGMENTS[at + 1], *SEGMENTS[at + 2 :]]
    found = read(joined(merged))
    whole = bare(read(FULL).travellers)
    spoiled = {OWNERS.get(at), OWNERS.get(at + 1)}
    others = [p for n, p in enumerate(whole) if n not in spoiled]
    assert [p for p in bare(found.travellers) if p in others] == others
    assert found.findings


def held(data: bytes) -> int:
    """Travellers and findings of all messages: what the text says must be among them."""
    messages = read_messages(data, travel_year=2026)
    people = sum(len(getattr(m, "travellers", ())) for m in messages)
    return people + sum(len(m.findings) for m in messages)


@settings(deadline=None)
@given(st.integers(0, len(FULL)), st.integers(0, len(FULL)))
def test_any_piece_of_a_message_is_read_and_counted(start: int, stop: int) -> None:
    piece = FULL[min(start, stop) : max(start, stop)]
    if piece.strip():
        assert held(piece.encode()) >= piece.count("'NAD+FL")


@settings(deadline=None)
@given(st.data())
def test_random_changes_never_crash_and_never_lose_in_silence(data: st.DataObject) -> None:
    text = list(FULL)
    for _ in range(data.draw(st.integers(1, 12))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(
            st.sampled_from("'+:?\n\r *$\"AZ09’é\x00")
        )
    changed = "".join(text)
    assert held(changed.encode()) >= changed.count("'NAD+FL+")


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("'+:?*$~|^#!%;(-\""), min_size=4, max_size=4, unique=True),
    st.sampled_from(["", "\n", "\r\n", "\r\n "]),
)
def test_any_service_characters_give_the_same_record(marks: list[str], between: str) -> None:
    component, element, release, terminator = marks
    plain = FULL[9:].replace("31.5", "31")
    text = plain.translate(str.maketrans({":": component, "+": element, "'": terminator + between}))
    for char in marks:
        if char in plain and char not in ":+'":
            return  # the character is also data, and would have to be released
    found = read(f"UNA{component}{element}.{release} {terminator}{text}")
    assert bare(found.travellers) == bare(read(FULL.replace("31.5", "31")).travellers)
    assert not found.findings


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_the_empty_body(data: bytes) -> None:
    try:
        assert read_messages(data, travel_year=2026)
    except EmptyBody:
        assert not decode(data).strip("".join(map(chr, range(33))) + "\x7f\ufeff")


@settings(deadline=None)
@given(st.text("UNAHBGDT+:'?\n *NADFLMLOC0123456789PAXLST", max_size=300))
def test_no_text_of_segments_raises(text: str) -> None:
    try:
        read_messages(text.encode(), travel_year=2026)
    except EmptyBody:
        assert not text.strip()


LETTERS = ["Lu", "Ll", "Nd", "Pd", "Po", "Sm", "Sc", "Lo"]
WORD = st.text(st.characters(categories=LETTERS), min_size=1, max_size=20).filter(
    lambda t: t.upper() not in NO_NAME | {"DTM", "UNB"}  # what no name is, or hardly ever
)
CODE = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=9)
PORT = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
COUNTRY = st.sampled_from(["CAN", "USA", "FRA", "XXA", "GBD", "NGA"])
DAY = st.dates(date(1930, 1, 1), date(2026, 5, 31)).map(str)
PARTIAL = st.one_of(DAY, DAY.map(lambda d: d[:7]), DAY.map(lambda d: d[:4]))
LEG = st.builds(
    Leg,
    carrier=st.sampled_from(["XX", "9W", "S7", "BAW"]),
    number=st.sampled_from(["1", "42", "812", "4120", "55A"]),
    origin=st.just("CDG"),
    destination=st.just("YUL"),
    departs=st.just(datetime(2026, 6, 1, 13, 40)),
    arrives=st.none() | st.just(datetime(2026, 6, 1, 15, 30)),
    overflight=st.booleans(),
)
DOCUMENT = st.builds(
    TravelDocument,
    type=st.sampled_from(["P", "V", "I", "C", "A", "F", "IN"]),
    number=CODE,
    issuer=st.none() | COUNTRY,
    expires=st.none() | DAY,
)
BAGS = st.builds(
    Bags,
    count=st.integers(0, 99),
    weight_kg=st.none() | st.integers(0, 9999).map(lambda n: n / 4),
    tags=st.just(()),
)


@st.composite
def travellers(draw: st.DrawFn) -> Traveller:
    locator = draw(st.none() | CODE)
    reference = draw(st.none() | CODE)
    seat = draw(st.none() | st.sampled_from(["12B", "1A", "44K"]))
    own = [("AVF", locator), ("ABO", reference), ("SEA", seat)]
    return Traveller(
        role=draw(
            st.sampled_from(["passenger", "crew", "in-transit-passenger", "in-transit-crew"])
        ),
        surname=draw(WORD),
        given_names=draw(st.none() | WORD),
        sex=draw(st.sampled_from([None, "M", "F", "X"])),
        birth_date=draw(st.none() | PARTIAL),
        birth_place=draw(st.none() | WORD),
        birth_country=draw(st.none() | COUNTRY),
        nationality=draw(st.none() | COUNTRY),
        residence=draw(st.none() | COUNTRY),
        embarks=draw(st.none() | PORT),
        disembarks=draw(st.none() | PORT),
        clears_at=draw(st.none() | PORT),
        documents=tuple(draw(st.lists(DOCUMENT, max_size=3))),
        locator=locator,
        reference=reference,
        seat=seat,
        references=tuple((q, v) for q, v in own if v),
        bags=draw(st.none() | BAGS),
        verified=draw(st.sampled_from([None, True])),
        address=draw(st.none() | WORD),
    )


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        PassengerList,
        version=st.sampled_from(["D:02B", "D:05B", "D:12B"]),
        reference=CODE,
        common_reference=st.none() | CODE,
        transaction=st.none() | CODE,
        purpose=st.sampled_from(
            ["passenger-list", "passenger-change", "crew-list", "flight-close-out"]
        ),
        reporting_party=st.none() | WORD,
        contacts=st.lists(st.tuples(st.sampled_from(["TE", "EM"]), CODE), max_size=2).map(tuple),
        itinerary=LEG.map(lambda leg: (leg,)),
        travellers=st.lists(travellers(), max_size=4).map(tuple),
    )
)
def test_what_is_written_reads_back(list_: PassengerList) -> None:
    found = read(write_paxlst(list_, at=AT, **ENVELOPE))
    assert bare(found.travellers) == bare(list_.travellers)
    for name in ("version", "reference", "common_reference", "transaction", "purpose"):
        assert getattr(found, name) == getattr(list_, name), name
    assert found.itinerary == list_.itinerary
    assert found.reporting_party == list_.reporting_party
    assert found.contacts == list_.contacts
    harmless = {"edifact.partial-date", "edifact.no-locator", "edifact.no-travellers",
                "edifact.charset"}  # fmt: skip
    assert {f.code for f in found.findings} <= harmless


REPLIES = st.lists(
    st.builds(
        TravellerReply,
        references=st.lists(
            st.tuples(st.sampled_from(["AVF", "ABO"]), CODE), min_size=1, max_size=3
        ).map(tuple),
        code=st.sampled_from(["0Z", "1Z", "2Z"]),
        text=st.none() | WORD,
    ),
    max_size=5,
)


@settings(deadline=None)
@given(REPLIES, st.sampled_from(["reply", "unsolicited", "acknowledgement"]), LEG)
def test_a_reply_reads_back(replies: list[TravellerReply], kind: str, leg: Leg) -> None:
    meanings = {"0Z": REPLY_CODES[0], "1Z": REPLY_CODES[1], "2Z": REPLY_CODES[2]}
    full = [
        msgspec.structs.replace(
            r,
            meaning=meanings[r.code or ""],
            traveller_ref=dict(r.references).get("ABO") or dict(r.references)["AVF"],
        )
        for r in replies
    ]
    leg = msgspec.structs.replace(leg, overflight=False)
    sent = ReplyMessage(kind=kind, transaction="T1", itinerary=(leg,), replies=tuple(full))
    data = write_cusres(sent, at=AT, **ENVELOPE)
    (found,) = read_messages(data, travel_year=2026, meanings=meanings)
    assert isinstance(found, ReplyMessage)
    assert found.replies == sent.replies
    assert found.itinerary == sent.itinerary
    assert (found.kind, found.transaction) == (kind, "T1")
    assert {f.code for f in found.findings} <= {"edifact.charset"}


NOTE = "FTX+AAI+++NOTE"


@settings(max_examples=60, deadline=None)
@given(st.lists(travellers(), min_size=1, max_size=3).map(tuple), st.sampled_from(["", "\r\n"]))
def test_the_plain_and_the_thorough_reader_agree(people: tuple[Traveller, ...], gap: str) -> None:
    list_ = PassengerList(purpose="passenger-list", travellers=people)
    text = write_paxlst(list_, at=AT, **ENVELOPE).decode("utf-8", "replace")
    text = re.sub(r"((?:\?.|[^'?])*')", rf"\1{gap}", text[9:], flags=re.S)
    noted = re.sub(r"(NAD\+(?:\?.|[^'?])*'\s*)", rf"\1{NOTE}'{gap}", text)
    plain, thorough = read(text), read(noted)  # a note is enough to have each segment looked at
    assert bare(plain.travellers) == bare(thorough.travellers)
    others = [f.code for f in thorough.findings if f.code != "edifact.unknown-code"]
    assert sorted(others) == sorted([*(f.code for f in plain.findings), "edifact.count-mismatch"])
