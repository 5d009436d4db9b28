"""One hit as an officer needs it: what was compared, what is asked, whose list, decided by whom."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.lookout import Lookout
from smartborder.model.reason import Reason
from smartborder.model.screening import ListEntry
from smartborder.node.access.users import names
from smartborder.node.act.sealed_hit import KEY, said
from smartborder.node.desk import visible
from smartborder.node.desk.decided import Decided, by_subject
from smartborder.node.lookouts.in_memory import OWN_LIST, entry_id
from smartborder.node.lookouts.sealed import by_id
from smartborder.node.store.session import Row, Session

WHAT_TO_DO: Mapping[str, Text] = {
    "board-and-refer": Text(
        "Let the person board; refer to secondary on arrival. The carrier sees OK.",
        "Laisser embarquer; diriger vers l'examen secondaire à l'arrivée. Le transporteur voit OK.",
    ),
    "hold-reply": Text(
        "The reply to the carrier is held: an officer decides before the doors close. If nobody"
        " does, OK goes out.",
        "La réponse au transporteur est retenue : un agent décide avant la fermeture des portes."
        " Si personne ne décide, OK est envoyé.",
    ),
    "protective": Text(
        "For the person's protection: speak to them alone, do not alert companions. The carrier"
        " sees OK.",
        "Pour protéger la personne : lui parler seule, sans alerter ses accompagnateurs. Le"
        " transporteur voit OK.",
    ),
    "officer-safety": Text(
        "Officer safety: do not approach alone. The carrier sees OK.",
        "Sécurité des agents : ne pas intervenir seul. Le transporteur voit OK.",
    ),
    "silent": Text(
        "Silent: do nothing the person could notice; tell the owner of the look-out.",
        "Discret : ne rien faire que la personne puisse remarquer; aviser l'auteur du signalement.",
    ),
}


_NAMES = "screening.name-"


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """Why a hit is quiet: who cleared this pair before, when and why."""

    at: datetime
    by: str
    why: tuple[Text, ...]
    judgement: str


class HitView(msgspec.Struct, frozen=True, kw_only=True):
    """One hit.

    Attributes:
        state: ``open``, ``quiet`` (cleared earlier), ``cleared``, ``confirmed``, ``undecided``
            or ``withdrawn``.
        score: probability that both are the same person, for weighing this one hit.
        listed: the entry as the list has it; None where it is no longer there.
        lookout: the look-out behind it, with originator and caveats; None for a list.
    """

    id: str
    traveller: str
    version: int
    case: str | None
    entry: str
    list: str
    name: str
    score: float
    instruction: str
    reasons: tuple[Reason, ...]
    would_change: tuple[Reason, ...]
    state: str
    found_at: datetime
    outcome: str | None
    cleared: Cleared | None
    decided: Decided | None
    listed: ListEntry | None
    lookout: Lookout | None

    @property
    def what_to_do(self) -> Text:
        """The instruction in words."""
        return WHAT_TO_DO.get(self.instruction, WHAT_TO_DO["board-and-refer"])

    @property
    def about_names(self) -> tuple[Reason, ...]:
        """Reasons that compare the names; a page draws those two side by side."""
        return tuple(r for r in self.reasons if r.code.startswith(_NAMES) and r.compared)

    @property
    def about_the_rest(self) -> tuple[Reason, ...]:
        """Every other reason."""
        return tuple(r for r in self.reasons if not (r.code.startswith(_NAMES) and r.compared))

    @property
    def asks(self) -> bool:
        """Whether it still asks something of whoever meets the person."""
        return self.state in ("open", "confirmed", "undecided") and self.outcome != "wrong-person"

    @property
    def in_ten(self) -> int:
        """Of ten pairs that look like this one, about so many are the same person."""
        return min(9, max(1, round(self.score * 10)))


def of_traveller(s: Session, traveller: str, *, silent: bool = False) -> list[HitView]:
    """All hits of a traveller, newest version first; withdrawn ones last."""
    return views(s, s.rows(
        f"SELECT h.*, k.wrapped FROM act.hit h {KEY}"
        f" WHERE h.traveller = :t AND (:silent OR {visible.HIT})"
        " ORDER BY h.state = 'withdrawn', h.version DESC, h.found_at, h.id",
        t=traveller, silent=silent,
    ))  # fmt: skip


def one(s: Session, hit: str) -> HitView:
    """One hit by its id; a silent one looks as if it did not exist."""
    row = s.one(f"SELECT h.*, k.wrapped FROM act.hit h {KEY}"
                f" WHERE h.id = :id AND {visible.HIT}", id=hit)  # fmt: skip
    return views(s, [row])[0]


def views(s: Session, rows: Sequence[Row]) -> list[HitView]:
    """Rows of ``act.hit`` and their keys with everything behind them; each is noted as seen."""
    decided = by_subject(s, [r["id"] for r in rows])
    memories = _memories(s, [r["memory"] for r in rows if r["memory"]])
    entries = [r["entry"] for r in rows]
    lookouts, listed = lookouts_behind(s, entries), entries_behind(s, entries)
    s.saw("hit", [r["id"] for r in rows])
    opened = [said(s, r) for r in rows]
    return [
        HitView(
            id=r["id"], traveller=r["traveller"], version=r["version"], case=r["case_id"],
            entry=r["entry"], list=r["list"], name=found.name, score=float(r["score"]),
            instruction=r["instruction"], state=r["state"], found_at=r["found_at"],
            outcome=r["outcome"],
            reasons=found.reasons, would_change=found.would_change,
            cleared=memories.get(r["memory"]), decided=decided.get(r["id"]),
            listed=listed.get(r["entry"]), lookout=lookouts.get(r["entry"]),
        )
        for r, found in zip(rows, opened, strict=True)
    ]  # fmt: skip


def lookouts_behind(s: Session, entries: Iterable[str]) -> dict[str, Lookout]:
    """The look-outs behind entries, in their current version."""
    ids = [e.removeprefix(f"{OWN_LIST}:") for e in entries if e.startswith(f"{OWN_LIST}:")]
    return {entry_id(i): lookout for i, lookout in by_id(s, ids).items()}


def entries_behind(s: Session, entries: Iterable[str]) -> dict[str, ListEntry]:
    """The entries of imported lists, in the version in force."""
    rows = s.rows(
        "SELECT e.entry FROM lookouts.entry e JOIN lookouts.list_version v ON v.id = e.version"
        " WHERE e.id = ANY(:ids) AND v.active",
        ids=[e for e in entries if not e.startswith(f"{OWN_LIST}:")],
    )
    found = [msgspec.convert(r["entry"], ListEntry) for r in rows]
    return {x.id: x for x in found}


def _memories(s: Session, ids: Sequence[str]) -> dict[Any, Cleared]:
    rows = s.rows("SELECT id, at, by, why, judgement FROM lookouts.memory WHERE id = ANY(:ids)",
                  ids=ids)  # fmt: skip
    people = names(s, [r["by"] for r in rows])
    return {
        r["id"]: Cleared(
            at=r["at"], by=people.get(r["by"]) or str(r["by"]), judgement=r["judgement"],
            why=msgspec.json.decode(r["why"], type=tuple[Text, ...]),
        )
        for r in rows
    }  # fmt: skip


def case_of(s: Session, hit: str) -> str:
    """The case a hit belongs to; a silent hit, or one without a case, looks as if it did not
    exist.
    """
    row = s.one(
        f"SELECT h.case_id FROM act.hit h WHERE h.id = :id AND {visible.HIT}"
        " AND h.case_id IS NOT NULL",
        id=hit,
    )
    return str(row["case_id"])
