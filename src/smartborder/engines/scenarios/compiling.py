"""The compiler: a document becomes a scenario, or is refused with every reason at once."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, get_args

import msgspec

from smartborder.engines.scenarios.fields import USABLE, WHOLE_FLIGHT, plain, protected
from smartborder.engines.scenarios.scenario import Condition, Scenario, Test
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.reason import Compared, Reason

LONGEST = timedelta(days=366)
"""A scenario is reviewed within a year, or it ends."""
_TESTS: tuple[Test, ...] = get_args(Test)
_SCORES = ("score", "weight", "points", "rank", "risk")
_TYPES: dict[str, type] = {"text": str, "number": int, "flag": bool}
_REQUIRED = ("id", "title", "owner", "legal_basis", "from", "until", "conditions")
_RED_LINE_3, _RED_LINE_4, _RED_LINE_6 = (f"Red line {n}" for n in (3, 4, 6))


class ScenarioRefused(InputError):
    """The scenario does not compile: every reason is given, and nothing of it is used."""

    code = "scenario.refused"
    title = Text("The scenario does not compile", "Le scénario ne se compile pas")
    status = 422

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        """``reasons``: all that is wrong with it, in the order of the document."""
        super().__init__("; ".join(f"{r.code}: {r.detail.en}" for r in reasons))
        self.reasons = reasons


def compile_scenario(document: Mapping[str, Any]) -> Scenario:
    """Compile one scenario, as its author wrote it (YAML or JSON, decoded).

    ::

        id: late-cash
        title: {en: Late, in cash, fr: Tardif, comptant}
        owner: Targeting centre
        legal_basis: IRPR 269
        from: 2026-11-24
        until: 2027-05-24
        conditions:
          - {field: booking.days_before_departure, at_most: 1, because: "Report 2026-14, p. 3"}

    Raises:
        ScenarioRefused: a protected attribute or its proxy, a score, a whole flight, an unknown
            field, an indicator without justification, no owner, or no end within a year.

    """
    reasons = [*_frame(document)]
    conditions = []
    listed = document.get("conditions")
    for place, written in enumerate(listed if isinstance(listed, list) else [], 1):
        found = _condition(place, written)
        if isinstance(found, Condition):
            conditions.append(found)
        else:
            reasons += found
    if conditions and {c.field for c in conditions} <= WHOLE_FLIGHT:
        reasons.append(_reason(
            "scenario.whole-flight",
            "It says nothing but the flight: it would point at everybody aboard.",
            "Il ne désigne que le vol : il viserait toutes les personnes à bord.",
            citation=_RED_LINE_6,
        ))  # fmt: skip
    if reasons:
        raise ScenarioRefused(tuple(reasons))
    return Scenario(
        id=document["id"], title=msgspec.convert(document["title"], Text),
        owner=document["owner"], legal_basis=document["legal_basis"],
        from_=_day(document["from"]) or date.min, until=_day(document["until"]) or date.min,
        conditions=tuple(conditions),
    )  # fmt: skip


def _frame(document: Mapping[str, Any]) -> Iterator[Reason]:
    """What is wrong around the conditions."""
    for name in _REQUIRED:
        if not document.get(name):
            yield _reason("scenario.incomplete", f"'{name}' is missing.", f"« {name} » manque.")
    for name in document:
        if name not in _REQUIRED:
            yield _score(name) or _reason(
                "scenario.unknown-key", f"'{name}' means nothing here.",
                f"« {name} » n'a pas de sens ici.")  # fmt: skip
    title = document.get("title")
    if title and not (isinstance(title, Mapping) and {"en", "fr"} <= set(title)):
        yield _reason("scenario.title", "The title is needed in both languages.",
                      "Le titre est exigé dans les deux langues.")  # fmt: skip
    first, last = _day(document.get("from")), _day(document.get("until"))
    ends = first is not None and last is not None and first <= last <= first + LONGEST
    if document.get("from") and document.get("until") and not ends:
        yield _reason(
            "scenario.no-end", "It must end within a year of its first day.",
            "Il doit prendre fin dans l'année qui suit son premier jour.",
        )  # fmt: skip


def _condition(place: int, written: Any) -> Condition | list[Reason]:
    """One condition, or everything that is wrong with it."""
    if not isinstance(written, Mapping) or not isinstance(written.get("field"), str):
        return [_reason("scenario.condition", f"Condition {place} names no field.",
                        f"La condition {place} ne nomme aucun champ.")]  # fmt: skip
    field = plain(written["field"])
    if guarded := protected(field):
        proxy = guarded.stands_for
        return [_reason(
            "scenario.protected-attribute",
            f"Condition {place}: '{written['field']}' {'stands for' if proxy else 'is'}"
            f" {guarded.attribute.en}, which no scenario may use.",
            f"Condition {place} : « {written['field']} » {'tient lieu de' if proxy else 'est'}"
            f" {guarded.attribute.fr}, que nul scénario ne peut employer.",
            citation=_RED_LINE_4, theirs=written["field"],
        )]  # fmt: skip
    if field not in USABLE:
        return [_reason("scenario.unknown-field",
                        f"Condition {place}: there is no field '{written['field']}'.",
                        f"Condition {place} : le champ « {written['field']} » n'existe pas.",
                        theirs=written["field"])]  # fmt: skip
    wrong = [s for name in written if (s := _score(str(name)))]
    tests = [test for test in _TESTS if test in written]
    if len(tests) != 1 or not _fits(field, tests[0], written[tests[0]]):
        wrong.append(_reason(
            "scenario.comparison",
            f"Condition {place}: one comparison with a {USABLE[field]} is needed.",
            f"Condition {place} : il faut une seule comparaison, du genre qui convient au champ.",
        ))  # fmt: skip
    because = written.get("because")
    if not isinstance(because, str) or len(because.strip()) < 10:
        wrong.append(_reason(
            "scenario.unjustified", f"Condition {place}: say why this indicator is needed.",
            f"Condition {place} : dites pourquoi cet indicateur est nécessaire.",
        ))  # fmt: skip
    if wrong:
        return wrong
    value = written[tests[0]]
    return Condition(field=field, test=tests[0], because=str(because).strip(),
                     value=tuple(value) if tests[0] == "in" else value)  # fmt: skip


def _fits(field: str, test: Test, value: Any) -> bool:
    """Whether this comparison makes sense for this field."""
    kind = USABLE[field]
    if test == "in":
        return kind == "text" and isinstance(value, list) and bool(value) and all(
            isinstance(v, str) for v in value)  # fmt: skip
    if test in ("at_least", "at_most") and kind != "number":
        return False
    return type(value) is _TYPES[kind]


def _score(name: str) -> Reason | None:
    """A reason if a key would rank people."""
    if not any(word in plain(name) for word in _SCORES):
        return None
    return _reason("scenario.score", f"'{name}': a scenario matches or does not; nobody is scored.",
                   f"« {name} » : un scénario concorde ou non; personne n'est noté.",
                   citation=_RED_LINE_3)  # fmt: skip


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _reason(code: str, en: str, fr: str, *, citation: str | None = None,
            theirs: str | None = None) -> Reason:  # fmt: skip
    compared = Compared(theirs=theirs) if theirs else None
    return Reason(code=code, detail=Text(en, fr), compared=compared, citation=citation)
