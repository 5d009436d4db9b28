"""Land crossings: our record of entry makes the other side's record of exit, and theirs ours.

Entry/Exit memorandum of 18 June 2019; Customs Act s. 92-93.1; Exit Information Regulations
s. 3-5. Every traveller, land only, no plates, no biometrics. It is the one flow with bursts, so
records of one batch are taken in together. What a record says lies sealed, the partner's and ours.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from smartborder.kernel.time import iso
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.custody import record_keys
from smartborder.node.custody.sealed_fields import SealedField
from smartborder.node.exchange import gate
from smartborder.node.exchange.effects import Effect, Fields, handles_many
from smartborder.node.exchange.gate import Outgoing, Passed
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Row, Session

AGREEMENT = "entry-exit"
PURPOSE = "border-crossing-record"
FIELDS = (
    "surname", "given_names", "middle_names", "birth_date", "nationality", "gender",
    "document_type", "document_number", "document_issuer", "crossing_port", "crossing_at",
)  # fmt: skip
LAND = {"crossing_mode": "land"}
"""The one mode that is shared."""
_COLUMNS = ("id", "way", "partner", "content", "crossed_at", "envelope", "made_at")
SEALED = SealedField("exchange.crossing.content")


class Crossing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person who crossed by land, as the document shows it."""

    surname: str
    given_names: str | None = None
    middle_names: str | None = None
    birth_date: str
    nationality: str
    gender: str | None = None
    document_type: str
    document_number: str
    document_issuer: str
    crossing_port: str
    crossing_at: datetime


def record(s: Session, home: NodeHome, crossing: Crossing) -> Passed | None:
    """Keep our record of an entry by land and push it, as soon as it is there."""
    made = s.new_id("crossing")
    values = {**msgspec.structs.asdict(crossing), "crossing_at": iso(crossing.crossing_at)}
    passed = gate.send(s, home, Outgoing(
        kind="disclosure", agreement=AGREEMENT, channel="push", stage="response", purpose=PURPOSE,
        subject=made, record=made, fields=FIELDS, values=values, facts=LAND,
        caveats=("no-onward-transfer",),
    ))  # fmt: skip
    envelope = passed.envelope if passed else None
    (key,) = record_keys.make(s, [made])
    s.insert("exchange.crossing", _COLUMNS, [
        (made, "own", None, SEALED.seal(key, made, values), crossing.crossing_at, envelope, s.now),
    ])  # fmt: skip
    return passed


@handles_many(AGREEMENT, "disclosure", PURPOSE, lambda _: LAND)
def take_in(s: Session, home: NodeHome, received: Sequence[tuple[Header, Fields]]) -> list[Effect]:
    """Keep the partner's records of entry as our records of exit.

    Raises:
        EnvelopeRefused: one of them is no crossing; they are then tried one by one.

    """
    ids = [s.new_id("crossing") for _ in received]
    s.insert("exchange.crossing", _COLUMNS, [
        (made, "received", header.sender, SEALED.seal(key, made, dict(fields)),
         read(header, fields).crossing_at, header.id, s.now)
        for made, key, (header, fields) in zip(ids, record_keys.make(s, ids), received, strict=True)
    ])  # fmt: skip
    return [Effect(outcome="applied", record=made) for made in ids]


def put_again(s: Session, row: Row, crossing: Crossing) -> dict[str, Any]:
    """Keep a crossing with corrected content under its old number; the content as it is kept."""
    key = record_keys.of(s, row["id"])
    content = {**msgspec.structs.asdict(crossing), "crossing_at": iso(crossing.crossing_at)}
    s.run("DELETE FROM exchange.crossing WHERE id = :id", id=row["id"])
    s.insert("exchange.crossing", _COLUMNS, [
        (row["id"], row["way"], row["partner"], SEALED.seal(key, row["id"], content),
         crossing.crossing_at, row["envelope"], row["made_at"]),
    ])  # fmt: skip
    s.leaf("crossing", row["id"], {"corrected": content})
    return content


def read(header: Header, fields: Fields) -> Crossing:
    """A crossing from what came.

    Raises:
        EnvelopeRefused: it is none.

    """
    try:
        return msgspec.convert(dict(fields), Crossing)
    except msgspec.ValidationError as error:
        raise EnvelopeRefused("not a crossing", envelope=header.id) from error
