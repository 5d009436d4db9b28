"""What a compiled scenario is: the conditions that must all hold, each with its justification."""

from datetime import date
from typing import Literal

import msgspec

from smartborder.kernel.text import Text

Test = Literal["is", "in", "at_least", "at_most"]


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """One condition on one field.

    Attributes:
        field: one of the usable fields.
        test: how it is compared; ``at_least`` and ``at_most`` include the value itself.
        value: what it is compared with; several for ``in``.
        because: why this indicator is needed, as its author justifies it.

    """

    field: str
    test: Test
    value: str | int | bool | tuple[str, ...]
    because: str


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario that compiled. It carries no score and no weight: it matches, or it does not.

    Attributes:
        id: the author's name for it.
        title: what an officer reads.
        owner: the office that answers for it.
        legal_basis: the provision it is used under.
        from_: first day; until: last day, at most a year later.
        conditions: all of them must hold.

    """

    id: str
    title: Text
    owner: str
    legal_basis: str
    from_: date
    until: date
    conditions: tuple[Condition, ...]
