"""Ports: code -> country and time zone, from our own table and then from every IATA code."""

from functools import cache
from typing import Literal

import airportsdata

from smartborder.kernel.resources import read_bytes
from smartborder.model.iso3166 import ALPHA2_TO_ALPHA3

Direction = Literal["inbound", "outbound", "elsewhere"]


class Ports:
    """The ports as seen from one country."""

    def __init__(self, country: str) -> None:
        """``country``: ISO alpha-2 of the node."""
        self._country = country

    def country(self, code: str | None) -> str | None:
        """ISO alpha-2 of the country of a port; None for a code we do not know."""
        row = _row(code)
        return row[0] if row else None

    def alpha3(self, code: str | None) -> str | None:
        """ISO alpha-3 of the country of a port; None for a code we do not know."""
        return ALPHA2_TO_ALPHA3.get(self.country(code) or "")

    def zone(self, code: str | None) -> str | None:
        """IANA time zone of a port; None for a code we do not know."""
        row = _row(code)
        return row[1] if row else None

    def name(self, code: str | None) -> str | None:
        """The name of a port as its country writes it."""
        row = _row(code)
        return row[2] if row else None

    def direction(self, origin: str | None, destination: str | None) -> Direction:
        """How a leg crosses our border."""
        ours_from = self.country(origin) == self._country
        ours_to = self.country(destination) == self._country
        if ours_to and not ours_from:
            return "inbound"
        if ours_from and not ours_to:
            return "outbound"
        return "elsewhere"


_WITHIN = {"PR": "US", "VI": "US", "GU": "US", "MP": "US"}
"""Territories that are the United States for entry (8 USC 1101(a)(38), from memory)."""


def _row(code: str | None) -> tuple[str, str, str] | None:
    """Our own row where we have one (names as their country writes them), else the library's."""
    if not code:
        return None
    return _table().get(code) or _everywhere().get(code)


@cache
def _table() -> dict[str, tuple[str, str, str]]:
    rows = {}
    for line in read_bytes("smartborder.countries", "ports.csv").decode().splitlines()[1:]:
        code, country, zone, name = line.split(",", 3)
        rows[code] = (country, zone, name)
    return rows


@cache
def _everywhere() -> dict[str, tuple[str, str, str]]:
    """Every airport with an IATA code; loaded when the first code is asked that is not ours."""
    return {
        code: (_WITHIN.get(port["country"], port["country"]), port["tz"], port["name"])
        for code, port in airportsdata.load("IATA").items()
    }
