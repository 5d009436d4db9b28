"""Reporting systems: who registers them, gives them keys and lets them go live.

For administrators and the carrier desk. Keys and links are shown once, on the page that answers;
nothing on these pages names a traveller.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.node.access import client_keys, clients
from smartborder.node.access.clients import KeyMode, SettingsUnusable
from smartborder.node.access.roles import Act
from smartborder.node.access.users import PURPOSE
from smartborder.node.carriers import admission, certification, hooks, pushing, visits
from smartborder.node.store.session import Session
from smartborder.web.page import Fields, Form, acting, home_of, page, see, several
from smartborder.web.session import WebRequest, node_of

_DAYS = 730
"""The longest life of a key."""
_TYPED = {"name": "", "kind": "airline-host", "carriers": "", "lists": "", "address": "",
          "per_minute": str(clients.PER_MINUTE)}  # fmt: skip


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown once: a key, or the link to the carrier's page."""

    what: str
    secret: str


@get("/clients", name="clients", sync_to_thread=True)
def everyone(request: WebRequest) -> Response[Any]:
    """All open clients, and the form that registers one."""
    return _list(request)


@post("/clients", name="clients-add", sync_to_thread=True)
def add(request: WebRequest, data: Form) -> Response[Any]:
    """Register a client in test mode; its first test key is shown once."""
    typed = {field: data.get(field, "").strip() for field in _TYPED}
    try:
        with _admitting(request) as s:
            made = clients.add(s, name=typed["name"], kind=_kind(typed["kind"]),
                               carriers=_words(typed["carriers"]), lists=_words(typed["lists"]),
                               address=typed["address"],
                               per_minute=_number(typed["per_minute"]))  # fmt: skip
            key = clients.make_key(s, made, "test")
    except (clients.CarriersUnusable, clients.ClientExists, clients.ListsUnusable,
            SettingsUnusable) as error:  # fmt: skip
        return _list(request, error=error, typed=typed)
    return _show(request, made.id, once=Shown(what="test", secret=key))


@get("/clients/{client:str}", name="client", sync_to_thread=True)
def one(request: WebRequest, client: FromPath[str]) -> Response[Any]:
    """One client: settings, keys, certification, addresses for replies."""
    return _show(request, client)


@post("/clients/{client:str}", name="client-change", sync_to_thread=True)
def change(request: WebRequest, client: FromPath[str], data: Form) -> Response[Any]:
    """Change carriers, address and limit."""
    try:
        with _admitting(request) as s:
            clients.change(s, clients.find(s, client), carriers=_words(data.get("carriers", "")),
                           address=data.get("address", ""),
                           per_minute=_number(data.get("per_minute", "")))  # fmt: skip
    except (clients.CarriersUnusable, SettingsUnusable) as error:
        return _show(request, client, error=error, at="carriers")
    return see(request, f"/clients/{client}", Text("Saved.", "Enregistré."))


@post("/clients/{client:str}/keys", name="client-key", sync_to_thread=True)
def key(request: WebRequest, client: FromPath[str], data: Form) -> Response[Any]:
    """One more key beside those there are."""
    mode = _mode(data)
    try:
        with _admitting(request) as s:
            days = _number(data.get("days", ""), most=_DAYS)
            made = clients.make_key(s, clients.find(s, client), mode, timedelta(days=days))
    except (clients.NotLiveYet, SettingsUnusable) as error:
        return _show(request, client, error=error, at="days")
    return _show(request, client, once=Shown(what=mode, secret=made))


@post("/clients/{client:str}/keys/rotate", name="client-rotate", sync_to_thread=True)
def rotate(request: WebRequest, client: FromPath[str], data: Form) -> Response[Any]:
    """A new key in place of those there are, which work on for a day."""
    mode = _mode(data)
    try:
        with _admitting(request) as s:
            made = client_keys.rotate(s, clients.find(s, client), mode)
    except clients.NotLiveYet as error:
        return _show(request, client, error=error, at="days")
    return _show(request, client, once=Shown(what=mode, secret=made))


@post("/clients/{client:str}/keys/{name:str}/revoke", name="client-revoke", sync_to_thread=True)
def revoke(request: WebRequest, client: FromPath[str], name: FromPath[str]) -> Response[Any]:
    """End one key at once."""
    with _admitting(request) as s:
        client_keys.revoke(s, clients.find(s, client).id, name)
    return see(request, f"/clients/{client}", Text("Key revoked.", "Clé révoquée."))


