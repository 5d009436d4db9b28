"""The owner of a look-out learns that its subject was met; of a silent one, he alone.

The desk never sees a silent hit, so the owner says himself whether it was the right person.
"""

from datetime import datetime
from typing import Literal

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.act.sealed_hit import KEY
from smartborder.node.desk import visible
from smartborder.node.desk.closing import close_case
from smartborder.node.desk.decisions import BECOMES, keep
from smartborder.node.desk.errors import AlreadyDecided
from smartborder.node.desk.hits import HitView, views
from smartborder.node.desk.officer_decision import REDRESS_IN_PERSON, record
from smartborder.node.store.session import Session

_OWN = (
    "EXISTS (SELECT FROM lookouts.lookout l WHERE 'lookout:' || l.id = h.entry AND l.version = 1"
    " AND l.created_by IN (:me, 'officer:' || :me))"
)
SAID = {
    "same": Text("The owner says: our subject.", "L'auteur dit : c'est la personne visée."),
    "different": Text(
        "The owner says: another person.", "L'auteur dit : c'est une autre personne."
    ),
}


class Met(msgspec.Struct, frozen=True, kw_only=True):
    """A hit of one of the owner's look-outs, with the flight and nobody else on it."""

    hit: HitView
    carrier: str
    number: str
    suffix: str
    origin: str
    destination: str
    departs: datetime | None
    origin_zone: str | None

    @property
    def mine_to_say(self) -> bool:
        """Whether only the owner can decide it: a silent hit that is still open."""
        return self.hit.instruction == visible.SILENT and self.hit.state == "open"


def met(s: Session) -> list[Met]:
    """Hits of the actor's own look-outs, silent ones among them, newest first."""
    rows = s.rows(
        "SELECT h.*, k.wrapped, f.carrier, f.number, f.suffix, f.origin, f.destination,"
        " f.origin_zone, coalesce(f.estimated_departure, f.scheduled_departure) AS departs"
        f" FROM act.hit h {KEY} JOIN act.traveller t ON t.id = h.traveller"
        " JOIN act.flight f ON f.id = t.flight"
        f" WHERE {_OWN} AND {visible.LIVE} AND h.state <> 'withdrawn'"
        " ORDER BY h.found_at DESC, h.id DESC LIMIT 200",
        me=s.actor.id,
    )
    names = [n for n in Met.__struct_fields__ if n != "hit"]
    return [Met(hit=hit, **{n: row[n] for n in names})
            for hit, row in zip(views(s, rows), rows, strict=True)]  # fmt: skip


def say(s: Session, hit_id: str, judgement: Literal["same", "different"]) -> None:
    """The owner decides a silent hit of his own look-out.

    Raises:
        NotFound: there is none, or it is not his, or not silent.
        AlreadyDecided: he said so before.
    """
    hit = s.one(
        f"SELECT h.* FROM act.hit h WHERE h.id = :id AND {_OWN} AND h.instruction = 'silent'"
        " FOR UPDATE OF h",
        id=hit_id, me=s.actor.id,
    )  # fmt: skip
    if hit["state"] != "open":
        raise AlreadyDecided("this hit was decided", hit=hit_id)
    reasons = (Reason(code=f"owner.{judgement}", detail=SAID[judgement]),)
    state, outcome = BECOMES[judgement]
    record(s, subject=hit_id, case=hit["case_id"], outcome=outcome, reasons=reasons,
           redress=REDRESS_IN_PERSON)  # fmt: skip
    s.run("UPDATE act.hit SET state = :state, decided_at = :now WHERE id = :id",
          state=state, now=s.now, id=hit_id)  # fmt: skip
    keep(s, hit, judgement, reasons)
    left = s.value("SELECT count(*) FROM act.hit WHERE case_id = :c AND state = 'open'",
                   c=hit["case_id"])  # fmt: skip
    if hit["case_id"] and not left:
        case = s.one("SELECT * FROM act.case_file WHERE id = :c", c=hit["case_id"])
        close_case(s, case, state)
