"""Cases that a lawyer can read: facts, two days, and what the section makes of them.

A case file is YAML: ``country``, a common day ``on``, common facts (``defaults``) and
``cases``; each case has a name, the ``section`` it was written from, its ``facts`` and what
it ``expect``s. A fact given as ``unknown`` is taken away again. Only ``true`` and ``false``
are truth values: ``on``, ``no`` and ``NO`` are words.
"""

import re
from datetime import date
from typing import Any

import msgspec
import yaml

from smartborder.law.errors import LawFileUnusable
from smartborder.law.evaluate import evaluate
from smartborder.model.verdict import Verdict


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must come out; only what is given is compared.

    Attributes:
        cites: section -> state of its element.
        absent: sections that may not be in the trace.
        compared: code of a reason -> the two values it rests on.
        steps: words that one of the next steps must say, in English.

    """

    verdict: str
    needs_officer: bool | None = None
    confidence: str | None = None
    reasons: tuple[str, ...] | None = None
    open_facts: tuple[str, ...] | None = None
    clocks: dict[str, date] | None = None
    cites: dict[str, str] | None = None
    absent: tuple[str, ...] = ()
    compared: dict[str, tuple[str | None, str | None]] = {}
    steps: tuple[str, ...] = ()


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One case, complete."""

    rule: str
    country: str
    name: str
    section: str
    facts: dict[str, Any]
    on: date
    as_known: date
    expect: Expected

    def ask(self) -> Verdict:
        """What the rule says of this case."""
        return evaluate(
            self.rule, self.facts, country=self.country, on=self.on, as_known=self.as_known
        )


def read_cases(text: str, rule: str, where: str = "") -> tuple[Case, ...]:
    """The cases of one file.

    Raises:
        LawFileUnusable: naming the file and the place in it.

    """
    try:
        data = yaml.load(text, _Loader)  # noqa: S506  (a safe loader)
        return tuple(_case(data, each, rule) for each in data["cases"])
    except (yaml.YAMLError, msgspec.ValidationError, KeyError, TypeError) as error:
        raise LawFileUnusable(f"{where}: {error!r}") from error


def differences(expected: Expected, verdict: Verdict) -> list[str]:
    """Where a verdict is not what the case expects, one sentence each; empty if it is."""
    found: dict[str, Any] = {
        "verdict": verdict.verdict,
        "needs_officer": verdict.needs_officer,
        "confidence": verdict.confidence,
        "reasons": tuple(r.code for r in verdict.reasons),
        "open_facts": verdict.open_facts,
        "clocks": {c.name: c.due for c in verdict.clocks},
    }
    result = [
        f"{key}: expected {wanted}, found {found[key]}"
        for key, wanted in msgspec.structs.asdict(expected).items()
        if key in found and wanted is not None and wanted != found[key]
    ]
    states = {(e.citation, e.state) for e in verdict.trace}
    result += [
        f"{citation}: expected {state}"
        for citation, state in (expected.cites or {}).items()
        if (citation, state) not in states
    ]
    result += [
        f"{citation}: not expected" for citation in expected.absent
        if any(e.citation == citation for e in verdict.trace)
    ]  # fmt: skip
    values = {r.code: (r.compared.ours, r.compared.theirs) for r in verdict.reasons if r.compared}
    result += [
        f"{code}: expected {wanted}, found {values.get(code)}"
        for code, wanted in expected.compared.items()
        if values.get(code) != wanted
    ]
    said = " ".join(step.en for step in verdict.next_steps)
    return [
        *result,
        *(f"no next step says '{word}'" for word in expected.steps if word not in said),
    ]


def _case(data: dict[str, Any], each: dict[str, Any], rule: str) -> Case:
    facts = {**data.get("defaults", {}), **each.get("facts", {})}
    on = each.get("on", data.get("on"))
    return msgspec.convert(
        {
            **{k: v for k, v in each.items() if k not in ("facts", "as_known", "on")},
            "rule": rule,
            "country": data["country"],
            "facts": _as_json({k: v for k, v in facts.items() if v != "unknown"}),
            "on": on,
            "as_known": each.get("as_known", data.get("as_known", on)),
        },
        Case,
    )


def _as_json(value: Any) -> Any:
    """As a JSON file would have it: days are text."""
    if isinstance(value, dict):
        return {k: _as_json(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_as_json(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


class _Loader(yaml.SafeLoader):
    pass


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile("^(true|false)$"), list("tf"))
