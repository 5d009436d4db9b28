"""The purge: on its delete-by date everything goes, every day, without anybody asking.

Raw messages lose their key and their bytes; travellers take their versions, checks, hits and
replies with them; the partner's records go at once when they end or their
terms run out, and their originator gets a receipt. An open case holds
its traveller until it is closed.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import timedelta

import msgspec

from smartborder.node.custody import embargo, received, record_keys
from smartborder.node.custody.destroying import destroyed, forget_salts
from smartborder.node.custody.holdings import HOLDINGS, kind_of
from smartborder.node.custody.received import Received
from smartborder.node.exchange import questions
from smartborder.node.exchange.destruction import certify
from smartborder.node.lookouts.lapsing import lapse
from smartborder.node.node import Node
from smartborder.node.redress import requests
from smartborder.node.store.session import SYSTEM, Session

PURPOSE = "custody"
_AT_ONCE = 500


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """How many records of each kind were destroyed."""

    raw: int = 0
    messages: int = 0
    travellers: int = 0
    memories: int = 0
    ended: int = 0
    due: int = 0
    unused: int = 0
    lookouts: int = 0
    questions: int = 0
    requests: int = 0


def purge(node: Node) -> Purged:
    """Destroy what is due, a few hundred records a transaction, until nothing is left.

    Advance notices whose instant has come are released first, for what they say goes with time;
    then look-outs whose review date has come end, so that nothing waits for another duty.
    """
    with suppress(Exception):  # the duty of releasing tells of it; what is due to go goes anyway
        embargo.release(node)
    lapse(node.store)
    steps: tuple[Callable[[Session, Node], int], ...] = (
        _raw, _messages, _travellers, _memories, _ended, _due, _unused,
        _lookouts, _questions, _requests,
    )  # fmt: skip
    counts = []
    for step in steps:
        total = 0
        while True:
            with node.store.act(SYSTEM, PURPOSE) as s:
                done = step(s, node)
            total += done
            if done < _AT_ONCE:
                break
        counts.append(total)
    return Purged(**dict(zip(Purged.__struct_fields__, counts, strict=True)))


def end_received(node: Node) -> int:
    """The duty of every moment: a look-out of the partner that ended goes at once (SL-12)."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        return _ended(s, node)


def _ids(s: Session, sql: str, **values: object) -> list[str]:
    return [str(r["id"]) for r in s.rows(f"{sql} LIMIT {_AT_ONCE}", **values)]


def _raw(s: Session, node: Node) -> int:
    """Raw messages: the key first, so that copies elsewhere are dead too."""
    due = _ids(s, "SELECT id FROM custody.raw WHERE delete_by <= :now ORDER BY delete_by, id",
               now=s.now)  # fmt: skip
    # A notice that another worker releases at this moment is read first.
    s.rows("SELECT id FROM custody.notice WHERE id = ANY(:due) ORDER BY id FOR UPDATE", due=due)
    s.run("DELETE FROM custody.key WHERE id = ANY(:due)", due=due)
    s.run("DELETE FROM custody.raw WHERE id = ANY(:due)", due=due)
    s.run("UPDATE act.transmission SET state = 'purged', findings = '[]' WHERE id = ANY(:due)",
          due=due)  # fmt: skip
    destroyed(s, "raw-message", due, node.pack.retention["raw-message"].citation)
    return len(due)


def _messages(s: Session, node: Node) -> int:
    """Message records keep number, times and sender; what was said about people goes."""
    keep = timedelta(days=node.pack.retention["passenger-list"].days)
    due = _ids(
        s,
        "SELECT id FROM act.message WHERE coalesce(delete_by, received_at + :keep) <= :now"
        " AND state <> 'purged' ORDER BY received_at, id",
        now=s.now,
        keep=keep,
    )
    s.run(
        "UPDATE act.message SET state = 'purged', body = NULL, findings = '[]'"
        " WHERE id = ANY(:due)",
        due=due,
    )
    destroyed(s, "message", due, node.pack.retention["passenger-list"].citation)
    return len(due)


def _travellers(s: Session, node: Node) -> int:
    """Travellers with all that hangs on them; what remains of their cases names nobody."""
    due = _ids(
        s,
        "SELECT t.id FROM act.traveller t WHERE t.delete_by <= :now AND NOT EXISTS (SELECT FROM"
        " act.case_file c WHERE c.traveller = t.id AND c.state = 'open')"
        " ORDER BY t.delete_by, t.id",
        now=s.now,
    )
    if not due:
        return 0
    _clear_cases(s, due)
    _clear_decisions(s, due)
    s.run(
        "UPDATE act.arrival SET document = NULL, outcome_note = NULL, referral_reasons = '[]'"
        " WHERE traveller = ANY(:due)",
        due=due,
    )
    hits = [str(r["id"]) for r in s.rows("SELECT id FROM act.hit WHERE traveller = ANY(:due)",
                                         due=due)]  # fmt: skip
    asked = s.rows("SELECT id FROM exchange.request WHERE hit = ANY(:hits)", hits=hits)
    questions.SEALED.destroy(s, [str(r["id"]) for r in asked])
    record_keys.destroy(s, hits)
    s.run("UPDATE act.traveller SET double_of = NULL WHERE double_of = ANY(:due)", due=due)
    s.run("DELETE FROM act.reply WHERE travellers <@ CAST(:due AS text[])", due=due)
    s.run("DELETE FROM act.traveller WHERE id = ANY(:due)", due=due)
    forget_salts(s, hits)
    destroyed(s, "traveller", due, node.pack.retention["passenger-list"].citation)
    return len(due)


