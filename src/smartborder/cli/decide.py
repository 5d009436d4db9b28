"""``smartborder decide``: what the law says of facts. Needs no node and no database."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import typer

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text


class FactsFileUnreadable(InputError):
    """The facts file cannot be read or is not JSON: check the path; ``-`` is stdin."""

    code = "decide.facts-unreadable"
    title = Text("Facts file unreadable", "Fichier de faits illisible")


class NotADay(InputError):
    """``--on``, ``--as-known`` and ``--diff`` take a day as YYYY-MM-DD."""

    code = "decide.not-a-day"
    title = Text("Not a day", "Jour invalide")


class FactsMissing(InputError):
    """``decide RULE`` needs ``--facts FILE``; ``--schema`` says which facts there are."""

    code = "decide.no-facts"
    title = Text("No facts given", "Aucun fait fourni")


def decide(
    rule: Annotated[str | None, typer.Argument(help="Name of the rule; --list has them.")] = None,
    facts: Annotated[
        str | None, typer.Option("--facts", help="JSON file with the facts; - is stdin.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="Day of the facts; default: the day they name, else today."),
    ] = None,
    as_known: Annotated[
        str | None,
        typer.Option("--as-known", help="Apply the law as enacted by this day; default: today."),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            help="Whose law, alpha-2; default: the first country that has the rule (--list).",
        ),
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list", help="List the rules.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="JSON Schema of the facts.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document; also when stdout is not a terminal.")
    ] = False,
    lang: Annotated[str, typer.Option("--lang", help="en or fr.")] = "en",
) -> None:
    """What the law says of facts: a proposal with its reasons, never a decision."""
    from smartborder import law
    from smartborder.law import registry

    as_json = as_json or not sys.stdout.isatty()
    if list_rules:
        _list(as_json, lang)
        return
    if rule is None:
        raise FactsMissing("name a rule; 'smartborder decide --list' prints them")
    whose = (country or registry.home(rule)).upper()
    if schema:
        _print(law.schema(rule, whose))
        return
    if facts is None:
        raise FactsMissing(f"give --facts FILE; 'smartborder decide {rule} --schema' describes it")
    given = read_facts(facts)
    today = today_in(whose)
    day_of_facts = law.day_of(rule, given, whose)
    verdict = law.evaluate(
        rule,
        given,
        country=whose,
        on=day(on, "--on") or day_of_facts or today,
        as_known=day(as_known, "--as-known") or today,
    )
    if as_json:
        _print(msgspec.to_builtins(verdict))
    else:
        _show(verdict, "fr" if lang == "fr" else "en")


def read_facts(path: str) -> Any:
    """The JSON document at ``path`` (``-``: stdin).

    Raises:
        FactsFileUnreadable: if it is missing, not UTF-8 or not JSON.

    """
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return json.loads(data)
    except (OSError, ValueError) as error:
        what = error.strerror if isinstance(error, OSError) else "not JSON"
        raise FactsFileUnreadable(f"{path}: {what}") from error


def day(text: str | None, option: str) -> date | None:
    """A day given on the command line; None if it was not given.

    Raises:
        NotADay: for anything but YYYY-MM-DD.

    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotADay(f"{option} takes YYYY-MM-DD") from error


def today_in(country: str) -> date:
    """The local date in a country now; the command has no other clock."""
    from smartborder.model.country import load_country

    return datetime.now(ZoneInfo(load_country(country).time_zone)).date()


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


def _list(as_json: bool, lang: str) -> None:
    from smartborder import law

    rows = law.rules()
    if as_json:
        _print([msgspec.to_builtins(row) for row in rows])
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("rule", "country", "verdicts", "question" if lang != "fr" else "question posée")
    for row in rows:
        words = " ".join(w.word for w in row.words)
        table.add_row(row.name, row.country, words, row.title.fr if lang == "fr" else row.title.en)
    Console().print(table)


def _show(verdict: Any, lang: Any) -> None:
    """The verdict for a person: word, reasons, then the trace line by line."""
    from rich.console import Console
    from rich.table import Table

    from smartborder.law.citing import cited

    out = Console()
    head = f"[bold]{verdict.rule}[/bold] ({verdict.country}, {verdict.on}): [bold]{verdict.verdict}"
    out.print(f"{head}[/bold]  [{verdict.confidence}]", highlight=False)
    for reason in verdict.reasons:
        out.print(
            f"- {reason.detail.in_(lang)} ({cited(reason.citation, lang) or '-'})", highlight=False
        )
    table = Table(
        "section", "state" if lang == "en" else "état", "text" if lang == "en" else "texte"
    )
    for element in verdict.trace:
        table.add_row(cited(element.citation, lang), element.state, element.detail.in_(lang))
    out.print(table)
    for name in verdict.open_facts:
        out.print(f"? {name}", highlight=False)
    for clock in verdict.clocks:
        out.print(
            f"⏲ {clock.name}: {clock.due} ({cited(clock.citation, lang) or '-'})", highlight=False
        )
