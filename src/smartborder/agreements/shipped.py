"""The agreements that ship with this version, compiled once per process."""

from functools import cache

from smartborder.agreements.compiled import Compiled
from smartborder.agreements.compiler import compile_document
from smartborder.kernel.errors import InputError
from smartborder.kernel.resources import list_names, read_bytes
from smartborder.kernel.text import Text

_PACKAGE = "smartborder.agreements"


class UnknownAgreement(InputError):
    """No agreement of that id ships with this version; ``smartborder agreement list`` names all."""

    code = "agreement.unknown"
    title = Text("Unknown agreement", "Accord inconnu")
    status = 404


def all_ids() -> tuple[str, ...]:
    """Ids of the shipped agreements, in alphabetical order."""
    names = list_names(_PACKAGE, "documents")
    return tuple(n.removesuffix(".yaml") for n in names if n.endswith(".yaml"))


def source(agreement_id: str) -> bytes:
    """The document's own text, as shipped.

    Raises:
        UnknownAgreement: if no agreement of that id ships.

    """
    if agreement_id not in all_ids():
        raise UnknownAgreement("no such agreement; 'smartborder agreement list' names them all")
    return read_bytes(_PACKAGE, f"documents/{agreement_id}.yaml")


@cache
def load(agreement_id: str) -> Compiled:
    """The compiled agreement.

    Raises:
        UnknownAgreement: if no agreement of that id ships.

    """
    return compile_document(source(agreement_id))
