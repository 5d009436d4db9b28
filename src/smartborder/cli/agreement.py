"""``smartborder agreement``: what an agreement lets cross, clause by clause. Needs no node."""

import json
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import LANGUAGES, Language, Text

app = typer.Typer(no_args_is_help=True, help="Agreements as data: list, show, check.")

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Lang = Annotated[str, typer.Option("--lang", help="en or fr.")]


class RequestFileUnreadable(InputError):
    """The request file cannot be read: check the path and its permissions."""

    code = "agreement.file-unreadable"
    title = Text("File cannot be read", "Fichier illisible")


class UnknownLanguage(InputError):
    """The screens and pages exist in English and French."""

    code = "cli.unknown-language"
    title = Text("Unknown language", "Langue inconnue")


@app.command("list")
def list_agreements(as_json: Json = False, lang: Lang = "en") -> None:
    """The agreements that ship with this version."""
    from smartborder import agreements
    from smartborder.agreements.overview import overview

    language = _language(lang)
    rows = [overview(agreements.load(each)) for each in agreements.all_ids()]
    if as_json:
        _print_json(rows)
        return
    from rich.console import Console
    from rich.table import Table

    head = {
        "en": ("Agreement", "Version", "Title", "Parties", "Mode"),
        "fr": ("Accord", "Version", "Titre", "Parties", "Mode"),
    }[language]
    table = Table(*head)
    for row in rows:
        table.add_row(
            row.id, str(row.version), row.title.in_(language), " ".join(row.parties), row.mode
        )
    Console().print(table)


@app.command()
def show(agreement: str, as_json: Json = False, lang: Lang = "en") -> None:
    """One agreement: what may cross, what never, every clause with its section."""
    from smartborder import agreements
    from smartborder.agreements.page import render_page

    language = _language(lang)
    compiled = agreements.load(agreement)
    if as_json:
        _print_json({"digest": compiled.digest, "document": compiled.document})
        return
    print(render_page(compiled, language), end="")


@app.command()
def check(
    agreement: str,
    request: Annotated[str, typer.Option("--request", help="JSON file; - is stdin.")],
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """May these fields cross? The answer is for the sending side; only partner_sees leaves."""
    from smartborder import agreements

    language = _language(lang)
    compiled = agreements.load(agreement)
    answer = agreements.check(compiled, agreements.decode_request(_read(request)))
    if as_json or not sys.stdout.isatty():
        _print_json(answer)
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(f"{agreement}: [bold]{answer.outcome}[/bold]")
    fields = {
        "en": ("Field", "Crosses", "Clause"),
        "fr": ("Champ", "Transmis", "Clause"),
    }
    table = Table(*fields[language])
    words = {"en": ("yes", "no"), "fr": ("oui", "non")}[language]
    for field in answer.granted:
        table.add_row(field, words[0], "")
    for row in answer.withheld:
        table.add_row(row.field, words[1], row.clause)
    console.print(table)
    for reason in answer.reasons:
        console.print(f"- {reason.detail.in_(language)} ({reason.citation or reason.code})")
    for duty in answer.obligations:
        console.print(f"* {' '.join(duty.party)}: {duty.detail.in_(language)} ({duty.citation})")


def _language(lang: str) -> Language:
    if lang in LANGUAGES:
        return lang
    raise UnknownLanguage("--lang takes en or fr")


def _read(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise RequestFileUnreadable(f"{path}: {error.strerror}") from error


def _print_json(value: object) -> None:
    print(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))
