"""Letting the envelopes of a batch take effect: in their order, each once, faults kept apart.

Envelopes whose room takes them in together (:func:`effects.handles_many`) go as one group; if
the group fails, each is tried alone, so that one bad record never stops the others.
"""

from collections.abc import Mapping, Sequence

import msgspec
import psycopg

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.model.exchange import EnvelopeRefused, Header, ReceiptRow
from smartborder.node.custody import received
from smartborder.node.exchange import keys
from smartborder.node.exchange.effects import Effect, Fields, Judge, Registered, registered
from smartborder.node.exchange.refusals import refused
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

Opened = tuple[Header, Fields]


class OutOfSeries(EnvelopeRefused):
    """An envelope does not come after the last one of its series: it, or a later one, was here."""

    code = "exchange.out-of-series"
    title = Text("Envelope out of its series", "Enveloppe hors de sa série")


class Applied(msgspec.Struct, frozen=True):
    """What became of a batch.

    Attributes:
        done: the envelopes that had not been here, each with its effect.
        rows: what the receipt says of each envelope, in the order of the batch.

    """

    done: Sequence[tuple[Header, Effect]]
    rows: Sequence[ReceiptRow]


def apply_all(s: Session, home: NodeHome, partner: str, headers: Sequence[Header],
              known: Mapping[str, ReceiptRow], parts: Mapping[str, bytes]) -> Applied:  # fmt: skip
    """Let those envelopes of a batch take effect that are not ``known`` from before."""
    fresh = [h for h in headers if h.id not in known]
    follows = _follow(s, partner, fresh)
    effects = _effects(s, home, [h for h in fresh if h.id in follows], parts)
    done = [(h, effects[h.id]) for h in fresh if h.id in effects]
    received.note_all(s, [(h, e.record) for h, e in done])
    for h in fresh:
        if h.id not in follows:
            refused(s, partner, OutOfSeries.code, f"envelope {h.id}")
        elif effects[h.id].outcome == "refused":
            refused(s, partner, effects[h.id].code or "", f"envelope {h.id}")
    rows = [known.get(h.id) or _row(h, effects.get(h.id)) for h in headers]
    return Applied(done=done, rows=rows)


def _row(header: Header, effect: Effect | None) -> ReceiptRow:
    if effect is not None:
        return ReceiptRow(envelope=header.id, outcome=effect.outcome, code=effect.code)
    return ReceiptRow(envelope=header.id, outcome="refused", code=OutOfSeries.code)


def _follow(s: Session, partner: str, headers: Sequence[Header]) -> set[str]:
    """Ids of the envelopes that come after the last of their series; the series move on.

    One that was left out is no fault: the sender sends in order, so it was refused, or this node
    was restored from a backup; :mod:`step` brings back what was lost then.
    """
    follows: set[str] = set()
    left = list(headers)
    while left:  # one round, unless a series comes several times in the batch
        turn: dict[tuple[str, str], Header] = {}
        later = []
        for h in left:
            if turn.setdefault((h.agreement, h.subject), h) is not h:
                later.append(h)
        first = sorted(turn.values(), key=lambda h: (h.agreement, h.subject))
        moved = s.rows(
            "INSERT INTO exchange.series AS x SELECT 'in', :p, a, b, n FROM"
            " unnest(CAST(:agreements AS text[]), CAST(:subjects AS text[]),"
            " CAST(:numbers AS int[])) AS y(a, b, n) ON CONFLICT (way, partner, agreement, subject)"
            " DO UPDATE SET last = excluded.last WHERE x.last < excluded.last"
            " RETURNING agreement, subject",
            p=partner, agreements=[h.agreement for h in first], subjects=[h.subject for h in first],
            numbers=[h.sequence for h in first],
        )  # fmt: skip
        follows |= {turn[r["agreement"], r["subject"]].id for r in moved}
        left = later
    return follows


def _effects(s: Session, home: NodeHome, headers: Sequence[Header],
             parts: Mapping[str, bytes]) -> dict[str, Effect]:  # fmt: skip
    judge, unseal = Judge(s, home), keys.opener(home)
    done: dict[str, Effect] = {}
    group: list[Opened] = []
    room: Registered | None = None
    for header in headers:
        try:
            fields = judge.open(header, unseal(parts[header.parts[0].sha256]))
            mine = registered(header)
        except SmartborderError as error:
            done[header.id] = Effect(outcome="refused", code=error.code)
            continue
        if group and (mine is not room or not mine.together):
            done.update(_take_in(s, home, room or mine, group))
            group = []
        room = mine
        group.append((header, fields))
    if group and room is not None:
        done.update(_take_in(s, home, room, group))
    return done


def _take_in(s: Session, home: NodeHome, room: Registered,
             group: Sequence[Opened]) -> dict[str, Effect]:  # fmt: skip
    s.later(
        "SAVEPOINT envelopes"
    )  # not released: the next of the name hides it, the commit ends it
    try:
        effects = room.take_in(s, home, group)
        s.send()
    except (SmartborderError, psycopg.DataError, psycopg.IntegrityError) as error:
        s.run("ROLLBACK TO SAVEPOINT envelopes")
        if len(group) > 1:
            return {k: v for one in group for k, v in _take_in(s, home, room, [one]).items()}
        code = error.code if isinstance(error, SmartborderError) else EnvelopeRefused.code
        return {group[0][0].id: Effect(outcome="refused", code=code)}
    return {header.id: effect for (header, _), effect in zip(group, effects, strict=True)}
