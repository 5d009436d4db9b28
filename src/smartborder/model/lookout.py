"""Lookout and its Instruction: an entry asking for action when a person or thing is met."""

from datetime import date, datetime
from typing import Literal, get_args

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Sex
from smartborder.model.screening import Kind, ListedDate, ListedDocument, ListedName

Instruction = Literal["board-and-refer", "hold-reply", "protective", "silent", "officer-safety"]
INSTRUCTIONS: tuple[Instruction, ...] = get_args(Instruction)

Basis = Literal[
    "warrant",
    "removal-order",
    "prior-refusal",
    "security-inadmissibility",
    "organised-crime-inadmissibility",
    "serious-criminality",
    "war-crimes-inadmissibility",
    "lost-or-stolen-document",
    "customs-contravention",
    "missing-person",
    "child-welfare",
    "un-resolution",
    "sanctions-listing",
]
"""The closed list (red line 7): nothing about protest, journalism, religion, union or kinship."""
BASES: tuple[Basis, ...] = get_args(Basis)
WELFARE_BASES: frozenset[Basis] = frozenset({"missing-person", "child-welfare"})


class LookoutRefused(InputError):
    """A look-out that may not exist: no identifiers, no review date, or an unlawful basis."""

    code = "lookout.refused"
    title = Text("Look-out refused", "Signalement refusé")


class Lookout(msgspec.Struct, frozen=True, kw_only=True):
    """A look-out with its provenance. Never valid without basis, originator and review date.

    Attributes:
        id: stable for life; corrections make a new ``version``.
        originator: the country (ISO alpha-3) and office that answers for it.
        caveats: handling limits that travel with it.
        review_by: when it lapses unless somebody reviews it.
        default_reply: for ``hold-reply``, what goes out if nobody decides in time (always ok:
            the least intrusive lawful default).
        agreement: id of the agreement it came under; None for our own.

    """

    id: str
    version: int = 1
    kind: Kind = "person"
    names: tuple[ListedName, ...]
    birth_dates: tuple[ListedDate, ...] = ()
    nationalities: tuple[str, ...] = ()
    sex: Sex | None = None
    documents: tuple[ListedDocument, ...] = ()
    basis: Basis
    originator: str
    office: str
    instruction: Instruction = "board-and-refer"
    default_reply: Literal["ok"] = "ok"
    caveats: tuple[str, ...] = ()
    review_by: date
    created_at: datetime
    agreement: str | None = None
    withdrawn_at: datetime | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Refuse what may not exist: a person needs a name and a birth date or a document."""
        if self.kind == "person" and self.names and not (self.birth_dates or self.documents):
            raise LookoutRefused("a person needs a birth date or a document number beside a name")
        if not self.names and not self.documents:
            raise LookoutRefused("give a name or a document number")
        if self.review_by <= self.created_at.date():
            raise LookoutRefused("the review date must lie in the future")
