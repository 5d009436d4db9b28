"""``smartborder read FILE...``: what a message says, one JSON object a message."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from smartborder.cli.agreement import UnknownLanguage
from smartborder.cli.files import read_bytes
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import LANGUAGES, Text
from smartborder.model.country import load_country
from smartborder.model.passenger_list import PassengerList, Traveller
from smartborder.model.reason import Finding
from smartborder.model.reply import REPLY_CODES, ReplyMessage


class UnknownFormat(InputError):
    """The file is of no format that ``read`` knows."""

    code = "read.unknown-format"
    title = Text("Unknown format", "Format inconnu")


def read(
    files: Annotated[list[Path], typer.Argument(help="Message files; - is standard input.")],
    country: Annotated[
        str, typer.Option(help="Whose reply codes a CUSRES uses (ISO 3166 alpha-2).")
    ] = "XX",
    json_: Annotated[bool, typer.Option("--json", help="JSON Lines even on a terminal.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="Language on a terminal: en or fr.")] = "en",
) -> None:
    """Read passenger messages; JSON Lines, one object per message."""
    from smartborder.formats.detect import detect
    from smartborder.formats.edifact import read_messages

    if lang not in LANGUAGES:
        raise UnknownLanguage("--lang takes en or fr")
    replies = load_country(country).replies
    meanings = {replies[m].code: m for m in reversed(REPLY_CODES) if m in replies}
    year = datetime.now(UTC).year
    tables = sys.stdout.isatty() and not json_
    failed: InputError | None = None
    for path in files:
        try:
            data = read_bytes(path)
            kind = detect(data)
            if data.strip() and kind not in ("edifact", None):
                raise UnknownFormat(f"{kind} is not read by this command", file=str(path))
            messages = read_messages(data, travel_year=year, meanings=meanings)
        except InputError as error:
            error.where.setdefault("file", str(path))
            if len(files) == 1:
                raise
            failed = failed or error
            print(f"error: {error.code}: {error.detail} [file: {path}]", file=sys.stderr)
            continue
        for index, message in enumerate(messages):
            record = as_record(str(path), index, message)
            if tables:
                from smartborder.cli.read_table import show

                show(record, lang)
            else:
                _line(record)
    if failed is not None:
        raise typer.Exit(failed.exit_code)


def as_record(file: str, index: int, message: Any) -> dict[str, Any]:
    """The object printed for one message: names and order are the contract of the command."""
    record: dict[str, Any] = {
        "file": file,
        "index": index,
        "format": message.format,
        "version": message.version,
        "sender": message.sender,
        "recipient": message.recipient,
        "reference": message.reference,
    }
    if isinstance(message, PassengerList):
        record["purpose"] = message.purpose
        record["itinerary"] = [_leg(leg) for leg in message.itinerary]
        record["travellers"] = [_traveller(person) for person in message.travellers]
    elif isinstance(message, ReplyMessage):
        record["kind"] = message.kind
        record["transaction"] = message.transaction
        record["itinerary"] = [_leg(leg) for leg in message.itinerary]
        record["replies"] = [
            {
                "traveller_ref": reply.traveller_ref,
                "code": reply.code,
                "meaning": reply.meaning,
                "text": reply.text,
            }
            for reply in message.replies
        ]
    record["findings"] = [_finding(finding) for finding in message.findings]
    return record


def _leg(leg: Any) -> dict[str, Any]:
    return {
        "carrier": leg.carrier,
        "number": leg.number,
        "from": leg.origin,
        "to": leg.destination,
        "departs": leg.departs,
        "arrives": leg.arrives,
    }


def _traveller(person: Traveller) -> dict[str, Any]:
    return {
        "role": person.role,
        "surname": person.surname,
        "given_names": person.given_names,
        "sex": person.sex,
        "birth_date": person.birth_date,
        "nationality": person.nationality,
        "residence": person.residence,
        "embarks": person.embarks,
        "disembarks": person.disembarks,
        "documents": [
            {"type": d.type, "number": d.number, "issuer": d.issuer, "expires": d.expires}
            for d in person.documents
        ],
        "locator": person.locator,
        "seat": person.seat,
        "bags": (
            {"count": person.bags.count, "weight_kg": person.bags.weight_kg}
            if person.bags
            else None
        ),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "segment": finding.segment,
        "detail": finding.detail,
    }


def _line(record: dict[str, Any]) -> None:
    sys.stdout.write(msgspec.json.encode(record).decode() + "\n")
