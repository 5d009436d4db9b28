"""Putting a question to the law: rule, facts, country and two days in; a proposal out."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec

from smartborder.kernel.text import Text
from smartborder.law import registry, reviews
from smartborder.law.answer import Answer
from smartborder.law.errors import FactsUnusable, NotLawThen
from smartborder.law.facts import DISPUTED, Facts, Reading, Understood, far_day, understand
from smartborder.law.provisions import View, view
from smartborder.law.rule import AnyRule
from smartborder.model.reason import Compared, Confidence, Reason
from smartborder.model.verdict import Element, Verdict

_RANK: dict[Confidence, int] = {"law": 0, "excerpt": 1, "memory": 2}


def evaluate(
    rule: str,
    facts: Mapping[str, Any] | Facts,
    *,
    country: str,
    on: date,
    as_known: date,
) -> Verdict:
    """What the law of ``country`` says of ``facts``.

    Args:
        rule: name of the rule (``rules()`` lists them).
        facts: the rule's facts struct, or the same as a JSON object (see ``schema``); any
            field may be missing, partial or disputed.
        country: ISO 3166 alpha-2; the country's pack says which rule module it applies.
        on: the day of the facts, local date at the place.
        as_known: the day whose knowledge of the law is applied; law enacted later is not seen.

    Returns:
        A proposal; ``undetermined`` with ``open_facts`` where the facts do not settle it.

    Raises:
        UnknownRule, RuleNotHere: the question cannot be asked of this country.
        FactsUnusable: a fact is unknown to the rule, of the wrong shape, or impossible.

    """
    found = registry.find(rule, country)
    for name, day in (("on", on), ("as-known", as_known)):
        if far_day(day) is not None:
            raise FactsUnusable(f"'{name}': {day} lies outside 1850 to 2199", field=name)
    verdict = evaluate_in(found, facts, view(found.pack, country.upper(), on, as_known))
    counsel = _counsel(rule, country)
    return verdict if counsel is None else msgspec.structs.replace(verdict, reviewed_by=counsel)


_counsel = cache(reviews.reviewed_by)


def evaluate_in(rule: AnyRule, facts: Mapping[str, Any] | Facts, law: View) -> Verdict:
    """As ``evaluate``, with a rule and a view of the law at hand (tests, drafts, back-tests)."""
    understood = understand(rule.facts, facts)
    answers = [(r, answer_of(rule, r.facts, law)) for r in understood.readings]
    return answers[0][1] if not understood.disputed else _agree(rule, understood, answers)


def answer_of(rule: AnyRule, facts: Any, law: View) -> Verdict:
    """The rule's own answer; open where it hangs on a section that was not law on that day."""
    try:
        return rule.run(facts, law)
    except NotLawThen as then:
        a = Answer(rule.name, law)
        a.not_met(then.citation)
        reason = Reason(code="law.not-law-then", detail=NOT_THEN, citation=then.citation)
        return a.verdict("undetermined", reason)


def _agree(
    rule: AnyRule, understood: Understood, answers: list[tuple[Reading, Verdict]]
) -> Verdict:
    """One verdict for several readings: theirs if all agree, else undetermined."""
    first = answers[0][1]
    words = {v.verdict for _, v in answers}
    open_facts = dict.fromkeys(f for _, v in answers for f in v.open_facts)
    open_facts.update(dict.fromkeys(understood.unsettled))
    worst = max((v.confidence for _, v in answers), key=lambda c: _RANK[c])
    if len(words) == 1:
        verdicts = [v for _, v in answers]
        return msgspec.structs.replace(
            first,
            reasons=_common_reasons(verdicts),
            trace=_common_trace(verdicts),
            clocks=tuple(c for c in first.clocks if all(c in v.clocks for v in verdicts)),
            confidence=worst,
            advisory=worst != "law",
            needs_officer=any(v.needs_officer for _, v in answers) or bool(understood.unsettled),
            open_facts=tuple(open_facts),
        )
    open_facts.update(dict.fromkeys(understood.disputed))
    kindest = min(words, key=lambda w: rule.kindness.get(w, len(rule.kindness)))
    shown: dict[str, tuple[tuple[str, str], ...]] = {}
    for reading, verdict in answers:
        shown.setdefault(verdict.verdict, reading.chosen)
    reasons = [
        Reason(
            code="law.readings-differ",
            detail=DISPUTED,
            compared=Compared(
                ours=f"{word}",
                theirs=", ".join(f"{n}={v}" for n, v in chosen),
            ),
        )
        for word, chosen in shown.items()
    ]
    reasons.append(
        Reason(
            code="law.benefit-of-doubt",
            detail=BENEFIT.format(word=kindest),
            compared=Compared(ours=kindest),
        )
    )
    return msgspec.structs.replace(
        first,
        verdict="undetermined",
        confidence=worst,
        advisory=worst != "law",
        reasons=tuple(reasons),
        needs_officer=True,
        open_facts=tuple(open_facts),
        clocks=(),
        author=None,
        notice=None,
        redress=None,
    )


def _common_reasons(verdicts: list[Verdict]) -> tuple[Reason, ...]:
    """The reasons of all readings; a value that hangs on one reading is left out."""
    first, *others = verdicts
    kept = []
    for reason in first.reasons:
        key = (reason.code, reason.citation)
        same = [r for v in others for r in v.reasons if (r.code, r.citation) == key]
        if len(same) == len(others) and all(r.detail == reason.detail for r in same):
            alike = all(r.compared == reason.compared for r in same)
            kept.append(reason if alike else msgspec.structs.replace(reason, compared=None))
    return tuple(kept) or first.reasons


def _common_trace(verdicts: list[Verdict]) -> tuple[Element, ...]:
    """The elements of the first reading; one that comes out otherwise in another is unknown."""
    first, *others = verdicts
    states = [{e.citation: e.state for e in v.trace} for v in others]
    return tuple(
        e
        if all(s.get(e.citation) == e.state for s in states)
        else msgspec.structs.replace(e, state="unknown")
        for e in first.trace
    )


NOT_THEN = Text(
    "The section was not law on that day, as known on the other; what was law instead has not "
    "been coded.",
    "La disposition n'était pas en vigueur ce jour-là, selon ce qui était connu à l'autre date; "
    "le droit antérieur n'a pas été codé.",
)
BENEFIT = Text(
    "Until it is settled, the reading kindest to the person is '{word}'; nothing adverse rests "
    "on the doubt.",
    "Tant que le doute subsiste, la lecture la plus favorable est « {word} »; rien de "
    "défavorable ne repose sur le doute.",
)