@post("/clients/{client:str}/live", name="client-live", sync_to_thread=True)
def live(request: WebRequest, client: FromPath[str], data: Form) -> Response[Any]:
    """From test to live, on the named run; the first live key is shown once."""
    try:
        with _admitting(request) as s:
            made = admission.admit(s, clients.find(s, client), data.get("evidence", "").strip())
    except (admission.NoEvidence, admission.LiveAlready) as error:
        return _show(request, client, error=error, at="evidence")
    return _show(request, client, once=Shown(what="live", secret=made))


@post("/clients/{client:str}/visits", name="client-visit", sync_to_thread=True)
def visit(request: WebRequest, client: FromPath[str], data: Fields) -> Response[Any]:
    """A link to the carrier's own page, shown once."""
    try:
        with _admitting(request) as s:
            found = clients.find(s, client)
            token = visits.make_link(s, found, visits.modes(found), several(data, "carriers"))
    except visits.NotTheirCarrier as error:
        return _show(request, client, error=error, at="visit")
    link = f"{request.base_url}{visits.PATH}{token}"
    return _show(request, client, once=Shown(what="visit", secret=link))


@post("/clients/{client:str}/push", name="client-push", sync_to_thread=True)
def push(request: WebRequest, client: FromPath[str], data: Form) -> Response[Any]:
    """Where replies of one mode are pushed to; an empty address ends it."""
    mode, url = _mode(data), data.get("url", "").strip()
    try:
        with _admitting(request) as s:
            found = clients.find(s, client)
            if url:
                hooks.register(s, home_of(request), found, mode, url)
            else:
                hooks.remove(s, found.id, mode)
    except (hooks.AddressRefused, clients.NotLiveYet) as error:
        return _show(request, client, error=error, at=f"url-{mode}")
    return see(request, f"/clients/{client}", Text("Saved.", "Enregistré."))


@post("/clients/{client:str}/close", name="client-close", sync_to_thread=True)
def close(request: WebRequest, client: FromPath[str]) -> Response[Any]:
    """Close a client: its keys and visits end at once."""
    with _admitting(request) as s:
        clients.close(s, clients.find(s, client).id)
    return see(request, "/clients", Text("Client closed.", "Client fermé."))


@contextmanager
def _admitting(request: WebRequest) -> Iterator[Session]:
    with acting(request, Act.CARRIER_ADMIT, purpose=PURPOSE) as s:
        yield s


def _list(request: WebRequest, *, error: SmartborderError | None = None,
          typed: dict[str, str] | None = None) -> Response[Any]:  # fmt: skip
    with _admitting(request) as s:
        found = clients.everyone(s)
        runs = {c.id: certification.latest(s, c.id) for c in found if c.live_since is None}
    return page(request, "carriers/clients.html", status=error.status if error else 200,
                section="clients", clients=found, runs=runs, counts=admission.counts,
                error=error, typed=typed or _TYPED)  # fmt: skip


def _show(request: WebRequest, client: str, *, once: Shown | None = None,
          error: SmartborderError | None = None, at: str = "") -> Response[Any]:  # fmt: skip
    with _admitting(request) as s:
        found = clients.find(s, client)
        run = certification.latest(s, found.id)
        context: dict[str, Any] = {
            "client": found, "keys": client_keys.working(s, found.id), "run": run,
            "counts": admission.counts(run, s.now), "hooks": hooks.of(s, found.id),
            "pushes": pushing.counted(s, found.id),
        }  # fmt: skip
    return page(request, "carriers/client.html", status=error.status if error else 200,
                section="clients", error=error, at=at, once=once, modes=visits.modes(found),
                reports=found.kind != clients.SCREENING,
                push_key=pushing.public_key(node_of(request)), **context)  # fmt: skip


def _mode(data: Form) -> KeyMode:
    return "live" if data.get("mode") == "live" else "test"


def _kind(typed: str) -> clients.Kind:
    return typed if typed in clients.KINDS else "airline-host"


def _words(typed: str) -> list[str]:
    return typed.replace(",", " ").split()


def _number(typed: str, most: int = clients.MOST_PER_MINUTE) -> int:
    """A number as typed.

    Raises:
        SettingsUnusable: it is none, or it is not between 1 and ``most``.

    """
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and 1 <= int(typed) <= most):
        raise SettingsUnusable(f"a number from 1 to {most}")
    return int(typed)
