"""How a rule puts its verdict together: element by element, with nothing left out."""

from smartborder.kernel.text import Text
from smartborder.law.provisions import View
from smartborder.model.reason import Confidence, Reason
from smartborder.model.verdict import Element, ElementState, Law, LegalClock, Verdict

_RANK: dict[Confidence, int] = {"law": 0, "excerpt": 1, "memory": 2}
_WORD: tuple[Confidence, ...] = ("law", "excerpt", "memory")


class Answer:
    """The trace of one question as it is worked through, and the verdict at the end of it.

    Each element is ``met``, ``not-met``, ``unknown`` (asked, no answer) or ``not-asked``.
    The confidence of the verdict is that of its weakest element that was met or not met.
    """

    __slots__ = (
        "_borrowed",
        "clocks",
        "next_steps",
        "open_facts",
        "reasons",
        "rule",
        "trace",
        "view",
    )

    def __init__(self, rule: str, view: View) -> None:
        self.rule = rule
        self.view = view
        self.trace: list[Element] = []
        self.reasons: list[Reason] = []
        self.open_facts: list[str] = []
        self.next_steps: list[Text] = []
        self.clocks: list[LegalClock] = []
        self._borrowed: dict[str, Law | None] = {}

    def met(self, citation: str) -> None:
        """The element is made out."""
        self.trace.append(self.view.element(citation, "met"))

    def not_met(self, citation: str) -> None:
        """The element was asked about and is not made out."""
        self.trace.append(self.view.element(citation, "not-met"))

    def not_asked(self, citation: str) -> None:
        """The element did not need to be asked to reach this verdict."""
        self.trace.append(self.view.element(citation, "not-asked"))

    def unknown(self, citation: str, *facts: str) -> None:
        """The element cannot be settled until ``facts`` are known."""
        self.trace.append(self.view.element(citation, "unknown"))
        self.open_facts.extend(f for f in facts if f not in self.open_facts)

    def test(self, citation: str, holds: bool | None, *facts: str) -> bool | None:
        """Record an element by its three-valued outcome, and return it.

        A provision that was not in force is not met, whatever the facts.
        """
        if self.view.find(citation) is None:
            self.trace.append(self.view.element(citation, "not-met"))
            return False
        if holds is None:
            self.unknown(citation, *facts)
        elif holds:
            self.met(citation)
        else:
            self.not_met(citation)
        return holds

    def state(self, citation: str, state: ElementState) -> None:
        """Record an element in a state that was worked out elsewhere."""
        self.trace.append(self.view.element(citation, state))

    def borrow(self, other: View, citation: str, state: ElementState) -> None:
        """Record an element of another country's law that this answer rests on."""
        self.trace.append(other.element(citation, state))
        self._borrowed[citation] = other.law(citation)

    def verdict(
        self, word: str, *reasons: Reason, needs_officer: bool = True, extra: "Extra | None" = None
    ) -> Verdict:
        """The verdict, with every element recorded so far."""
        worst = 0
        laws: list[Law] = []
        seen: set[str] = set()
        for element in self.trace:
            if element.state == "met" or element.state == "not-met":
                rank = _RANK[element.confidence]
                if rank > worst:
                    worst = rank
            if element.citation not in seen:
                seen.add(element.citation)
                law = (
                    self._borrowed[element.citation]
                    if element.citation in self._borrowed
                    else self.view.law(element.citation)
                )
                if law is not None:
                    laws.append(law)
        return Verdict(
            rule=self.rule,
            verdict=word,
            confidence=_WORD[worst],
            advisory=worst > 0,
            country=self.view.country,
            on=self.view.on,
            as_known=self.view.as_known,
            reasons=(*self.reasons, *reasons),
            law=tuple(laws),
            trace=tuple(self.trace),
            needs_officer=needs_officer,
            open_facts=tuple(self.open_facts),
            next_steps=tuple(self.next_steps),
            clocks=tuple(self.clocks),
            author=extra.author if extra else None,
            notice=extra.notice if extra else None,
            redress=extra.redress if extra else None,
        )


class Extra:
    """What an adverse proposal must name: who may decide it, its notice, its redress."""

    __slots__ = ("author", "notice", "redress")

    def __init__(self, author: Text, notice: Text, redress: Text) -> None:
        self.author = author
        self.notice = notice
        self.redress = redress
