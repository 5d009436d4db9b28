"""A membership that two countries give together: two decisions, kept apart, in every country."""

from typing import NamedTuple

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict

TWO_LETTERS = Text(
    "Two letters: each country writes for its own decision and never learns the other's reason.",
    "Deux lettres : chaque pays écrit pour sa propre décision et n'apprend jamais le motif de "
    "l'autre.",
)
REVIEW_ROUTE = Text(
    "Tell the person how to ask for a review, and of which country.",
    "Indiquer à la personne comment demander une révision, et à quel pays.",
)
ORDINARY_LANE = Text("Send the conveyance to the ordinary lane.", "Diriger vers la voie ordinaire.")


class Sides(NamedTuple):
    """What a country says of its own decision and of the other's."""

    approval: Reason
    refusal: Reason
    partner_approval: Reason
    partner_refusal: Reason
    open: Reason


def membership(
    a: Answer, holds: bool | None, confirmed: bool | None, say: Sides, extra: Extra
) -> Verdict:
    """Two sovereign decisions kept apart: ours, and the yes or no of the partner."""
    if holds is False or confirmed is False:
        a.open_facts.clear()
        reasons = [] if holds is None else [say.approval if holds else say.refusal]
        if confirmed is False:
            reasons.append(say.partner_refusal)
        a.next_steps += [TWO_LETTERS, REVIEW_ROUTE]
        return a.verdict("no-membership", *reasons, extra=extra)
    if holds is None or confirmed is None:
        return a.verdict("undetermined", say.open)
    return a.verdict("membership", say.approval, say.partner_approval)


def lane(a: Answer, holds: bool | None, say: Reason, say_not: Reason, open_: Reason,
         extra: Extra) -> Verdict:  # fmt: skip
    """The lane if every condition holds; otherwise the ordinary one."""
    if holds is None:
        return a.verdict("undetermined", open_)
    if holds:
        return a.verdict("lane", say)
    a.open_facts.clear()
    a.next_steps.append(ORDINARY_LANE)
    return a.verdict("no-lane", say_not, extra=extra)
