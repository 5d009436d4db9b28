"""``smartborder agreement``: what may cross, clause by clause (no node needed); what stands."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from smartborder.cli.files import read_bytes
from smartborder.cli.output import emit_line
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import LANGUAGES, Language, Text
from smartborder.model.agreement import Answer

app = typer.Typer(
    no_args_is_help=True, help="Agreements as data: list, show, check; standing and act."
)

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Lang = Annotated[str, typer.Option("--lang", help="en or fr.")]
Home = Annotated[
    Path | None,
    typer.Option("--home", envvar="SMARTBORDER_HOME", help="Folder of the node."),
]


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


@app.command()
def standing(home: Home = None, lang: Lang = "en") -> None:
    """Where every agreement of a node stands, and which acts of officials say so; JSON Lines."""
    from smartborder import agreements
    from smartborder.node.agreements import standing as stands
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import SYSTEM, Store

    _language(lang)
    node = NodeHome.load(home)
    store = Store(node, pool_size=1)
    try:
        with store.act(SYSTEM, "agreements") as s:
            for each in agreements.all_ids():
                found = stands.now(s, node, agreements.load(each))
                emit_line({"agreement": each, "standing": found, "acts": stands.acts(s, each)})
    finally:
        store.close()


@app.command()
def act(
    agreement: Annotated[str, typer.Argument(help="Id of the agreement; 'list' has them.")],
    what: Annotated[
        str, typer.Argument(help="propose, counter-sign, suspend, resume or terminate.")
    ],
    login: Annotated[str, typer.Option("--as", help="Login of the named official.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, help="Asked for.")],
    why: Annotated[str, typer.Option("--why", help="Stays on our side.")] = "",
    home: Home = None,
) -> None:
    """Act on an agreement as a named official; the node signs it and tells the partner."""
    from smartborder.node.access import roles, sign_in, users
    from smartborder.node.agreements import acting
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import SYSTEM, Store

    node = NodeHome.load(home)
    store = Store(node, pool_size=1)
    try:
        with store.act(SYSTEM, users.PURPOSE) as s:
            begun = sign_in.with_password(s, login, password, "command")
        if begun is None:
            raise sign_in.NotSignedIn("login or password is wrong")
        reason = roles.refusal(begun.user.roles, roles.Act.AGREEMENT_SIGN)
        if reason is not None:
            raise roles.NotAllowed(reason, roles.Act.AGREEMENT_SIGN)
        with store.act(begun.user.actor, "agreements") as s:
            stands = acting.act(s, node, agreement, what, why)
    finally:
        store.close()
    emit_line({"agreement": agreement, "standing": stands})


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
