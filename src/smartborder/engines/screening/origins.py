"""Groups of name origins: to measure whether screening stops some people more often.

Nothing that decides anything reads this; benchmarks and the published error rates do.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from smartborder.kernel.resources import read_yaml
from smartborder.kernel.text import Text


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """One group: what it is called and the countries (ISO alpha-3) it stands for."""

    title: Text
    countries: frozenset[str]


OTHER = Origin(title=Text("All other names", "Tous les autres noms"), countries=frozenset())


@cache
def origins() -> Mapping[str, Origin]:
    """The groups by id."""
    data = read_yaml("smartborder.engines.screening", "data/name_origins.yaml")
    return {
        key: Origin(title=Text(row["en"], row["fr"]), countries=frozenset(row["countries"]))
        for key, row in data.items()
    }


def origin_of(nationality: str | None) -> str:
    """The group of a nationality; ``other`` for countries in none."""
    for key, origin in origins().items():
        if nationality in origin.countries:
            return key
    return "other"