def _clear_cases(s: Session, due: list[str]) -> None:
    rows = s.rows(
        "UPDATE act.case_file SET reasons = '[]' WHERE traveller = ANY(:due) RETURNING id", due=due
    )
    cases = [str(r["id"]) for r in rows]
    s.run("DELETE FROM act.case_event WHERE case_id = ANY(:cases)", cases=cases)
    s.run("DELETE FROM act.pending_decision WHERE case_id = ANY(:cases)", cases=cases)
    forget_salts(s, cases)


def _clear_decisions(s: Session, due: list[str]) -> None:
    """That somebody decided what, and when, stays; the values it rested on go."""
    rows = s.rows(
        "UPDATE act.decision SET reasons = '[]', note = NULL WHERE subject = ANY(:due)"
        " OR subject IN (SELECT id FROM act.hit WHERE traveller = ANY(:due))"
        " OR subject IN (SELECT id FROM act.arrival WHERE traveller = ANY(:due)) RETURNING id",
        due=due,
    )
    forget_salts(s, [str(r["id"]) for r in rows])


def _memories(s: Session, node: Node) -> int:
    """What officers decided about pairs, once the person it is about cannot be on file any more."""
    keep = timedelta(days=node.pack.retention["passenger-list"].days)
    due = _ids(s, "SELECT id FROM lookouts.memory WHERE coalesce(until, ended_at, at) + :keep <="
               " :now ORDER BY at, id", keep=keep, now=s.now)  # fmt: skip
    s.run("DELETE FROM lookouts.memory WHERE id = ANY(:due)", due=due)
    destroyed(s, "decision-memory", due, node.pack.retention["passenger-list"].citation)
    return len(due)


def _ended(s: Session, node: Node) -> int:
    """The partner's look-outs that ended: at once, with a receipt (shared-lookouts SL-12).

    What was derived from one and never used goes with it.
    """
    rows = s.rows(
        "SELECT id, version FROM lookouts.lookout WHERE current AND agreement IS NOT NULL"
        f" AND coalesce(withdrawn_at, lapsed_at) <= :now ORDER BY id LIMIT {_AT_ONCE}",
        now=s.now,
    )
    _destroy_received(s, node, {str(r["id"]): int(r["version"]) for r in rows}, "ended")
    return len(rows)


def _due(s: Session, node: Node) -> int:
    """What a partner gave us and its terms let us hold no longer.

    Use for a decision stops it where the agreement says so; such a record is looked at again
    every day, for a decision can be set aside.
    """
    return _unless_used(s, node, received.due(s, _AT_ONCE), "delete-by")


def _unused(s: Session, node: Node) -> int:
    """What must go as soon as feasible because nobody decided anything on it (IRPR 315.26)."""
    idle = [record for holding in HOLDINGS.values() for record in holding.idle(s, _AT_ONCE)]
    return _unless_used(s, node, received.of(s, idle).values(), "not used")


def _unless_used(s: Session, node: Node, found: Collection[Received], why: str) -> int:
    kept = [t.record for t in found
            if t.stops_on_use and HOLDINGS[kind_of(t.record)].used(s, t.record)]  # fmt: skip
    received.keep(s, kept)
    going = [t.record for t in found if t.record not in kept]
    versions = s.rows("SELECT id, version FROM lookouts.lookout WHERE current"
                      " AND id = ANY(:ids)", ids=going)  # fmt: skip
    known = {str(r["id"]): int(r["version"]) for r in versions}
    _destroy_received(s, node, {record: known.get(record) for record in going}, why)
    return len(found)


def _destroy_received(s: Session, node: Node, records: Mapping[str, int | None],
                      why: str) -> None:  # fmt: skip
    """Destroy, write it down under the agreement's own rule, and certify it to the originator."""
    terms = received.of(s, list(records))
    about = {r: HOLDINGS[kind_of(r)].about(s, r) for r in terms}
    for word, holding in HOLDINGS.items():
        mine = [record for record in records if kind_of(record) == word]
        holding.destroy(s, mine)
        for record in mine:
            held = terms.get(record)
            under = f"{held.agreement}@{held.version}" if held else "agreement not on record"
            destroyed(s, holding.word, [record], f"{under}: {why}")
    for record, owed in terms.items():
        certify(s, node.home, owed, records[record], about[record])
    received.forget(s, list(records))


def _lookouts(s: Session, node: Node) -> int:
    """Our own look-outs that ended, after our retention rule."""
    rule = node.pack.retention["lookout"]
    own = _ids(
        s,
        "SELECT id FROM lookouts.lookout WHERE current AND agreement IS NULL"
        " AND coalesce(withdrawn_at, lapsed_at) + :keep <= :now ORDER BY id",
        now=s.now,
        keep=timedelta(days=rule.days),
    )
    HOLDINGS["lookout"].destroy(s, own)
    destroyed(s, "lookout", own, rule.citation)
    return len(own)


def _questions(s: Session, node: Node) -> int:
    """Questions of the partner and answers to ours, past the time their records are kept."""
    rule = node.pack.retention["passenger-list"]
    due = _ids(s, "SELECT id FROM exchange.request WHERE asked_at + :keep <= :now ORDER BY id",
               keep=timedelta(days=rule.days), now=s.now)  # fmt: skip
    questions.SEALED.destroy(s, due)
    destroyed(s, "question", due, rule.citation)
    return len(due)


def _requests(s: Session, node: Node) -> int:
    """Answered requests for access and redress, with their letters."""
    gone = requests.forget(s)
    destroyed(s, "redress", gone, requests.law_of(node.home.country).keep_citation)
    return len(gone)
