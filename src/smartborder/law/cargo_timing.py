"""In time, late, or too late: the arithmetic that every mode shares."""

from datetime import datetime

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.cargo_facts import CargoFacts
from smartborder.model.reason import Compared, Reason
from smartborder.model.verdict import Verdict

Deadline = tuple[str, datetime | None, tuple[str, ...]]
"""Citation, last instant, and the facts that would settle it."""


def answer(a: Answer, f: CargoFacts, deadline: Deadline, after_arrival: str | None) -> Verdict:
    """The verdict for a deadline; ``after_arrival`` cites the rule that then nothing is taken."""
    citation, due, names = deadline
    if f.given_at is None or due is None:
        missing = (*names, *(("given_at",) if f.given_at is None else ()))
        a.unknown(citation, *(n for n in missing if getattr(f, n) is None))
        return a.verdict("undetermined", OPEN)
    instants = (f.given_at, due, *((f.arrives_at,) if f.arrives_at is not None else ()))
    if any(i.tzinfo is None for i in instants):
        a.unknown(citation, "given_at")
        return a.verdict("undetermined", NO_OFFSET)
    if after_arrival is not None and f.arrives_at is not None and f.given_at > f.arrives_at:
        a.met(after_arrival)
        return a.verdict("not-accepted", reason("after-arrival", AFTER, after_arrival, f, due))
    if a.test(citation, f.given_at <= due):
        return a.verdict(
            "on-time", reason("on-time", IN_TIME, citation, f, due), needs_officer=False
        )
    a.next_steps.append(FLAG)
    return a.verdict("late", reason("late", LATE, citation, f, due))


def reason(code: str, detail: Text, citation: str, f: CargoFacts, due: datetime) -> Reason:
    """The instants compared, as they are: due and given."""
    given = f.given_at.isoformat() if f.given_at is not None else None
    return Reason(
        code=f"cargo.{code}",
        detail=detail,
        compared=Compared(ours=due.isoformat(), theirs=given),
        citation=citation,
    )


FLAG = Text(
    "Flag for an officer; nothing is seized and no penalty is fixed by rule.",
    "Signaler à un agent; rien n'est saisi et aucune pénalité n'est fixée par règle.",
)
IN_TIME = Text("Received in time.", "Reçus à temps.")
LATE = Text("Received late.", "Reçus en retard.")
AFTER = Text("Received after arrival.", "Reçus après l'arrivée.")
OPEN = Reason(
    code="cargo.open",
    detail=Text(
        "An instant that the time limit hangs on is not known.",
        "Un instant dont dépend le délai n'est pas connu.",
    ),
)
NO_OFFSET = Reason(
    code="cargo.no-offset",
    detail=Text(
        "An instant carries no offset and cannot be compared.",
        "Un instant n'a pas de décalage et ne peut être comparé.",
    ),
)
