"""Is this traveller somebody a look-out asks us to act on?

Only 'hold reply' shows the carrier anything but OK, and only when more than a name agrees
(red line 2: no name-only match leaves the building). Every other instruction is for officers.
"""

from collections.abc import Sequence

from smartborder.model.reply import ReplyCode
from smartborder.model.screening import Hit
from smartborder.node.act.programme import CheckContext, CheckResult, CheckSubject, Screener

IDENTIFIERS = frozenset({"screening.document-same", "screening.birth-date-same"})


def identified(hit: Hit) -> bool:
    """Whether a hit rests on more than a name: a document number or a birth date agrees."""
    return hit.verdict == "match" and any(r.code in IDENTIFIERS for r in hit.reasons)


class LookoutCheck:
    """Every subject against every look-out and list in force."""

    id = "lookouts"

    def __call__(
        self, subjects: Sequence[CheckSubject], context: CheckContext
    ) -> list[CheckResult]:
        """One result per subject; hits ride along for the officer."""
        found = context.screener.screen([s.person for s in subjects], context.on)
        return [
            self._result(hits, context.screener, s.cleared)
            for s, hits in zip(subjects, found, strict=True)
        ]

    def _result(
        self, hits: tuple[Hit, ...], screener: Screener, cleared: frozenset[tuple[str, str]]
    ) -> CheckResult:
        """What an officer cleared for this very person no longer holds the reply, and a silent
        look-out leaves no trace in the reasons that everybody at the desk reads.
        """
        asked = {h.entry: screener.instruction(h.entry) for h in hits}
        held = any(
            asked[h.entry] == "hold-reply"
            and identified(h)
            and (h.entry, h.entry_version) not in cleared
            for h in hits
        )
        result: ReplyCode = "contact-government" if held else "ok"
        reasons = tuple(r for h in hits if asked[h.entry] != "silent" for r in h.reasons[:1])
        return CheckResult(check=self.id, result=result, hits=hits, reasons=reasons)
