"""One list, register or partner that we check against: how old it is, and what it is called."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from smartborder.agreements.parties import name_of_party
from smartborder.kernel.text import Text
from smartborder.node.act import registers

Kind = Literal["list", "register", "partner"]
_ALL = "lists"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that we check against.

    Attributes:
        kind: an imported list, a register of our own, or what the partner shares.
        name: the list, the kind of register, or the partner's node; ``lists`` stands for all.
        as_of: when it was complete (imported, loaded whole, last heard).
        oldest: how old it may be before checks count as incomplete.

    """

    kind: Kind
    name: str
    as_of: datetime
    oldest: timedelta

    def age(self, now: datetime) -> timedelta:
        """How old it is at ``now``; never negative."""
        return max(now - self.as_of, timedelta())

    def stale(self, now: datetime) -> bool:
        """Whether it is older than allowed."""
        return self.age(now) > self.oldest

    @property
    def said(self) -> Text:
        """What it is called in a sentence; a list is one of the lists."""
        if self.kind == "partner":
            country = name_of_party(self.name)
            return Text(f"partner {country.en}", f"partenaire {country.fr}")
        if self.kind == "register":
            register = registers.NAMES.get(self.name, Text(self.name, self.name))
            return Text(f"register '{register.en}'", f"registre « {register.fr} »")
        return Text("lists", "listes")


def as_one(held: Iterable[Held], now: datetime) -> tuple[Held, ...]:
    """Registers and the partner as they are, and all lists as the one nearest to its limit."""
    rows = list(held)
    lists = [h for h in rows if h.kind == "list"]
    others = [h for h in rows if h.kind != "list"]
    if not lists:
        return tuple(others)
    worst = max(lists, key=lambda h: h.age(now) - h.oldest)
    return (*others, msgspec.structs.replace(worst, name=_ALL))
