"""``smartborder exchange``: keys and certificates between two nodes, exchanged out of band."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from smartborder.cli.files import read_bytes
from smartborder.cli.node import Home, Json
from smartborder.cli.output import emit
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text

app = typer.Typer(no_args_is_help=True, help="Keys and certificates between two nodes.")


class NotAnInstant(InputError):
    """Dates of a key are written YYYY-MM-DDThh:mm:ssZ."""

    code = "exchange.not-an-instant"
    title = Text("Date and time cannot be read", "Date et heure illisibles")


@app.command()
def identity(home: Home = None, as_json: Json = False) -> None:
    """Show what the partner pins: our public signing key and our certificate."""
    from smartborder.node.exchange import signing, tls
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import NodeTime

    node = NodeHome.load(home)
    time = NodeTime(node.clock_offset_seconds)
    emit({"node": node.node_id, "key": signing.public_signing_key(node),
          "certificate": tls.certificate(node, time).decode()}, json=as_json)  # fmt: skip


@app.command("new-key")
def new_key(
    algorithm: Annotated[str, typer.Option(help="Ed25519, or ES256 at FIPS sites.")] = "Ed25519",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Make the next signing key; give it to the partner, then: smartborder exchange switch-key."""
    from smartborder.node.exchange import signing
    from smartborder.node.home import NodeHome

    emit({"key": signing.make(NodeHome.load(home), algorithm)}, json=as_json)


@app.command("switch-key")
def switch_key(home: Home = None, as_json: Json = False) -> None:
    """Sign with the key made before; the partner must have pinned it."""
    from smartborder.node.exchange import signing
    from smartborder.node.home import NodeHome

    emit({"key": signing.switch(NodeHome.load(home))}, json=as_json)


@app.command()
def pin(
    key: Annotated[Path, typer.Argument(help="The partner's public key (JWK with its kid).")],
    until: Annotated[str | None, typer.Option(help="Last instant it is good for.")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Trust one more signing key of the partner; two may overlap."""
    from smartborder.node.exchange import keys, signing
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import SYSTEM, Store

    node = NodeHome.load(home)
    try:
        jwk = msgspec.json.decode(read_bytes(key), type=dict[str, str])
    except msgspec.MsgspecError as error:
        raise signing.UnusableKey("not a JWK", file=str(key)) from error
    store = Store(node, pool_size=1)
    try:
        with store.act(SYSTEM, "exchange") as s:
            partner = node.partner.node_id if node.partner else ""
            kid = keys.pin(
                s, partner, jwk, valid_from=s.now, valid_to=_instant(until), by="command"
            )
    finally:
        store.close()
    emit({"pinned": kid}, json=as_json)


@app.command()
def revoke(
    kid: Annotated[str, typer.Argument(help="The key's kid.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Stop trusting a key from now on, also for what it signed before and arrives later."""
    from smartborder.node.exchange import keys
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import SYSTEM, Store

    store = Store(NodeHome.load(home), pool_size=1)
    try:
        with store.act(SYSTEM, "exchange") as s:
            keys.revoke(s, kid)
    finally:
        store.close()
    emit({"revoked": kid}, json=as_json)


@app.command("pin-certificate")
def pin_certificate(
    file: Annotated[Path, typer.Argument(help="The partner's certificate (PEM).")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Trust exactly this certificate of the partner on a TLS line."""
    from smartborder.node.exchange import tls
    from smartborder.node.home import NodeHome

    tls.pin_certificate(NodeHome.load(home), read_bytes(file))
    emit({"pinned": str(file)}, json=as_json)


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotAnInstant("use YYYY-MM-DDThh:mm:ssZ") from error
    if found.tzinfo is None:
        raise NotAnInstant("say its offset from UTC, such as Z")
    return found
