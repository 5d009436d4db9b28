"""What a recheck changes for people of one flight: hits, cases, replies, unsolicited messages.

An OK holds until close-out: until then a changed verdict goes to the carrier as an unsolicited
message. After doors closed the carrier hears nothing; it becomes a referral on arrival.
"""

from collections.abc import Sequence
from itertools import groupby

import msgspec

from smartborder.model.reply import ReplyCode
from smartborder.model.screening import Hit
from smartborder.node.act import case_opening, unsolicited
from smartborder.node.act.checking import Combined
from smartborder.node.act.deciding import record_decisions
from smartborder.node.act.recording import Reported, rule_decision, stored_results
from smartborder.node.act.reporting import Reporting
from smartborder.node.lookouts import live
from smartborder.node.lookouts.in_memory import Layers
from smartborder.node.lookouts.live import Person
from smartborder.node.node import Node
from smartborder.node.store.session import Session

_ON_RECORD = "('open', 'quiet', 'undecided', 'cleared', 'confirmed')"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One person after the recheck: all checks, hits not on record yet, the reply in force."""

    person: Person
    combined: Combined
    fresh: tuple[Hit, ...]
    reply: ReplyCode


def recheck_people(s: Session, node: Node, flight_id: str, ids: Sequence[str],
                   entries: frozenset[str] | None) -> None:  # fmt: skip
    """Check ``ids`` again under the flight's lock and record what changed.

    Args:
        s: a transaction of its own for this flight.
        node: the node.
        flight_id: the flight, locked here against intake.
        ids: travellers to check.
        entries: the entries whose hits may come or go; None for a change of our registers.

    """
    flight = s.one("SELECT * FROM act.flight WHERE id = :id FOR UPDATE", id=flight_id)
    closed = unsolicited.doors_closed(flight, s)
    for client, group in groupby(sorted(live.again(s, flight_id, ids), key=lambda p: p.client),
                                 key=lambda p: p.client):  # fmt: skip
        people = list(group)
        reporting = Reporting(s, node, live.reporter(s, client), flight, "")
        checked = reporting.check([p.person for p in people], [p.id for p in people])
        outcomes = [
            _outcome(s, reporting.context.screener, p, c, entries, closed=closed)
            for p, c in zip(people, checked, strict=True)
        ]
        changed = [o for o in outcomes if o.fresh or o.reply != o.person.reply]
        for o in outcomes if closed else ():
            if not o.fresh and entries is None and o.combined.result not in ("ok", o.person.reply):
                unsolicited.refer_on_arrival(s, flight, o.person.id)
        _record(s, node, reporting, changed, closed=closed)


def _outcome(s: Session, layers: Layers, p: Person, combined: Combined,
             entries: frozenset[str] | None, *, closed: bool) -> Outcome:  # fmt: skip
    hits = tuple(h for r in combined.results for h in r.hits)
    held = {
        (r["entry"], r["entry_version"]): r["instruction"]
        for r in s.rows(
            f"SELECT entry, entry_version, instruction FROM act.hit WHERE traveller = :t"
            f" AND state IN {_ON_RECORD}",
            t=p.id,
        )
    }
    fresh = tuple(h for h in hits if (h.entry, h.entry_version) not in held)
    lost = _let_go(s, p, hits, entries or frozenset())
    changed = {
        h.entry for h in hits
        if (old := held.get((h.entry, h.entry_version))) and old != layers.instruction(h.entry)
    }  # fmt: skip
    for entry in sorted(changed):
        s.run("UPDATE act.hit SET instruction = :new WHERE traveller = :t AND entry = :entry"
              " AND state IN ('open', 'quiet', 'undecided')",
              t=p.id, entry=entry, new=layers.instruction(entry))  # fmt: skip
    return Outcome(person=p, combined=combined, fresh=fresh, reply=_reply(
        p, combined, moved=bool(fresh or lost or changed or entries is None), closed=closed,
        newly_held=any(layers.instruction(h.entry) == "hold-reply" for h in fresh)
        or any(layers.instruction(e) == "hold-reply" for e in changed),
    ))  # fmt: skip


def _reply(p: Person, combined: Combined, *, moved: bool, newly_held: bool,
           closed: bool) -> ReplyCode:  # fmt: skip
    """The reply now in force: what an officer decided stands unless something new holds it."""
    before = p.reply
    if closed or not moved or (p.officer_decided and not newly_held):
        return before
    if combined.result == "contact-government" and before == "ok" and not newly_held:
        held_by_hit = all(r.result == "ok" for r in combined.results if not r.hits)
        return before if held_by_hit else combined.result
    return combined.result


def _let_go(s: Session, p: Person, hits: Sequence[Hit], entries: frozenset[str]) -> bool:
    """Withdraw undecided hits that the changed entries no longer give; whether any reply rested
    on one (also one withdrawn with its look-out).
    """
    standing = {(h.entry, h.entry_version) for h in hits}
    rows = s.rows(
        "SELECT id, case_id, entry, entry_version, state FROM act.hit WHERE traveller = :t"
        " AND entry = ANY(:entries) AND state IN ('open', 'quiet', 'undecided', 'withdrawn')",
        t=p.id,
        entries=sorted(entries),
    )
    gone = [r for r in rows if (r["entry"], r["entry_version"]) not in standing]
    s.run("UPDATE act.hit SET state = 'withdrawn', decided_at = :now WHERE id = ANY(:ids)"
          " AND state <> 'withdrawn'", ids=[r["id"] for r in gone], now=s.now)  # fmt: skip
    s.run(
        "UPDATE act.case_file c SET state = 'closed', closed_at = :now, closed_as = 'withdrawn'"
        " WHERE c.id = ANY(:cases) AND c.state = 'open' AND NOT EXISTS (SELECT 1 FROM act.hit h"
        " WHERE h.case_id = c.id AND h.state IN ('open', 'undecided'))",
        cases=sorted({r["case_id"] for r in gone if r["case_id"]}),
        now=s.now,
    )
    return bool(gone)


def _record(s: Session, node: Node, reporting: Reporting, changed: Sequence[Outcome], *,
            closed: bool) -> None:  # fmt: skip
    reported = [_reported(o, closed=closed) for o in changed]
    lists = reporting.context.screener.version
    s.insert(
        "act.check_result",
        ("id", "traveller", "version", "result", "results", "law_on", "as_known", "lists", "at"),
        [
            (s.new_id("check"), r.traveller, r.version, o.reply, stored_results(o.combined),
             reporting.flight["departs_on"], s.now.date(), lists, s.now)
            for o, r in zip(changed, reported, strict=True)
        ],
    )  # fmt: skip
    record_decisions(
        s, [d for o, r in zip(changed, reported, strict=True)
            if o.reply != o.person.reply and (d := rule_decision(s, r)) is not None]
    )  # fmt: skip
    alarming = [r for o, r in zip(changed, reported, strict=True)
                if o.fresh or (o.reply != o.person.reply and o.reply != "ok")]  # fmt: skip
    case_opening.open_for(s, reporting.client, reporting.flight, alarming,
                          reporting.context.screener,
                          hit_kind="arrival" if closed else "hit")  # fmt: skip
    for o in changed:
        unsolicited.change_reply(s, node, o.person.id, o.reply)
        if o.fresh and o.reply == "contact-government" and not closed:
            s.run(
                "UPDATE act.case_file SET instruction = 'hold-reply', default_outcome = 'ok',"
                " due_at = least(due_at, :due) WHERE traveller = :t AND kind = 'hit'"
                " AND state = 'open'",
                t=o.person.id, due=case_opening.due(reporting.flight, s.now, True),
            )  # fmt: skip


def _reported(o: Outcome, *, closed: bool) -> Reported:
    """The person as a report, with only the hits that are not on record yet.

    After doors closed nothing holds a reply any more, whatever the checks would say.
    """
    p = o.person
    results = tuple(
        msgspec.structs.replace(
            r,
            hits=tuple(h for h in r.hits if h in o.fresh),
            result="ok" if closed else r.result,
        )
        for r in o.combined.results
    )
    combined = msgspec.structs.replace(o.combined, result=o.reply, results=results)
    return Reported(
        position=p.position, traveller=p.id, person=p.person, identity=p.identity,
        fingerprint=p.fingerprint, cleared_on=p.cleared_on, version=p.version,
        is_new=True, to_check=True, combined=combined,
    )  # fmt: skip
