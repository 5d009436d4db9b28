"""A reply to CUSRES bytes (WCO/IATA/ICAO CUSRES MIG, April 2013)."""

from collections.abc import Mapping
from datetime import datetime

from smartborder.formats.edifact.codes import REPLY_KINDS
from smartborder.formats.edifact.write import (
    NotWritable,
    interchange,
    message,
    minute,
    segment,
)
from smartborder.kernel.text import Language
from smartborder.model.country import ReplyRow
from smartborder.model.passenger_list import Leg
from smartborder.model.reply import ReplyMessage, TravellerReply

_NAMES = {kind: code for code, kind in REPLY_KINDS.items()}


def write_cusres(
    reply: ReplyMessage,
    *,
    at: datetime,
    sender: str,
    recipient: str,
    control_reference: str,
    codes: Mapping[str, ReplyRow] | None = None,
    language: Language = "en",
) -> bytes:
    """One interchange with the reply.

    Args:
        reply: what to say; its own sender and recipient are not used.
        at: preparation time (UNB).
        sender: party that sends, as in UNB.
        recipient: party that receives, as in UNB.
        control_reference: of UNB; also the message reference where the reply has none.
        codes: the country's table; used where an answer has no code or text of its own.
        language: of the fixed texts taken from the table.

    Raises:
        NotWritable: if an answer has no code and the table has none for its meaning.

    """
    body = [segment("BGM", _NAMES[reply.kind])]
    if reply.transaction:
        body.append(segment("RFF", ["TN", *reply.transaction.split(":")]))
    for leg in reply.itinerary:
        body += _leg(leg)
    for answer in reply.replies:
        body += _answer(answer, codes or {}, language)
    version = reply.version if reply.version and ":" in reply.version else "D:02B"
    text = message(reply.reference or control_reference, "CUSRES", version, [], body)
    return interchange(
        [text], at=at, sender=sender, recipient=recipient, control_reference=control_reference
    )


def _leg(leg: Leg) -> list[str]:
    out = [segment("RFF", ["AF", (leg.carrier or "") + (leg.number or "")])]
    if leg.departs:
        out.append(segment("DTM", ["189", minute(leg.departs), "201"]))
    if leg.arrives:
        out.append(segment("DTM", ["232", minute(leg.arrives), "201"]))
    if leg.origin:
        out.append(segment("LOC", "125", leg.origin))
    if leg.destination:
        out.append(segment("LOC", "87", leg.destination))
    return out


def _answer(answer: TravellerReply, codes: Mapping[str, ReplyRow], language: Language) -> list[str]:
    row = codes.get(answer.meaning)
    code = answer.code or (row.code if row else None)
    text = answer.text if answer.text is not None else (row.text.in_(language) if row else None)
    if not code:
        raise NotWritable(f"no reply code is known for '{answer.meaning}'")
    references = answer.references
    if not references and answer.traveller_ref:
        references = (("ABO", answer.traveller_ref),)
    out = [segment("ERP", "2" if references else "1")]
    out += [segment("RFF", [qualifier, value]) for qualifier, value in references]
    out.append(segment("ERC", code))
    if text:
        out.append(segment("FTX", "AAP", "", "", text))
    return out
