"""How often screening errs, by list and week and by group of names, as this node publishes it.

A false hit is one that was found to be another person, at the desk or in secondary. Figures with
nothing behind them are left out; small ones are shown with their interval, not hidden. No figure
is about one person. Silent look-outs and test traffic are in none of them.
"""

from datetime import date, timedelta

import msgspec

from smartborder.engines.screening.origins import OTHER, origin_of, origins
from smartborder.kernel.text import Text
from smartborder.node.desk import visible
from smartborder.node.desk.figures import FALSE, Share
from smartborder.node.store.session import Session

TWICE = 2.0
"""No group of names may be stopped by mistake more often than this many times the overall rate."""


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """One list in one week: its hits and the share of decided ones that were another person."""

    list: str
    monday: date
    hits: int
    false: Share


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """One group of names: of those screened, how many were stopped by mistake.

    Attributes:
        ratio: to the rate over everybody; None where nobody was stopped by mistake at all.
        beyond: the whole interval lies above twice the overall rate: not chance.

    """

    title: Text
    false: Share
    ratio: float | None
    beyond: bool


def by_week(s: Session, weeks: int) -> list[Week]:
    """Each list in each of the last weeks, newest week first."""
    rows = s.rows(
        "SELECT h.list, CAST(date_trunc('week', h.found_at) AS date) AS monday, count(*) AS hits,"
        f" count(*) FILTER (WHERE {FALSE}) AS wrong,"
        " count(*) FILTER (WHERE h.state IN ('cleared', 'confirmed')) AS decided"
        " FROM act.hit h JOIN act.traveller t ON t.id = h.traveller"
        f" WHERE h.found_at > :since AND h.state <> 'withdrawn' AND t.mode = 'live'"
        f" AND {visible.HIT} GROUP BY 1, 2 ORDER BY 2 DESC, 1",
        since=s.now - timedelta(weeks=weeks),
    )
    return [
        Week(list=r["list"], monday=r["monday"], hits=r["hits"],
             false=Share(count=r["wrong"], of=r["decided"]))
        for r in rows
    ]  # fmt: skip


def by_group(s: Session, weeks: int) -> tuple[Share, list[Group]]:
    """Everybody screened in the last weeks, and each group of names that was among them."""
    counts: dict[str, list[int]] = {}
    for r in s.rows(
        "SELECT v.person ->> 'nationality' AS nationality, count(*) AS screened,"
        f" count(*) FILTER (WHERE EXISTS (SELECT FROM act.hit h WHERE h.traveller = t.id AND"
        f" {FALSE} AND {visible.HIT})) AS wrong FROM act.traveller t"
        " JOIN act.traveller_version v ON v.traveller = t.id AND v.version = t.version"
        " WHERE t.mode = 'live' AND t.created_at > :since GROUP BY 1",
        since=s.now - timedelta(weeks=weeks),
    ):
        held = counts.setdefault(origin_of(r["nationality"]), [0, 0])
        held[0] += r["wrong"]
        held[1] += r["screened"]
    overall = Share(count=sum(c for c, _ in counts.values()), of=sum(n for _, n in counts.values()))
    known = {**origins(), "other": OTHER}
    return overall, [
        _group(known[key].title, Share(count=counts[key][0], of=counts[key][1]), overall)
        for key in known
        if key in counts
    ]


def _group(title: Text, share: Share, overall: Share) -> Group:
    base = overall.value or 0.0
    low = share.interval[0] if share.interval else 0.0
    return Group(title=title, false=share, ratio=(share.value or 0.0) / base if base else None,
                 beyond=bool(base) and low > TWICE * base)  # fmt: skip
