"""Fields that cross only in a synchronous call and never through a store."""

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.agreement import Answer, Withheld
from smartborder.model.reason import Reason

TRANSIENT_FIELDS = frozenset({"fingerprints"})
"""IRPR 315.43(2): destroyed immediately after the search, hit or no hit."""
CLAUSE = "transient-only"
_WHY = Text(
    "Fingerprints cross only in a direct call that keeps nothing; never in an ordinary message.",
    "Les empreintes ne sont transmises que dans un appel direct qui ne conserve rien; jamais dans"
    " un message ordinaire.",
)


def without_transient(answer: Answer) -> Answer:
    """``answer`` for a message that is stored: transient fields have no place in it.

    They are left out whatever was granted, so that the shape still follows from the question.
    """
    places = dict(answer.partner_sees["fields"])
    if not TRANSIENT_FIELDS & places.keys():
        return answer
    held_back = tuple(f for f in answer.granted if f in TRANSIENT_FIELDS)
    granted = tuple(f for f in answer.granted if f not in TRANSIENT_FIELDS)
    kept = {f: v for f, v in places.items() if f not in TRANSIENT_FIELDS}
    return msgspec.structs.replace(
        answer,
        permitted=bool(granted),
        outcome="partial" if held_back and granted else answer.outcome,
        granted=granted,
        withheld=(*answer.withheld, *(Withheld(field=f, clause=CLAUSE) for f in held_back)),
        partner_sees={**answer.partner_sees, "fields": kept},
        reasons=(*answer.reasons, Reason(code="agreement.withheld", detail=_WHY,
                                         citation="IRPR 315.43(2)")),
    )  # fmt: skip
