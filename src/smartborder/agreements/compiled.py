"""What the compiler makes of a document, ready to be asked thousands of times a second."""

from datetime import date

import msgspec

from smartborder.agreements.conditions import Condition
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.agreement import AgreementDocument, Clause, PartyPart


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with a document: where (line and path), what, and what to do."""

    code: str
    line: int | None
    path: str
    detail: str

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else self.path
        return f"{place}: {self.detail}"


class DocumentRefused(InputError):
    """The document is not an agreement that may be used; every problem is listed."""

    code = "agreement.document-refused"
    title = Text("Agreement document refused", "Document d’accord refusé")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """``problems`` in the order of their lines."""
        more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
        super().__init__("; ".join(str(p) for p in problems[:5]) + more)
        self.problems = problems


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A clause ready to be asked.

    Attributes:
        fields: the fields it names, groups resolved; empty for the whole request.

    """

    clause: Clause
    fields: frozenset[str]
    condition: Condition

    def in_force(self, day: date) -> bool:
        """True if the clause is in force on ``day``."""
        start, end = self.clause.start, self.clause.end
        return (start is None or start <= day) and (end is None or day <= end)


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of the agreement itself, or of one party as sender or as receiver.

    Attributes:
        name: empty for the agreement itself, the country for a party.
        open: True for a party whose law we do not hold: it adds no permission of its own.

    """

    name: str
    open: bool
    permits: dict[str, tuple[Rule, ...]]
    whole: tuple[Rule, ...]
    by_field: dict[str, tuple[Rule, ...]]
    duties: tuple[Rule, ...]


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement document that passed every check.

    Attributes:
        digest: SHA-256 of the canonical JSON of the document with the words it uses; the node
            keys of both parties attest the same value.
        facts: the facts that some clause or red line may ask for, by name.
        protects_existence: True if it carries protection data: then even that there is a
            record is protected, and no hit step is offered.

    """

    document: AgreementDocument
    digest: str
    agreement: Layer
    senders: dict[str, Layer]
    receivers: dict[str, Layer]
    red_lines: tuple[Rule, ...]
    facts: tuple[str, ...]
    protects_existence: bool

    @property
    def id(self) -> str:
        """The agreement's id."""
        return self.document.id

    @property
    def version(self) -> int:
        """The document's version."""
        return self.document.version

    def demo_only(self, sender: str, receiver: str) -> tuple[PartyPart, ...]:
        """The parts of this channel whose law is not held or not reviewed by counsel."""
        return tuple(
            part
            for part in self.document.parties
            if part.country in (sender, receiver)
            and (part.text == "not-held" or part.counsel is None)
        )
