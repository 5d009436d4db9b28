"""What was derived from a look-out: hits, the cases they opened, answers to our questions.

Lineage is in the records themselves: a hit names the entry and the version it was found with, a
question names its look-out. Nothing that is derived may exist without such a name.

Derived data that nobody acted on is corrected or destroyed with its source. What was used for a
decision about a person stays as it was used, with a note, and its case is opened again
(IRPR 315.27(2)-(3); shared-lookouts SL-11).
"""

from datetime import timedelta
from typing import Any

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.lookout import Lookout
from smartborder.model.reason import Reason
from smartborder.node.act import sealed_hit
from smartborder.node.desk import claims
from smartborder.node.exchange.questions import ROWS, SEALED
from smartborder.node.lookouts import changes, keeping
from smartborder.node.lookouts.in_memory import entry_id, entry_of
from smartborder.node.lookouts.withdrawing import withdraw_hits
from smartborder.node.store.session import NotFound, Row, Session

LOOK_AGAIN_WITHIN = timedelta(hours=2)
CORRECTED = Reason(
    code="custody.source-corrected",
    detail=Text(
        "The record behind this decision was corrected after it was used. What was decided on it"
        " must be looked at again.",
        "Le dossier à l'origine de cette décision a été corrigé après son utilisation. Ce qui a"
        " été décidé sur cette base doit être réexaminé.",
    ),
    citation="IRPR 315.27(3); shared-lookouts SL-11",
)


def used(s: Session, lookout_id: str) -> bool:
    """Whether anybody decided about a person on the strength of a look-out.

    Confirmed hits count; that somebody was found to be another person changed nothing for him.
    """
    return bool(s.value("SELECT EXISTS (SELECT FROM act.hit WHERE entry = :entry"
                        " AND state = 'confirmed')", entry=entry_id(lookout_id)))  # fmt: skip


def correct(s: Session, lookout_id: str) -> dict[str, list[str]]:
    """Bring everything derived from a corrected look-out in line with it.

    Args:
        s: the transaction.
        lookout_id: whose current version is the corrected one.

    Returns:
        Ids by what became of them: ``destroyed`` (hits of the inaccurate version that nobody
        acted on), ``noted`` (cases that rest on one, opened again), ``corrected`` (answers).

    """
    try:
        lookout = keeping.current(s, lookout_id).lookout
    except NotFound:
        return {}
    entry, version = entry_id(lookout_id), entry_of(lookout).version
    s.run(
        "UPDATE act.hit SET state = 'withdrawn', decided_at = :now WHERE entry = :entry"
        " AND entry_version <> :version AND state IN ('open', 'quiet', 'undecided')",
        now=s.now, entry=entry, version=version,
    )  # fmt: skip
    gone = s.rows(
        "SELECT id FROM act.hit WHERE entry = :entry AND entry_version <> :version"
        " AND state = 'withdrawn' AND said IS NOT NULL FOR UPDATE",
        entry=entry, version=version,
    )  # fmt: skip
    sealed_hit.empty(s, [str(r["id"]) for r in gone])
    acted_on = s.rows(
        "SELECT DISTINCT ON (case_id) case_id, id FROM act.hit WHERE entry = :entry"
        " AND entry_version <> :version AND state = 'confirmed' AND case_id IS NOT NULL",
        entry=entry, version=version,
    )  # fmt: skip
    done = {
        "destroyed": [str(r["id"]) for r in gone],
        "noted": [str(r["case_id"]) for r in acted_on if _reopen(s, r["case_id"], lookout)],
        "corrected": [_correct_answer(s, r, lookout) for r in _answers(s, lookout_id)],
    }
    s.leaf("derived", lookout_id, {"version": lookout.version, **done})
    if gone or acted_on:
        s.notify("queue")
    return {what: ids for what, ids in done.items() if ids}


def destroy(s: Session, lookouts: list[str]) -> None:
    """Empty what was derived from look-outs that are destroyed; what was acted on stays.

    One that is still in force ends first, so that nobody is matched with it any more.
    """
    for row in s.rows("SELECT id FROM lookouts.lookout WHERE id = ANY(:ids) AND current"
                      " AND withdrawn_at IS NULL AND lapsed_at IS NULL",
                      ids=lookouts):  # fmt: skip
        withdraw_hits(s, entry_id(row["id"]))
        changes.note(s, "lookouts", "lapsed", entry_id(row["id"]))
    hits = s.rows(
        "SELECT id FROM act.hit WHERE entry = ANY(:entries)"
        " AND state IN ('withdrawn', 'quiet', 'cleared') FOR UPDATE",
        entries=[entry_id(r) for r in lookouts],
    )
    sealed_hit.empty(s, [str(r["id"]) for r in hits])
    asked = s.rows("SELECT id FROM exchange.request WHERE way = 'out'"
                   " AND lookout = ANY(:lookouts)", lookouts=lookouts)  # fmt: skip
    SEALED.empty(s, [str(r["id"]) for r in asked])


def _reopen(s: Session, case_id: str, lookout: Lookout) -> bool:
    """Note the file and open its case again; once for each version of the source."""
    mark = f"{lookout.id}@{lookout.version}"
    if s.value("SELECT 1 FROM act.case_event WHERE case_id = :c AND what = 'source-corrected'"
               " AND note = :mark", c=case_id, mark=mark):  # fmt: skip
        return False
    s.run(
        "UPDATE act.case_file SET state = 'open', closed_at = NULL, closed_as = NULL,"
        " claimed_by = NULL, lease_until = NULL, due_at = :due, default_outcome = NULL,"
        " reasons = reasons || CAST(:why AS jsonb) WHERE id = :c AND state = 'closed'",
        due=s.now + LOOK_AGAIN_WITHIN,
        why=msgspec.json.encode([CORRECTED]).decode(),
        c=case_id,
    )
    claims.note(s, case_id, "source-corrected", said=mark)
    s.leaf("case", case_id, {"source-corrected": mark})
    return True


def _answers(s: Session, lookout_id: str) -> list[Row]:
    rows = s.rows(
        f"{ROWS} WHERE q.way = 'out' AND q.lookout = :lookout AND q.answer IS NOT NULL",
        lookout=lookout_id,
    )
    return [row for row in rows if SEALED.answer(s, row).get("hit")]


def _correct_answer(s: Session, row: Row, lookout: Lookout) -> str:
    """What the partner's answer gave us of its look-out now says what the look-out says."""
    fresh: dict[str, Any] = msgspec.to_builtins(lookout)
    answer = {name: fresh[name] if value is not None and name in fresh else value
              for name, value in SEALED.answer(s, row).items()}  # fmt: skip
    s.run("UPDATE exchange.request SET answer = :answer WHERE id = :id",
          answer=SEALED.given(s, row, answer), id=row["id"])  # fmt: skip
    return str(row["id"])
