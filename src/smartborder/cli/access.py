"""``smartborder user`` and ``smartborder client``: who may sign in, which systems may report."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from smartborder.cli.output import emit

user_app = typer.Typer(no_args_is_help=True, help="People with an account at this node.")
client_app = typer.Typer(no_args_is_help=True, help="Systems that report to this node.")

Home = Annotated[
    Path | None,
    typer.Option("--home", envvar="SMARTBORDER_HOME", help="Folder of the node."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
_MODE = Literal["test", "live"]


@user_app.command("add")
def user_add(
    login: Annotated[str, typer.Argument(help="Login name.")],
    role: Annotated[list[str], typer.Option(help="A role; repeat for several.")],
    name: Annotated[str | None, typer.Option(help="Name that colleagues see.")] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Open an account and print its one-time sign-in link."""
    from smartborder.node.access import sign_in, users

    with _Access(home) as access:
        with access.act() as s:
            user = users.add(s, login=login, name=name or login, roles=role)
            token = sign_in.make_link(s, user)
        emit({"user": user.id, "login": login, "roles": list(role), "link": access.link(token)},
             json=json)  # fmt: skip


@user_app.command("link")
def user_link(
    login: Annotated[str, typer.Argument(help="Login name.")],
    minutes: Annotated[int, typer.Option(min=1, max=1440, help="How long it works.")] = 30,
    home: Home = None,
    json: Json = False,
) -> None:
    """Print a sign-in link that works once."""
    from smartborder.node.access import sign_in, users

    with _Access(home) as access:
        with access.act() as s:
            user = users.by_login(s, login)
            token = sign_in.make_link(s, user, timedelta(minutes=minutes))
        emit({"user": user.id, "link": access.link(token)}, json=json)


@user_app.command("close")
def user_close(
    login: Annotated[str, typer.Argument(help="Login name.")], home: Home = None, json: Json = False
) -> None:
    """Close an account and end its sessions."""
    from smartborder.node.access import users

    with _Access(home) as access:
        with access.act() as s:
            user = users.by_login(s, login)
            users.close(s, user.id)
        emit({"user": user.id, "closed": True}, json=json)


@client_app.command("add")
def client_add(
    name: Annotated[str, typer.Argument(help="Name of the system.")],
    carrier: Annotated[
        list[str] | None, typer.Option(help="Airline it reports for; repeat.")
    ] = None,
    kind: Annotated[
        Literal["airline-host", "handling-agent", "gateway", "screening-system"],
        typer.Option(help="What it is."),
    ] = "airline-host",
    may_screen: Annotated[
        list[str] | None,
        typer.Option("--list", help="List that a screening system may ask about; repeat."),
    ] = None,
    address: Annotated[str, typer.Option(help="Its address in UNB of our replies.")] = "CARRIER",
    per_minute: Annotated[int, typer.Option(min=1, help="Requests in a minute.")] = 600,
    home: Home = None,
    json: Json = False,
) -> None:
    """Register a client in test mode and print its first test key, which is shown only now."""
    from smartborder.node.access import clients

    with _Access(home) as access:
        with access.act() as s:
            client = clients.add(s, name=name, kind=kind, carriers=carrier or (), address=address,
                                 per_minute=per_minute, lists=may_screen or ())  # fmt: skip
            key = clients.make_key(s, client, "test")
        emit({"client": client.id, "mode": "test", "key": key}, json=json)


@client_app.command("key")
def client_key(
    client: Annotated[str, typer.Argument(help="Name or id.")],
    live: Annotated[bool, typer.Option("--live", help="A key for live traffic.")] = False,
    days: Annotated[int, typer.Option(min=1, max=730, help="How long it works.")] = 365,
    home: Home = None,
    json: Json = False,
) -> None:
    """Print a new key, which is shown only now."""
    from smartborder.node.access import clients

    mode: _MODE = "live" if live else "test"
    with _Access(home) as access:
        with access.act() as s:
            found = clients.find(s, client)
            key = clients.make_key(s, found, mode, timedelta(days=days))
        emit({"client": found.id, "mode": mode, "key": key}, json=json)


@client_app.command("live")
def client_live(
    client: Annotated[str, typer.Argument(help="Name or id.")],
    evidence: Annotated[str, typer.Option(help="The certification run that shows it passed.")],
    home: Home = None,
    json: Json = False,
) -> None:
    """End a client's test mode on a run that passed and print its first live key."""
    from smartborder.node.access import clients
    from smartborder.node.carriers import admission

    with _Access(home) as access:
        with access.act() as s:
            found = clients.find(s, client)
            key = admission.admit(s, found, evidence)
        emit({"client": found.id, "mode": "live", "key": key}, json=json)


@client_app.command("revoke")
def client_revoke(
    client: Annotated[str, typer.Argument(help="Name or id.")],
    mode: Annotated[_MODE | None, typer.Option(help="Only keys of this mode.")] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Revoke a client's keys at once."""
    from smartborder.node.access import clients

    with _Access(home) as access:
        with access.act() as s:
            found = clients.find(s, client)
            count = clients.revoke_keys(s, found.id, mode)
        emit({"client": found.id, "revoked": count}, json=json)


@client_app.command("push")
def client_push(
    client: Annotated[str, typer.Argument(help="Name or id.")],
    url: Annotated[
        str | None, typer.Option(help="https address; without it nothing is pushed.")
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="For live traffic.")] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Push a client's replies to an address, signed, from now on; or no longer."""
    from smartborder.node.access import clients
    from smartborder.node.carriers import hooks

    mode: _MODE = "live" if live else "test"
    with _Access(home) as access:
        with access.act() as s:
            found = clients.find(s, client)
            if url:
                hooks.register(s, access.home, found, mode, url)
            else:
                hooks.remove(s, found.id, mode)
        emit({"client": found.id, "mode": mode, "url": url}, json=json)


@client_app.command("visit")
def client_visit(
    client: Annotated[str, typer.Argument(help="Name or id.")],
    carrier: Annotated[list[str] | None, typer.Option(help="Only this carrier; repeat.")] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Print a link to the carrier's own page; it works once, within a day."""
    from smartborder.node.access import clients
    from smartborder.node.carriers import visits

    with _Access(home) as access:
        with access.act() as s:
            found = clients.find(s, client)
            token = visits.make_link(s, found, visits.modes(found), carrier or ())
        emit({"client": found.id, "link": access.address(visits.PATH + token)}, json=json)


class _Access:
    """The node's store for one command; what is done counts as done by the system."""

    def __init__(self, home: Path | None) -> None:
        from smartborder.node.home import NodeHome
        from smartborder.node.store.session import Store

        self.home = NodeHome.load(home)
        self._store = Store(self.home, pool_size=1)

    def __enter__(self) -> "_Access":
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def act(self) -> Any:
        """A transaction that looks after access."""
        from smartborder.node.access.users import PURPOSE
        from smartborder.node.store.session import SYSTEM

        return self._store.act(SYSTEM, PURPOSE)

    def link(self, token: str) -> str:
        """The address of a one-time link."""
        return self.address(f"enter/{token}")

    def address(self, path: str) -> str:
        """Where a page of the node is."""
        return f"http://{self.home.host}:{self.home.port}/{path}"
