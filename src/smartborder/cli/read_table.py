"""What ``smartborder read`` shows a person at a terminal."""

from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text as Plain

from smartborder.kernel.text import Language

PEOPLE: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("name", "role", "sex", "born", "nat.", "route", "documents", "locator", "seat"),
    "fr": ("nom", "rôle", "sexe", "né(e) le", "nat.", "trajet", "titres", "dossier", "siège"),
}
REPLIES: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("traveller", "code", "meaning", "text"),
    "fr": ("voyageur", "code", "sens", "texte"),
}


def show(record: dict[str, Any], language: Language) -> None:
    """Print one record as ``read`` makes it."""
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
        table = Table(*PEOPLE[language])
        for one in people:
            table.add_row(*map(_cell, _person(one)))
        console.print(table)
    if replies:
        table = Table(*REPLIES[language])
        for one in replies:
            table.add_row(*map(_cell, one.values()))
        console.print(table)
    for finding in record["findings"]:
        place = finding["segment"] or ""
        said = finding["detail"].in_(language)
        colon = " :" if language == "fr" else ":"
        line = f"{finding['severity']} {finding['code']} {place}{colon} {said}"
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


def _cell(value: str | None) -> Plain:
    """A cell that shows the value as it is, brackets and all."""
    return Plain(_visible(value or ""))


def _visible(value: str) -> str:
    """Text from a message without anything that a terminal would obey."""
    return "".join(char if char.isprintable() else "\ufffd" for char in value)
