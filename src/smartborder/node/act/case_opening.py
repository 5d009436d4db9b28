"""Cases opened by checks: one trip, one alert, with all its hits.

What an officer decided about a pair before is remembered: a cleared pair stays quiet until the
entry materially changes. Test traffic never opens a case.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from smartborder.model.reason import Reason
from smartborder.model.screening import Hit
from smartborder.node.act import sealed_hit
from smartborder.node.act.recording import Reported
from smartborder.node.act.sender import ReportingClient
from smartborder.node.lookouts.in_memory import Layers
from smartborder.node.lookouts.memory import Remembered, remembered
from smartborder.node.store.session import Row, Session

HOLD_MARGIN = timedelta(minutes=45)
"""A held reply is released by its stated default this long before scheduled departure."""
WITHOUT_SCHEDULE = timedelta(hours=2)
_FIRST = ("hold-reply", "officer-safety", "protective", "board-and-refer")
"""Of several instructions the case carries the first of these. Silent hits have a case of their
own, which only the owner of the look-out sees."""


def open_for(s: Session, client: ReportingClient, flight: Row, reported: Sequence[Reported],
             screener: Layers, *, hit_kind: str = "hit") -> None:  # fmt: skip
    """Record the hits of checked people and open the cases that an officer must see.

    ``screener``: what they were checked against. ``hit_kind``: kind of a case about hits;
    ``arrival`` for a referral after doors closed, when no reply is left to decide.
    """
    if client.mode != "live":
        return
    checked = [r for r in reported if r.combined is not None]
    memory = remembered(s, [(r.fingerprint, h.entry) for r in checked for h in hits_of(r)])
    for r in checked:
        _withdraw_old(s, r)
        hits = [h for h in hits_of(r) if not _on_record(memory, r, h)]
        fresh = {h.entry: screener.instruction(h.entry) for h in hits
                 if _memory(memory, r, h) is None}  # fmt: skip
        asked = set(fresh.values()) - {"silent"}
        hold, other = _held_by(r)
        default = "ok" if hold and not other else None
        case = silent = None
        if asked:
            case = open_case(
                s, kind=hit_kind, traveller=r.traveller, flight=flight,
                instruction=next((i for i in _FIRST if i in asked), "board-and-refer"),
                due_at=due(flight, s.now, hold or bool(other)), default_outcome=default,
                reasons=other,
            )  # fmt: skip
        elif hit_kind == "hit" and r.result in ("contact-government", "not-ok") and r.combined:
            case = open_case(
                s, kind="reply", traveller=r.traveller, flight=flight, instruction=None,
                due_at=due(flight, s.now, True), default_outcome=default,
                reasons=r.combined.reasons,
            )  # fmt: skip
        if "silent" in fresh.values():
            silent = open_case(
                s, kind="silent", traveller=r.traveller, flight=flight, instruction="silent",
                due_at=due(flight, s.now, False), default_outcome=None,
            )  # fmt: skip
        _record_hits(s, r, hits, case, memory, screener, silent)
        if case:
            s.notify("queue")


def _held_by(r: Reported) -> tuple[bool, tuple[Reason, ...]]:
    """Whether a look-out holds the reply, and the reasons of every other check that does."""
    adverse = [c for c in r.combined.results if c.result != "ok"] if r.combined else []
    other = tuple(reason for c in adverse if c.check != "lookouts" for reason in c.reasons)
    return any(c.check == "lookouts" for c in adverse), other


def hits_of(r: Reported) -> tuple[Hit, ...]:
    """All hits of one person, whichever check found them."""
    return tuple(h for c in r.combined.results for h in c.hits) if r.combined else ()


def due(flight: Row, now: datetime, before_departure: bool) -> datetime:
    """By when an officer must have decided: doors close for a held reply, arrival otherwise."""
    departs = flight["estimated_departure"] or flight["scheduled_departure"]
    arrives = flight["estimated_arrival"] or flight["scheduled_arrival"]
    at = departs - HOLD_MARGIN if before_departure and departs else arrives or departs
    return max(at, now) if at else now + WITHOUT_SCHEDULE


def open_case(s: Session, *, kind: str, traveller: str | None, flight: Row,
              instruction: str | None, due_at: datetime, default_outcome: str | None,
              reasons: tuple[Reason, ...] = ()) -> str:  # fmt: skip
    """Open a case, or return the open one of the same kind about the same traveller."""
    existing = s.value(
        "SELECT id FROM act.case_file WHERE kind = :kind AND state = 'open'"
        " AND traveller IS NOT DISTINCT FROM :traveller AND flight = :flight",
        kind=kind, traveller=traveller, flight=flight["id"],
    )  # fmt: skip
    if existing:
        return str(existing)
    record = s.new_id("case")
    s.run(
        "INSERT INTO act.case_file (id, kind, purpose, traveller, flight, instruction,"
        " opened_at, due_at, default_outcome, reasons) VALUES (:id, :kind, :purpose, :traveller,"
        " :flight, :instruction, :now, :due, :default, :reasons)",
        id=record, kind=kind, purpose=s.purpose, traveller=traveller, flight=flight["id"],
        instruction=instruction, now=s.now, due=due_at, default=default_outcome,
        reasons=msgspec.json.encode(reasons).decode(),
    )  # fmt: skip
    s.leaf("case", record, {"kind": kind, "flight": flight["id"]})
    return record


Memory = dict[tuple[bytes, str], Remembered]


def _memory(memory: Memory, r: Reported, h: Hit) -> Remembered | None:
    kept = memory.get((r.fingerprint, h.entry))
    if kept is None or kept.entry_version != h.entry_version or kept.judgement == "cannot-tell":
        return None
    return kept if kept.judgement == "different" else None


def _on_record(memory: Memory, r: Reported, h: Hit) -> bool:
    """Whether this hit of this trip was decided already, and neither side changed since."""
    kept = memory.get((r.fingerprint, h.entry))
    return (
        not r.is_new
        and kept is not None
        and kept.entry_version == h.entry_version
        and kept.judgement != "different"
    )


def _withdraw_old(s: Session, r: Reported) -> None:
    """Hits of an earlier version of this person that nobody decided give way to the new ones."""
    if not r.is_new:
        s.run(
            "UPDATE act.hit SET state = 'withdrawn', decided_at = :now"
            " WHERE traveller = :t AND state IN ('open', 'quiet')",
            t=r.traveller, now=s.now,
        )  # fmt: skip
        s.run(
            "UPDATE act.case_file SET state = 'closed', closed_at = :now,"
            " closed_as = 'superseded' WHERE traveller = :t AND state = 'open'"
            " AND kind IN ('hit', 'reply', 'silent')",
            t=r.traveller, now=s.now,
        )  # fmt: skip


def _record_hits(s: Session, r: Reported, hits: Sequence[Hit], case: str | None, memory: Memory,
                 screener: Layers, silent: str | None) -> None:  # fmt: skip
    for h in hits:
        kept = _memory(memory, r, h)
        instruction = screener.instruction(h.entry)
        mine = silent if instruction == "silent" else case
        record = s.new_id("hit")
        s.later(
            "INSERT INTO act.hit (id, traveller, version, case_id, entry, entry_version, list,"
            " score, band, instruction, said, state, memory, found_at) VALUES (:id, :t, :v, :case,"
            " :entry, :ev, :list, :score, :band, :instruction, :said, :state, :memory, :now)",
            id=record, t=r.traveller, v=r.version, case=None if kept else mine,
            entry=h.entry, ev=h.entry_version, list=h.list,
            score=round(h.score, 5), band=h.verdict,
            instruction=instruction, said=sealed_hit.kept(s, record, h),
            state="quiet" if kept else "open", memory=kept.id if kept else None, now=s.now,
        )  # fmt: skip
