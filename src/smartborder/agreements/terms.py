"""What a receiver owes for what it holds: the custody terms of an envelope, and their clock."""

from datetime import date, timedelta

from smartborder.agreements.compiled import Compiled, Layer, Rule
from smartborder.model.agreement import ShareRequest
from smartborder.model.exchange import CustodyTerms

RETAIN = "retain-at-most"
"""The obligation that sets how long a receiver may keep what it got."""


def custody_terms(compiled: Compiled, request: ShareRequest) -> CustodyTerms:
    """The terms that travel in the header of any answer to ``request``.

    They follow from the question alone, never from what was granted: a header must look the
    same whether something was given or not.
    """
    rules = list(_duties(compiled, request))
    limits = [r.clause.obligation for r in rules if r.clause.obligation]
    retain = [terms for terms in limits if terms.code == RETAIN]
    return CustodyTerms(
        duties=tuple(dict.fromkeys(terms.code for terms in limits)),
        retain_days=min((t.days for t in retain if t.days is not None), default=None),
        retain_years=min((t.years for t in retain if t.years is not None), default=None),
        stops_on_use=any(terms.stops_on_use for terms in limits),
    )


def _duties(compiled: Compiled, request: ShareRequest) -> list[Rule]:
    layers: tuple[Layer | None, ...] = (
        compiled.agreement,
        compiled.senders.get(request.sender),
        compiled.receivers.get(request.receiver),
    )
    keys = {
        "channel": request.channel,
        "stage": request.stage,
        "purpose": request.purpose,
        "from": request.sender,
        "to": request.receiver,
    }
    return [
        rule
        for layer in layers
        if layer is not None
        for rule in layer.duties
        if rule.in_force(request.day)
        and all(_names(rule.clause.when[key], keys[key]) for key in keys if key in rule.clause.when)
    ]


def _names(wanted: object, value: str) -> bool:
    return value in wanted if isinstance(wanted, list) else wanted == value


def delete_by(terms: CustodyTerms, received: date) -> date | None:
    """The day by which the receiver must have destroyed it; None if only its own law limits it.

    Years run to the same day of the month; what was received on 29 February is due on the 28th
    of a common year, so that it is never kept longer than the years say.
    """
    due: list[date] = []
    if terms.retain_days is not None:
        due.append(received + timedelta(days=terms.retain_days))
    if terms.retain_years is not None:
        due.append(add_years(received, terms.retain_years))
    return min(due, default=None)


def add_years(day: date, years: int) -> date:
    """The same day ``years`` later; 28 February for a 29 February that does not exist."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
