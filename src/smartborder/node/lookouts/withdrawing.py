"""What ends when a look-out ends: open hits, the cases that rest on them; encounters are told."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.act.case_opening import WITHOUT_SCHEDULE, open_case
from smartborder.node.store.session import Session

ENDED = Reason(
    code="lookout.ended-after-encounter",
    detail=Text(
        "The look-out behind this encounter is no longer in force. Whatever was decided on it must"
        " be looked at again.",
        "Le signalement à l'origine de cette rencontre n'est plus en vigueur. Toute décision qui"
        " s'y appuie doit être réexaminée.",
    ),
)
_OPEN_HITS = "('open', 'quiet', 'undecided')"


def withdraw_hits(s: Session, entry: str, *, tell: bool = True,
                  standing: str | None = None) -> list[str]:  # fmt: skip
    """Withdraw the undecided hits of an entry, now; the travellers they were about.

    Cases left without an open hit are closed as ``withdrawn``. With ``tell``, whoever confirmed
    an encounter with the entry earlier gets a case that says so.

    Args:
        s: the transaction in which the entry ends.
        entry: id of the entry (``lookout:<id>`` or ``un:<key>``).
        tell: whether earlier encounters are told; not for a mere correction.
        standing: the version of the entry whose hits stay, where it only changed.

    """
    rows = s.rows(
        "UPDATE act.hit SET state = 'withdrawn', decided_at = :now WHERE entry = :entry"
        f" AND state IN {_OPEN_HITS}"
        " AND (CAST(:standing AS text) IS NULL OR entry_version <> :standing)"
        " RETURNING traveller, case_id",
        entry=entry,
        standing=standing,
        now=s.now,
    )
    cases = sorted({r["case_id"] for r in rows if r["case_id"]})
    s.run(
        "UPDATE act.case_file c SET state = 'closed', closed_at = :now, closed_as = 'withdrawn'"
        " WHERE c.id = ANY(:cases) AND c.state = 'open' AND NOT EXISTS (SELECT 1 FROM act.hit h"
        " WHERE h.case_id = c.id AND h.state IN ('open', 'undecided'))",
        cases=cases,
        now=s.now,
    )
    for case in cases:
        s.leaf("case", case, {"hits-withdrawn-of": entry})
    if tell:
        _tell(s, entry)
    if rows:
        s.notify("queue")
    return sorted({r["traveller"] for r in rows})


def _tell(s: Session, entry: str) -> None:
    """One notice per traveller with whom an encounter was confirmed."""
    for row in s.rows(
        "SELECT DISTINCT t.id AS traveller, f.id AS flight FROM act.hit h"
        " JOIN act.traveller t ON t.id = h.traveller JOIN act.flight f ON f.id = t.flight"
        " WHERE h.entry = :entry AND h.state = 'confirmed'",
        entry=entry,
    ):
        open_case(
            s, kind="notice", traveller=row["traveller"], flight={"id": row["flight"]},
            instruction=None, due_at=s.now + WITHOUT_SCHEDULE, default_outcome=None,
            reasons=(ENDED,),
        )  # fmt: skip
