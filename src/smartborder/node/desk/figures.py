"""What the desk costs and how often its lists are wrong: alerts per officer-hour, false hits.

Every error rate is shown with its count and its 95 % interval, also where it embarrasses us.
No figure is about one traveller or ranks an officer. Silent look-outs are not in them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import sqrt

import msgspec

from smartborder.node.desk import visible
from smartborder.node.store.session import Session

_Z = 1.959964
FALSE = "(h.state = 'cleared' OR h.outcome = 'wrong-person')"
"""SQL condition on ``act.hit h``: it was another person."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A share with what it rests on: ``count`` of ``of``, 95 % interval after Wilson."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, or None where there is nothing to count."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lower and upper end of the 95 % interval."""
        if not self.of:
            return None
        p, n = self.count / self.of, self.of
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


class ListFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One list: its hits, how many were decided and were another person, what secondary found.

    Attributes:
        false: hits that were another person, at the desk or in secondary, of those decided.
        found: outcomes other than 'no result', 'wrong person' and 'not presented', of all
            outcomes: the hit rate that its owner sees.
    """

    list: str
    hits: int
    waiting: int
    undecided: int
    quiet: int
    false: Share
    found: Share


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """Work at the desk in a period.

    Attributes:
        officer_hours: hours in which an officer opened at least one case or traveller, summed
            over officers.
        late: cases closed, or still open, after they were due.
        median_wait: from opening to closing.
    """

    since: datetime
    alerts: int
    officer_hours: int
    closed: int
    late: int
    median_wait: timedelta | None

    @property
    def per_hour(self) -> float | None:
        """Alerts per officer-hour; None before anybody worked."""
        return self.alerts / self.officer_hours if self.officer_hours else None


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """Decided hits of a list whose probability lay in a tenth: does the number mean it?"""

    low: float
    high: float
    same: Share


def load(s: Session, days: int) -> Load:
    """The desk's work in the last ``days`` days."""
    since = s.now - timedelta(days=days)
    row = s.one(
        "SELECT count(*) AS alerts,"
        " count(*) FILTER (WHERE c.state = 'closed' AND c.closed_as <> 'superseded') AS closed,"
        " count(*) FILTER (WHERE coalesce(c.closed_at, :now) > c.due_at) AS late,"
        " percentile_cont(0.5) WITHIN GROUP (ORDER BY c.closed_at - c.opened_at)"
        "  FILTER (WHERE c.state = 'closed' AND c.closed_as <> 'superseded') AS median_wait"
        f" FROM act.case_file c WHERE c.opened_at > :since AND {visible.CASE}",
        since=since, now=s.now,
    )  # fmt: skip
    hours = s.value(
        "SELECT count(*) FROM (SELECT DISTINCT actor, date_trunc('hour', at) FROM audit.seen"
        " WHERE at > :since AND actor_kind = 'officer' AND kind IN ('case', 'traveller')) x",
        since=since,
    )
    return Load(since=since, officer_hours=hours, **row)


def by_list(s: Session, days: int) -> list[ListFigures]:
    """Each list's hits of the last ``days`` days, by name of the list."""
    rows = s.rows(
        "SELECT h.list, count(*) AS hits,"
        " count(*) FILTER (WHERE h.state = 'open') AS waiting,"
        " count(*) FILTER (WHERE h.state = 'undecided') AS undecided,"
        " count(*) FILTER (WHERE h.state = 'quiet') AS quiet,"
        f" count(*) FILTER (WHERE {FALSE}) AS cleared,"
        " count(*) FILTER (WHERE h.state IN ('cleared', 'confirmed')) AS decided,"
        " count(*) FILTER (WHERE h.outcome IS NOT NULL) AS outcomes,"
        " count(*) FILTER (WHERE h.outcome IS NOT NULL AND h.outcome NOT IN"
        "  ('no-result', 'wrong-person', 'not-presented')) AS found"
        f" FROM act.hit h WHERE h.found_at > :since AND h.state <> 'withdrawn' AND {visible.HIT}"
        " GROUP BY h.list ORDER BY h.list",
        since=s.now - timedelta(days=days),
    )
    return [
        ListFigures(
            list=r["list"], hits=r["hits"], waiting=r["waiting"], undecided=r["undecided"],
            quiet=r["quiet"], false=Share(count=r["cleared"], of=r["decided"]),
            found=Share(count=r["found"], of=r["outcomes"]),
        )
        for r in rows
    ]  # fmt: skip


def calibration(s: Session, list_name: str, days: int) -> list[Band]:
    """Decided hits of one list by tenth of their probability, lowest first."""
    rows = s.rows(
        "SELECT least(floor(h.score * 10), 9)::int AS tenth, count(*) AS decided,"
        f" count(*) FILTER (WHERE NOT {FALSE}) AS same FROM act.hit h"
        " WHERE h.list = :list AND h.found_at > :since AND h.state IN ('cleared', 'confirmed')"
        f" AND {visible.HIT} GROUP BY 1 ORDER BY 1",
        list=list_name, since=s.now - timedelta(days=days),
    )  # fmt: skip
    return [
        Band(low=r["tenth"] / 10, high=(r["tenth"] + 1) / 10,
             same=Share(count=r["same"], of=r["decided"]))
        for r in rows
    ]  # fmt: skip


def why_cleared(s: Session, list_name: str, days: int) -> Sequence[tuple[str, int]]:
    """For what reasons hits of a list were found to be another person, most frequent first."""
    rows = s.rows(
        "SELECT r ->> 'code' AS code, count(*) AS n FROM act.hit h"
        " JOIN act.decision d ON d.subject = h.id, jsonb_array_elements(d.reasons) r"
        " WHERE h.list = :list AND h.found_at > :since AND d.outcome = 'cleared'"
        f" AND {visible.HIT} AND r ->> 'code' LIKE 'desk.different.%'"
        " GROUP BY 1 ORDER BY 2 DESC, 1",
        list=list_name, since=s.now - timedelta(days=days),
    )  # fmt: skip
    return [(r["code"], r["n"]) for r in rows]
