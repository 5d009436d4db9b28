"""``smartborder agreement``: what an agreement lets cross, clause by clause. Needs no node."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from smartborder.cli.files import read_bytes
from smartborder.cli.output import emit_line
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import LANGUAGES, Language, Text
from smartborder.model.agreement import Answer

app = typer.Typer(no_args_is_help=True, help="Agreements as data: list, show, check.")

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Lang = Annotated[str, typer.Option("--lang", help="en or fr.")]


class UnknownLanguage(InputError):
    """The screens and pages exist in English and French."""

    code = "cli.unknown-language"
    title = Text("Unknown language", "Langue inconnue")


@app.command("list")
def list_agreements(as_json: Json = False, lang: Lang = "en") -> None:
    """The agreements that ship with this version, and whether they run in demo mode only."""
    from smartborder import agreements

    language = _language(lang)
    rows = [agreements.overview(agreements.load(each)) for each in agreements.all_ids()]
    if as_json or not sys.stdout.isatty():
        emit_line(rows)
        return
    from rich.console import Console
    from rich.table import Table

    head = {
        "en": ("Agreement", "Version", "Title", "Parties", "Mode"),
        "fr": ("Accord", "Version", "Titre", "Parties", "Mode"),
    }
    table = Table(*head[language])
    for row in rows:
        title = row.title.in_(language)
        table.add_row(row.id, str(row.version), title, " ".join(row.parties), row.mode)
    Console().print(table)


@app.command()
def show(
    agreement: Annotated[str, typer.Argument(help="Id of the agreement; 'list' has them.")],
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """One agreement: what may cross, what never, every clause with its section."""
    from smartborder import agreements

    language = _language(lang)
    compiled = agreements.load(agreement)
    if as_json:
        emit_line({"digest": compiled.digest, "document": compiled.document})
        return
    print(agreements.render_page(compiled, language), end="")


@app.command()
def check(
    agreement: Annotated[str, typer.Argument(help="Id of the agreement; 'list' has them.")],
    request: Annotated[Path, typer.Option("--request", help="JSON file; - is stdin.")],
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """May these fields cross? The answer is for the sending side; only partner_sees leaves."""
    from smartborder import agreements

    language = _language(lang)
    compiled = agreements.load(agreement)
    answer = agreements.check(compiled, agreements.decode_request(read_bytes(request)))
    if as_json or not sys.stdout.isatty():
        emit_line(answer)
        return
    _print(agreement, answer, language)


def _print(agreement: str, answer: Answer, language: Language) -> None:
    from rich.console import Console
    from rich.table import Table

    from smartborder.agreements import cite

    words = {
        "en": ("Field", "Crosses", "Clause", "yes", "no"),
        "fr": ("Champ", "Transmis", "Disposition", "oui", "non"),
    }[language]
    console = Console()
    console.print(f"{agreement}: [bold]{answer.outcome}[/bold]")
    table = Table(*words[:3])
    for field in answer.granted:
        table.add_row(field, words[3], "")
    for row in answer.withheld:
        table.add_row(row.field, words[4], row.clause)
    console.print(table)
    for reason in answer.reasons:
        source = cite(reason.citation or reason.code, language)
        console.print(f"- {reason.detail.in_(language)} ({source})", highlight=False)
    for duty in answer.obligations:
        owes = " ".join(duty.party)
        source = cite(duty.citation, language)
        console.print(f"* {owes}: {duty.detail.in_(language)} ({source})", highlight=False)


def _language(lang: str) -> Language:
    if lang in LANGUAGES:
        return lang
    raise UnknownLanguage("--lang takes en or fr")
