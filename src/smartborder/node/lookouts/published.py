"""What the benchmarks measured, as published with this version: also what does not flatter.

``data/published_error.yaml`` is written by hand from a run of ``bench screening`` and ``bench
screening-quality`` and says on which day; docs/explanation/screening.md tells how each figure is
made.
"""

from functools import cache

import msgspec

from smartborder.kernel.resources import read_yaml
from smartborder.kernel.text import Text


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure: what it is, what was measured, what was asked for, whether it was reached."""

    what: Text
    ours: str
    peer: str | None = None
    bar: str | None = None
    reached: bool | None = None


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """All of them, with the day and the peer they were measured beside."""

    on: str
    peer: str
    figures: tuple[Figure, ...]


@cache
def measured() -> Measured:
    """The published figures of this version."""
    data = read_yaml("smartborder.node.lookouts", "data/published_error.yaml")
    return Measured(
        on=str(data["day"]),
        peer=data["peer"],
        figures=tuple(
            Figure(
                what=Text(row["en"], row["fr"]), ours=str(row["ours"]), peer=_text(row, "peer"),
                bar=_text(row, "bar"), reached=row.get("reached"),
            )
            for row in data["figures"]
        ),
    )  # fmt: skip


def _text(row: dict[str, object], key: str) -> str | None:
    return str(row[key]) if key in row else None
