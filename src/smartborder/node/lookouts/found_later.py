"""A change of the lists means somebody who was here already: a case for an officer, no reply."""

from collections.abc import Mapping

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.model.screening import Hit
from smartborder.node.act.case_opening import WITHOUT_SCHEDULE, open_for
from smartborder.node.act.checking import Combined
from smartborder.node.act.programme import CheckResult
from smartborder.node.lookouts import live, stored
from smartborder.node.node import Node
from smartborder.node.store.session import Session

FOUND_LATER = Reason(
    code="lookout.found-later",
    detail=Text(
        "Listed or changed after this person had arrived; found when stored records were screened"
        " again. Nobody was refused anything.",
        "Inscrit ou modifié après l'arrivée de cette personne; trouvé en vérifiant de nouveau les"
        " dossiers conservés. Personne ne s'est vu refuser quoi que ce soit.",
    ),
)


def record(s: Session, node: Node, found: Mapping[str, tuple[Hit, ...]]) -> int:
    """Queue the hits of stored travellers that are not on record yet; how many there were.

    Args:
        s: a transaction of its own; done twice, the second time finds nothing new.
        node: the node.
        found: hits by traveller.

    """
    known = {
        (r["traveller"], r["entry"], r["entry_version"])
        for r in s.rows(
            "SELECT traveller, entry, entry_version FROM act.hit WHERE traveller = ANY(:ids)"
            " AND state <> 'withdrawn'",
            ids=list(found),
        )
    }
    queued = 0
    layers = node.lookouts.current(s)
    for kept in stored.held(s, sorted(found)):
        one = kept.reported
        fresh = tuple(
            h
            for h in found[one.traveller]
            if (one.traveller, h.entry, h.entry_version) not in known
        )
        if not fresh:
            continue
        flight = s.one("SELECT * FROM act.flight WHERE id = :id FOR UPDATE", id=kept.flight)
        result = CheckResult(check="lookouts", result="ok", hits=fresh)
        combined = Combined(one.reply, (), (result,), None)
        open_for(s, live.reporter(s, kept.client), flight,
                 [msgspec.structs.replace(one, combined=combined)], layers,
                 hit_kind="arrival")  # fmt: skip
        s.run(
            "UPDATE act.case_file SET due_at = :due, reasons = :reasons WHERE traveller = :t"
            " AND state = 'open' AND kind IN ('arrival', 'silent') AND opened_at = :now",
            t=one.traveller, now=s.now, due=s.now + WITHOUT_SCHEDULE,
            reasons=msgspec.json.encode([FOUND_LATER]).decode(),
        )  # fmt: skip
        queued += len(fresh)
    return queued
