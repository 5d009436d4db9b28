"""One traveller through time: each push and what changed, the replies, the decisions, the hits.

The raw message is opened from custody and the values that a check or a hit rests on are marked in
it, so that an officer sees what the carrier wrote and not what we made of it.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from smartborder.formats.edifact import decode, raw_segments
from smartborder.model.passenger_list import Traveller
from smartborder.model.reason import Finding, Reason
from smartborder.node.act.programme import CheckResult
from smartborder.node.custody import raw
from smartborder.node.desk.marking import Piece, marked
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One segment as received.

    Attributes:
        segment: its place in the message, ``DOC#14``, as findings name it.
        pieces: its text, with values that something rests on marked.
        findings: what was noticed about this very segment.
    """

    segment: str
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...] = ()


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """One message about the traveller.

    Attributes:
        changed: fields that differ from the version before; (field, before, after).
        source: who sent it; ``delete_by``: when the message must be gone.
        original: number of the sealed record the message came in; None once it is destroyed.
        raw: the traveller's own segments, one a line; empty once destroyed.
        findings: about the message as a whole and about this traveller.
        destroyed: the raw text was destroyed on its delete-by date.
        result: what the checks said of this version; None where a clearance still held.
        complete: False when not every list was available (a finding of the reply says so).
    """

    version: int
    at: datetime
    message: str
    purpose: str
    source: str
    reference: str | None
    delete_by: datetime | None
    person: Traveller
    changed: tuple[tuple[str, str, str], ...]
    original: str | None
    raw: tuple[Line, ...]
    destroyed: bool
    findings: tuple[Finding, ...]
    result: str | None
    reasons: tuple[Reason, ...]
    law_on: str | None
    as_known: str | None


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A reply the carrier was given for this traveller."""

    at: datetime
    kind: str
    code: str
    state: str
    acknowledged_at: datetime | None
    control_reference: str


def pushes(s: Session, node: Node, traveller: str, values: Iterable[str] = ()) -> list[Push]:
    """Every version of a traveller, newest first, with the raw text behind it.

    ``values``: reported values that hits rest on; they are marked beside those of the checks.
    """
    rows = s.rows(
        "SELECT v.version, v.received_at AS at, v.person, v.message, m.purpose, m.client,"
        " m.reference, m.common_reference, m.delete_by, m.transmission, m.findings,"
        " v.position, c.name AS sender, k.id AS held"
        " FROM act.traveller_version v JOIN act.message m ON m.id = v.message"
        " LEFT JOIN custody.key k ON k.id = m.transmission"
        " LEFT JOIN access.client c ON c.id = m.client"
        " WHERE v.traveller = :t ORDER BY v.version",
        t=traveller,
    )
    checks = {
        r["version"]: r
        for r in s.rows(
            "SELECT * FROM act.check_result WHERE traveller = :t ORDER BY at", t=traveller
        )
    }
    found, before = [], None
    for row in rows:
        person = msgspec.convert(row["person"], Traveller)
        found.append(_push(s, node, row, person, before, checks.get(row["version"]), values))
        before = person
    return found[::-1]


def replies(s: Session, traveller: str) -> list[Sent]:
    """Every reply that named the traveller, newest first."""
    rows = s.rows(
        "SELECT created_at AS at, kind, codes[array_position(travellers, :t)] AS code, state,"
        " acknowledged_at, control_reference FROM act.reply WHERE :t = ANY(travellers) AND"
        " (flight = (SELECT flight FROM act.traveller WHERE id = :t) OR message ="
        " ANY(ARRAY(SELECT message FROM act.traveller_version WHERE traveller = :t)))"
        " ORDER BY created_at DESC, id DESC",
        t=traveller,
    )
    return [msgspec.convert(r, Sent) for r in rows]


def _push(s: Session, node: Node, row: Row, person: Traveller, before: Traveller | None,
          check: Row | None, values: Iterable[str]) -> Push:  # fmt: skip
    results = msgspec.convert(check["results"], tuple[CheckResult, ...]) if check else ()
    reasons = tuple(r for c in results for r in c.reasons)
    wanted = [*values, *(r.compared.theirs for r in reasons if r.compared and r.compared.theirs)]
    original, segments = _raw(s, node, row, person)
    said = msgspec.convert(row["findings"], tuple[Finding, ...])
    findings = tuple(f for f in said if f.traveller in (None, row["position"]))
    return Push(
        version=row["version"], at=row["at"], message=row["message"], purpose=row["purpose"],
        source=row["sender"] or row["client"], reference=row["reference"],
        delete_by=row["delete_by"], person=person,
        changed=differences(before, person) if before else (), original=original,
        raw=lines(segments or (), person, wanted, findings), destroyed=segments is None,
        findings=findings,
        result=check["result"] if check else None, reasons=reasons,
        law_on=check["law_on"].isoformat() if check else None,
        as_known=check["as_known"].isoformat() if check else None,
    )  # fmt: skip


def differences(before: Traveller, after: Traveller) -> tuple[tuple[str, str, str], ...]:
    """Fields that changed between two versions, as text."""
    skip = {"segment", "raw"}
    if (before.seat, before.locator, before.reference) != (
        after.seat, after.locator, after.reference,
    ):  # fmt: skip
        skip.add("references")  # the same news once more
    return tuple(
        (name, said(getattr(before, name)), said(getattr(after, name)))
        for name in Traveller.__struct_fields__
        if name not in skip and getattr(before, name) != getattr(after, name)
    )


def said(value: object) -> str:
    """A reported value as one line of text; a dash for silence."""
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return "; ".join(said(v) for v in value)
    if isinstance(value, msgspec.Struct):
        fields = (getattr(value, n) for n in value.__struct_fields__)
        return " ".join(said(f) for f in fields if f not in (None, ()))
    return str(value)


def lines(segments: Iterable[str], person: Traveller, values: Iterable[str],
          findings: Iterable[Finding]) -> tuple[Line, ...]:  # fmt: skip
    """The segments of ``person``, numbered from where the person begins, with what is marked."""
    wanted, noted = tuple(values), tuple(findings)
    _, _, number = (person.segment or "NAD#1").partition("#")
    found = []
    for place, text in enumerate(segments, int(number)):
        segment = f"{text[:3]}#{place}"
        about = tuple(f for f in noted if f.segment == segment)
        found.append(
            Line(segment=segment, pieces=tuple(marked(text, person, wanted)), findings=about)
        )
    return tuple(found)


def _raw(s: Session, node: Node, row: Row,
         person: Traveller) -> tuple[str | None, tuple[str, ...] | None]:  # fmt: skip
    """The sealed record the traveller came in, and his own segments; None once it is destroyed.

    A list in parts came as several transmissions; the right one is where the person stands.
    """
    if person.raw is None:
        return row["held"], ()
    others = s.rows(
        "SELECT transmission FROM act.message WHERE client = :client AND common_reference = :common"
        " AND state = 'assembled' AND transmission <> :own",
        client=row["client"], common=row["common_reference"], own=row["transmission"],
    )  # fmt: skip
    original, segments = None, None
    for transmission in [row["transmission"], *(r["transmission"] for r in others)]:
        try:
            text = decode(raw.fetch(s, node.data_key, transmission))
        except raw.Destroyed:
            continue
        original, segments = transmission, raw_segments(text, *person.raw)
        if (person.surname or "").upper() in "".join(segments).upper():
            break
    return original, segments
