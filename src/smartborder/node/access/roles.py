"""Who may do what: one table of role, act and condition. Nothing else grants anything.

Every page, command and API call asks this table, and ``docs/reference/roles.md`` is printed
from it. An act that is not in a role's row is refused; there is no administrator who may do
everything, and whoever administers accounts sees no traveller.
"""

from collections.abc import Iterable, Mapping

from smartborder.kernel.errors import AccessError
from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.access.table import TABLE
from smartborder.node.access.vocabulary import (
    APART,
    ROLE_NAMES,
    Act,
    Circumstances,
    Condition,
    Role,
)

__all__ = ["Act", "Circumstances", "NotAllowed", "Role", "clash", "may", "refusal"]


class NotAllowed(AccessError):
    """Your roles do not hold this act, or its condition is not met; the detail says which."""

    code = "access.act-refused"
    title = Text("You may not do this", "Vous ne pouvez pas faire cela")
    status = 403

    def __init__(self, reason: Reason, act: Act) -> None:
        """``reason`` is what :func:`refusal` gave for ``act``."""
        super().__init__(reason.detail.en, act=act, reason=reason.code)
        self.said = reason.detail


_CONDITION_UNMET: Mapping[Condition, Text] = {
    Condition.ASSIGNED: Text(
        "Only the person who holds the case may do this: claim it first.",
        "Seule la personne à qui le dossier est attribué peut faire cela : prenez-le d'abord.",
    ),
    Condition.OTHER_PERSON: Text(
        "The second decision must come from another person than the first.",
        "La deuxième décision doit venir d'une autre personne que la première.",
    ),
    Condition.OWNER: Text(
        "Only the owner of this record may do this.",
        "Seul le responsable de cet enregistrement peut faire cela.",
    ),
}


def refusal(
    roles: Iterable[Role], act: Act, circumstances: Circumstances | None = None
) -> Reason | None:
    """Why somebody with ``roles`` may not do ``act`` now; None when they may.

    The kindest row wins: with two roles it is enough that one of them allows the act.
    """
    row = TABLE[act]
    unmet = None
    for role in roles:
        condition = row.holders.get(role)
        if condition is None:
            continue
        if _met(condition, circumstances):
            return None
        unmet = condition
    if unmet is not None:
        return Reason(code=f"access.{unmet}", detail=_CONDITION_UNMET[unmet])
    holders = sorted(row.holders)
    return Reason(
        code="access.role",
        detail=Text(
            f"'{row.title.en}' is for: {', '.join(ROLE_NAMES[r].en for r in holders)}.",
            f"« {row.title.fr} » est réservé : {', '.join(ROLE_NAMES[r].fr for r in holders)}.",
        ),
    )


def may(roles: Iterable[Role], act: Act, circumstances: Circumstances | None = None) -> bool:
    """Whether somebody with ``roles`` may do ``act`` in these circumstances."""
    return refusal(roles, act, circumstances) is None


def clash(roles: Iterable[Role]) -> frozenset[Role] | None:
    """The first pair of ``roles`` that one person may not hold together; None if there is none."""
    held = frozenset(roles)
    return next((pair for pair in APART if pair <= held), None)


def _met(condition: Condition, here: Circumstances | None) -> bool:
    if condition is Condition.ALWAYS:
        return True
    if here is None:
        return False
    if condition is Condition.ASSIGNED:
        return here.assigned_to == here.user
    if condition is Condition.OWNER:
        return here.owner == here.user
    return here.first_by is not None and here.first_by != here.user
