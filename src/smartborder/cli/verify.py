"""``smartborder verify LEDGER``: proves a node's ledger from outside, or names what is wrong."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from smartborder.cli.files import read_bytes
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Language, Text

_OK = Text(
    "ok: {entries} entries of {node}, root {root}",
    "ok : {entries} écritures de {node}, racine {root}",
)
_BAD = Text("not ok: line {line}{entry}: {reason}", "non conforme : ligne {line}{entry} : {reason}")
_ENTRY = Text(", entry {seq} ({leaf})", ", écriture {seq} ({leaf})")
_COUNTER = Text("heads counter-signed by {by}: {count}", "têtes contresignées par {by} : {count}")
_UNPINNED = Text(
    "the key is the file's own; give the node's key with --key to prove who made it",
    "la clé est celle du fichier; donnez la clé du nœud avec --key pour prouver qui l'a produit",
)


_PROVED = Text(
    "ok: {leaf} is in the ledger of {node} at {size} entries",
    "ok : {leaf} figure au registre de {node}, à {size} écritures",
)
_NOT_PROVED = Text("not ok: {leaf} is not proved", "non conforme : {leaf} n'est pas prouvée")


class KeyUnreadable(InputError):
    """The key file holds no JWK."""

    code = "ledger.key-unreadable"
    title = Text("Key cannot be read", "Clé illisible")


class ProofUnreadable(InputError):
    """The file holds no proof of one entry."""

    code = "ledger.proof-unreadable"
    title = Text("Proof cannot be read", "Preuve illisible")


def verify(
    ledger: Annotated[Path, typer.Argument(help="File made by: smartborder ledger export.")],
    key: Annotated[
        Path | None, typer.Option(help="The node's public key (JWK), had from elsewhere.")
    ] = None,
    partner_key: Annotated[
        Path | None, typer.Option(help="The other node's key: checks its counter-signatures.")
    ] = None,
    proof: Annotated[
        bool, typer.Option("--proof", help="The file is one entry's proof (ledger prove --json).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of what is printed.")] = "en",
) -> None:
    """Check every entry, the chain, the tree and the signatures; name the first that is wrong."""
    from smartborder.node.ledger.verifying import verify as check

    if proof:
        return _proof(ledger, key, as_json=as_json, lang=lang)
    found = check(
        read_bytes(ledger).splitlines(keepends=True),
        key=_key(key) if key else None,
        partner=_key(partner_key) if partner_key else None,
    )
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    if found.bad is not None:
        entry = ""
        if found.bad.seq is not None:
            entry = _ENTRY.format(seq=found.bad.seq, leaf=found.bad.leaf or "?").in_(lang)
        reason = found.bad.reason.in_(lang)
        print(_BAD.format(line=found.bad.line, entry=entry, reason=reason).in_(lang))
        return
    print(_OK.format(entries=found.entries, node=found.node, root=found.root).in_(lang))
    for by, count in sorted(found.counter_signed.items()):
        print(_COUNTER.format(by=by, count=count).in_(lang))
    if not found.key_pinned:
        print(_UNPINNED.in_(lang))


def _proof(file: Path, key: Path | None, *, as_json: bool, lang: Language) -> None:
    from smartborder.node.ledger.proofs import Proof, holds

    if key is None:
        raise KeyUnreadable("a proof says nothing without the node's key: give --key")
    try:
        found = msgspec.json.decode(read_bytes(file), type=Proof)
    except msgspec.MsgspecError as error:
        raise ProofUnreadable("not a proof of one entry", file=str(file)) from error
    ok = holds(found, _key(key))
    if as_json:
        print(msgspec.json.encode({"ok": ok, "leaf": found.leaf, "seq": found.seq}).decode())
        return
    said = _PROVED if ok else _NOT_PROVED
    print(said.format(leaf=found.leaf, node=found.head.node, size=found.head.size).in_(lang))


def _key(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(read_bytes(path), type=dict[str, str])
    except msgspec.MsgspecError as error:
        raise KeyUnreadable("not a JWK", file=str(path)) from error
