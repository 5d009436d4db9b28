"""``smartborder read FILE...``: what a message says, one JSON object a message."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from smartborder.cli.files import read_bytes
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
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
) -> None:
    """Read passenger messages; JSON Lines, one object per message."""
    from smartborder.formats.detect import detect
    from smartborder.formats.edifact import read_messages

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
                _table(record)
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


def _table(record: dict[str, Any]) -> None:
    """The same record for a person at a terminal."""
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False)
    legs = [
        f"{leg['carrier'] or ''}{leg['number'] or ''} {leg['from'] or '?'}-{leg['to'] or '?'}"
        f" {leg['departs'] or ''}".strip()
        for leg in record.get("itinerary", ())
    ]
    parties = f"{record['sender'] or '?'} > {record['recipient'] or '?'}"
    head = [record["format"], record["version"], record.get("purpose"), parties, *legs]
    console.print(_visible("  ".join(filter(None, head))), style="bold")
    people, replies = record.get("travellers"), record.get("replies")
    if people:
        table = Table(
            "name", "role", "sex", "born", "nat.", "route", "documents", "locator", "seat"
        )
        for one in people:
            table.add_row(*map(_cell, _person(one)))
        console.print(table)
    if replies:
        table = Table("traveller", "code", "meaning", "text")
        for one in replies:
            table.add_row(*map(_cell, one.values()))
        console.print(table)
    for finding in record["findings"]:
        place = finding["segment"] or ""
        line = f"{finding['severity']} {finding['code']} {place}: {finding['detail'].en}"
        console.print(_visible(line))


def _person(one: dict[str, Any]) -> list[str | None]:
    """One traveller as a row of the table."""
    return [
        ", ".join(filter(None, (one["surname"], one["given_names"]))),
        one["role"],
        one["sex"],
        one["birth_date"],
        one["nationality"],
        f"{one['embarks'] or '?'}-{one['disembarks'] or '?'}",
        ", ".join(f"{d['type'] or ''} {d['number'] or ''}".strip() for d in one["documents"]),
        one["locator"],
        one["seat"],
    ]


def _cell(value: str | None) -> Any:
    """A cell that shows the value as it is, brackets and all."""
    from rich.text import Text as Plain

    return Plain(_visible(value or ""))


def _visible(value: str) -> str:
    """Text from a message without anything that a terminal would obey."""
    return "".join(char if char.isprintable() else "\ufffd" for char in value)
