"""``smartborder node furnish FILE``: set a node up from one file, as engineers keep it in git.

The file names people, reporting systems and registers; what exists already is left alone, so the
command can be run again. One-time links and keys are printed once and kept only as hashes.
"""

from contextlib import closing
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import typer
import yaml

from smartborder.cli.files import read_text
from smartborder.cli.output import emit
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text


class FurnishingUnusable(InputError):
    """The file is not YAML of the documented shape; the error names the place."""

    code = "furnish.unusable"
    title = Text("Set-up file cannot be used", "Fichier d'installation inutilisable")


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One account."""

    login: str
    name: str
    roles: list[str]


class System(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reporting system; ``live_evidence`` says why it is live at once, in a demonstration.

    Elsewhere it must be a certification run of the system itself, which a new one cannot have.
    """

    name: str
    carriers: list[str]
    kind: Literal["airline-host", "handling-agent", "gateway"] = "airline-host"
    address: str = "CARRIER"
    per_minute: int = 600
    live_evidence: str | None = None


class Register(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One register: a CSV file beside this one, or nothing for a register known to be empty."""

    kind: str
    file: str | None = None


class Furnishing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    people: list[Person] = []
    systems: list[System] = []
    registers: list[Register] = []


def furnish(
    file: Annotated[Path, typer.Argument(help="YAML: people, systems, registers.")],
    home: Annotated[Path | None, typer.Option(envvar="SMARTBORDER_HOME")] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Set up people, reporting systems and registers from one file."""
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import SYSTEM, Store

    wanted = _read(file)
    node = NodeHome.load(home)
    with closing(Store(node, pool_size=1)) as store, store.act(SYSTEM, "access") as s:
        address = f"http://{node.host}:{node.port}/enter/"
        links = {p.login: address + token for p in wanted.people if (token := _person(s, p))}
        demo = node.mode == "demo"
        keys = {x.name: key for x in wanted.systems if (key := _system(s, x, demo=demo))}
        lines = {r.kind: _register(s, r, file.parent) for r in wanted.registers}
    emit({"links": links, "keys": keys, "registers": lines}, json=json)


def _read(file: Path) -> Furnishing:
    try:
        return msgspec.convert(yaml.safe_load(read_text(file)) or {}, Furnishing)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise FurnishingUnusable(str(error).replace("\n", " "), file=str(file)) from error


def _person(s: Any, person: Person) -> str | None:
    from smartborder.node.access import sign_in, users

    try:
        user = users.add(s, login=person.login, name=person.name, roles=person.roles)
    except users.UserExists:
        return None
    return sign_in.make_link(s, user)


def _system(s: Any, system: System, *, demo: bool) -> str | None:
    from smartborder.node.access import clients
    from smartborder.node.carriers import admission

    try:
        client = clients.add(
            s,
            name=system.name,
            kind=system.kind,
            carriers=system.carriers,
            address=system.address,
            per_minute=system.per_minute,
        )
    except clients.ClientExists:
        return None
    if system.live_evidence is None:
        return clients.make_key(s, client, "test")
    if not demo:
        return admission.admit(s, client, system.live_evidence)
    clients.go_live(s, client.id, system.live_evidence)
    return clients.make_key(s, clients.find(s, client.id), "live")


def _register(s: Any, register: Register, folder: Path) -> int:
    from smartborder.node.act import registers

    text = read_text(folder / register.file) if register.file else "document,issuer\n"
    return registers.load(
        s,
        register.kind,
        registers.read_csv(text),
        source=f"file:{register.file or 'none'}",
        complete_as_of=s.now,
    )
