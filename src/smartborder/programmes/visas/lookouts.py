"""Is this traveller somebody a look-out asks us to act on?

Only 'hold reply' shows the carrier anything but OK, and only when more than a name agrees
(red line 2: no name-only match leaves the building). Every other instruction is for officers.

A child is held by a look-out for a child alone, of which only the welfare of that child can be the
basis (red line 7): the document of a parent, on which it travels, holds no child.
"""

from collections.abc import Sequence
from datetime import date

from smartborder.kernel.text import Text
from smartborder.model.dates import PartialDate
from smartborder.model.passenger_list import Traveller
from smartborder.model.reason import Reason
from smartborder.model.reply import ReplyCode
from smartborder.model.screening import Hit, ListedDate
from smartborder.node.act.programme import CheckContext, CheckResult, CheckSubject, Screener
from smartborder.node.lookouts.rules import maybe_child

BIRTH_DATE = frozenset({"screening.birth-date-same"})
MET = Reason(
    code="lookouts.met",
    detail=Text(
        "A look-out or a listed entry resembles the traveller; the hit says what agrees.",
        "Un signalement ou une inscription ressemble au voyageur; la correspondance dit ce qui"
        " concorde.",
    ),
)
"""What the check says. What it met is a partner's, or another's, and is kept with the hit alone."""
IDENTIFIERS = BIRTH_DATE | {"screening.document-same"}


def identified(hit: Hit, person: Traveller, on: date) -> bool:
    """Whether a hit rests on more than a name: a document number or a birth date agrees.

    For somebody under 18 on that day it takes the birth date.
    """
    child = person.birth_date is not None and maybe_child(
        ListedDate(date=PartialDate.parse(person.birth_date)), on
    )
    needed = BIRTH_DATE if child else IDENTIFIERS
    return hit.verdict == "match" and any(r.code in needed for r in hit.reasons)


class LookoutCheck:
    """Every subject against every look-out and list in force."""

    id = "lookouts"

    def __call__(
        self, subjects: Sequence[CheckSubject], context: CheckContext
    ) -> list[CheckResult]:
        """One result per subject; hits ride along for the officer."""
        found = context.screener.screen([s.person for s in subjects], context.on)
        return [self._result(hits, s, context) for s, hits in zip(subjects, found, strict=True)]

    def _result(
        self, hits: tuple[Hit, ...], subject: CheckSubject, context: CheckContext
    ) -> CheckResult:
        """What an officer cleared for this very person no longer holds the reply, and a silent
        look-out leaves no trace in the reasons that everybody at the desk reads.
        """
        screener: Screener = context.screener
        asked = {h.entry: screener.instruction(h.entry) for h in hits}
        held = any(
            asked[h.entry] == "hold-reply"
            and identified(h, subject.person, context.on)
            and (h.entry, h.entry_version) not in subject.cleared
            for h in hits
        )
        result: ReplyCode = "contact-government" if held else "ok"
        spoken = any(asked[h.entry] != "silent" for h in hits)
        return CheckResult(check=self.id, result=result, hits=hits, reasons=(MET,) * spoken)
