"""The purge: on its delete-by date everything goes, every day, without anybody asking.

Raw messages lose their key and their bytes; travellers take their versions, checks, hits and
replies with them; the partner's look-outs that ended are destroyed at once. An open case holds
its traveller until it is closed.
"""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from smartborder.model.country import CountryPack
from smartborder.node.custody.destroying import destroyed, forget_salts
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Session

PURPOSE = "custody"
_AT_ONCE = 500


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """How many records of each kind were destroyed."""

    raw: int = 0
    messages: int = 0
    travellers: int = 0
    memories: int = 0
    lookouts: int = 0
    questions: int = 0


def purge(node: Node) -> Purged:
    """Destroy what is due, a few hundred records a transaction, until nothing is left."""
    steps: tuple[Callable[[Session, CountryPack], int], ...] = (
        _raw, _messages, _travellers, _memories, _lookouts, _questions,
    )  # fmt: skip
    counts = []
    for step in steps:
        total = 0
        while True:
            with node.store.act(SYSTEM, PURPOSE) as s:
                done = step(s, node.pack)
            total += done
            if done < _AT_ONCE:
                break
        counts.append(total)
    return Purged(**dict(zip(Purged.__struct_fields__, counts, strict=True)))


def _ids(s: Session, sql: str, **values: object) -> list[str]:
    return [str(r["id"]) for r in s.rows(f"{sql} LIMIT {_AT_ONCE}", **values)]


def _raw(s: Session, pack: CountryPack) -> int:
    """Raw messages: the key first, so that copies elsewhere are dead too."""
    due = _ids(s, "SELECT id FROM custody.raw WHERE delete_by <= :now ORDER BY delete_by, id",
               now=s.now)  # fmt: skip
    s.run("DELETE FROM custody.key WHERE id = ANY(:due)", due=due)
    s.run("DELETE FROM custody.raw WHERE id = ANY(:due)", due=due)
    s.run("UPDATE act.transmission SET state = 'purged', findings = '[]' WHERE id = ANY(:due)",
          due=due)  # fmt: skip
    destroyed(s, "raw-message", due, pack.retention["raw-message"].citation)
    return len(due)


def _messages(s: Session, pack: CountryPack) -> int:
    """Message records keep number, times and sender; what was said about people goes."""
    keep = timedelta(days=pack.retention["passenger-list"].days)
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
    destroyed(s, "message", due, pack.retention["passenger-list"].citation)
    return len(due)


def _travellers(s: Session, pack: CountryPack) -> int:
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
    s.run("DELETE FROM exchange.request WHERE hit = ANY(:hits)", hits=hits)
    s.run("UPDATE act.traveller SET double_of = NULL WHERE double_of = ANY(:due)", due=due)
    s.run("DELETE FROM act.reply WHERE travellers <@ CAST(:due AS text[])", due=due)
    s.run("DELETE FROM act.traveller WHERE id = ANY(:due)", due=due)
    forget_salts(s, hits)
    destroyed(s, "traveller", due, pack.retention["passenger-list"].citation)
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


def _memories(s: Session, pack: CountryPack) -> int:
    """What officers decided about pairs, once the person it is about cannot be on file any more."""
    keep = timedelta(days=pack.retention["passenger-list"].days)
    due = _ids(s, "SELECT id FROM lookouts.memory WHERE coalesce(until, ended_at, at) + :keep <="
               " :now ORDER BY at, id", keep=keep, now=s.now)  # fmt: skip
    s.run("DELETE FROM lookouts.memory WHERE id = ANY(:due)", due=due)
    destroyed(s, "decision-memory", due, pack.retention["passenger-list"].citation)
    return len(due)


def _lookouts(s: Session, pack: CountryPack) -> int:
    """Look-outs that ended: the partner's at once, our own after our retention rule.

    What was derived from a destroyed look-out and never used goes with it.
    """
    rule = pack.retention["lookout"]
    rows = s.rows(
        "SELECT id, agreement FROM lookouts.lookout WHERE current AND (agreement IS NOT NULL AND"
        " coalesce(withdrawn_at, lapsed_at) <= :now OR coalesce(withdrawn_at, lapsed_at) + :keep"
        f" <= :now) ORDER BY id LIMIT {_AT_ONCE}",
        now=s.now,
        keep=timedelta(days=rule.days),
    )
    received = [str(r["id"]) for r in rows if r["agreement"] is not None]
    own = [str(r["id"]) for r in rows if r["agreement"] is None]
    due = [*received, *own]
    s.run(
        "UPDATE act.hit SET name = '', reasons = '[]', would_change = '[]'"
        " WHERE entry = ANY(:entries) AND state IN ('withdrawn', 'quiet', 'cleared')",
        entries=[f"lookout:{r}" for r in due],
    )
    s.run("DELETE FROM lookouts.proposal WHERE lookout_id = ANY(:due)", due=due)
    s.run("DELETE FROM lookouts.lookout WHERE id = ANY(:due)", due=due)
    destroyed(s, "received-lookout", received, "shared-lookouts SL-12")
    destroyed(s, "lookout", own, rule.citation)
    return len(due)


def _questions(s: Session, pack: CountryPack) -> int:
    """Questions of the partner and answers to ours, past the time their records are kept."""
    rule = pack.retention["passenger-list"]
    due = _ids(s, "SELECT id FROM exchange.request WHERE asked_at + :keep <= :now ORDER BY id",
               keep=timedelta(days=rule.days), now=s.now)  # fmt: skip
    s.run("DELETE FROM exchange.request WHERE id = ANY(:due)", due=due)
    destroyed(s, "question", due, rule.citation)
    return len(due)
