"""From the text of an agreement to something that can answer, or to a list of what is wrong."""

import re
from typing import Any

import msgspec

from smartborder.agreements.compiled import (
    Compiled,
    DocumentRefused,
    Layer,
    Problem,
    Rule,
)
from smartborder.agreements.conditions import BadCondition, compile_condition
from smartborder.agreements.inspection import Findings, inspect
from smartborder.agreements.red_lines import MISTREATMENT, NAME_ONLY, ORIGIN
from smartborder.agreements.source import Lines, read_source
from smartborder.agreements.vocabulary import Vocabulary, vocabulary
from smartborder.kernel.canonical import canonical, sha256_hex
from smartborder.model.agreement import AgreementDocument, Clause

_PLACE = re.compile(r" - at `(?P<path>[^`]*)`$")


def compile_document(data: bytes | dict[str, Any]) -> Compiled:
    """Compile an agreement document, given as YAML or as plain values.

    Raises:
        DocumentUnreadable: if it is not the strict YAML of agreements.
        DocumentRefused: with every problem and its line: unknown keys and fields, missing
            citations, overlapping dates, dead rules, rules against a red line.

    """
    values, lines = read_source(data) if isinstance(data, bytes) else (data, Lines())
    document = _structure(values, lines)
    found = Findings(lines)
    rules = compile_rules(document, found)
    inspect(document, rules, vocabulary(), found)
    if found.problems:
        raise DocumentRefused(tuple(sorted(found.problems, key=lambda p: (p.line or 0, p.path))))
    return assemble(document, rules)


def _structure(values: Any, lines: Lines) -> AgreementDocument:
    try:
        return msgspec.convert(values, AgreementDocument)
    except msgspec.ValidationError as error:
        message = str(error)
        at = _PLACE.search(message)
        path = at["path"] if at else "$"
        problem = Problem(
            code="structure",
            line=lines.of(path),
            path=path,
            detail=f"{path}: {_PLACE.sub('', message)}",
        )
        raise DocumentRefused((problem,)) from error


def compile_rules(document: AgreementDocument, found: Findings) -> dict[str, Rule]:
    """The rules of a document by their path; what cannot be compiled goes into ``found``."""
    words = vocabulary()
    return {
        place: rule
        for place, clause in _clauses(document)
        if (rule := _rule(clause, place, document, words, found)) is not None
    }


def _clauses(document: AgreementDocument) -> list[tuple[str, Clause]]:
    own = [(f"$.clauses[{i}]", clause) for i, clause in enumerate(document.clauses)]
    parts = [
        (f"$.parties[{p}].clauses[{i}]", clause)
        for p, part in enumerate(document.parties)
        for i, clause in enumerate(part.clauses)
    ]
    return own + parts


def _rule(
    clause: Clause, place: str, document: AgreementDocument, words: Vocabulary, found: Findings
) -> Rule | None:
    fields: set[str] = set()
    for i, name in enumerate(clause.fields):
        if name in document.groups:
            fields.update(word for word in document.groups[name] if word in words.fields)
        elif name in words.fields:
            fields.add(name)
        else:
            detail = f"{clause.id}: unknown field '{name}'; it is in no group and no vocabulary"
            found.add("unknown-field", f"{place}.fields[{i}]", detail)
    try:
        condition = compile_condition(clause.when, words)
    except BadCondition as error:
        found.add("condition", f"{place}.when", f"{clause.id}: {error}")
        return None
    return Rule(clause=clause, fields=frozenset(fields), condition=condition)


def assemble(document: AgreementDocument, rules: dict[str, Rule]) -> Compiled:
    """Put rules that passed inspection into the order in which they are asked."""
    words = vocabulary()
    own = [rule for place, rule in rules.items() if place.startswith("$.clauses")]
    senders: dict[str, Layer] = {}
    receivers: dict[str, Layer] = {}
    for i, part in enumerate(document.parties):
        mine = [r for place, r in rules.items() if place.startswith(f"$.parties[{i}].")]
        is_open = part.text == "not-held"
        for side, layers in (("sender", senders), ("receiver", receivers)):
            chosen = [r for r in mine if r.clause.side in (side, "both")]
            layers[part.country] = _layer(part.country, chosen, is_open)
    fields = {name for rule in rules.values() for name in rule.fields}
    permitted = {name for rule in own if rule.clause.effect == "permit" for name in rule.fields}
    protects = any(words.fields[name].category == "protection" for name in permitted)
    lines = (NAME_ONLY, ORIGIN, MISTREATMENT) if protects else (NAME_ONLY, MISTREATMENT)
    red_lines = tuple(
        Rule(clause=line, fields=frozenset(), condition=compile_condition(line.when, words))
        for line in lines
    )
    asked = {name for rule in (*rules.values(), *red_lines) for name in rule.condition.asks}
    return Compiled(
        document=document,
        digest=_digest(document, rules, fields, words),
        agreement=_layer("", own, False),
        senders=senders,
        receivers=receivers,
        red_lines=red_lines,
        facts=tuple(sorted(asked | {"officer_decision", "officer_withholds"})),
        protects_existence=protects,
    )


def _layer(name: str, rules: list[Rule], is_open: bool) -> Layer:
    permits: dict[str, list[Rule]] = {}
    by_field: dict[str, list[Rule]] = {}
    for rule in rules:
        target = {"permit": permits, "bar": by_field, "hold": by_field}.get(rule.clause.effect)
        if target is not None:
            for field in sorted(rule.fields):
                target.setdefault(field, []).append(rule)
    stops = [r for r in rules if r.clause.effect in ("bar", "hold")]
    return Layer(
        name=name,
        open=is_open,
        permits={field: tuple(found) for field, found in permits.items()},
        whole=tuple(rule for rule in stops if not rule.fields),
        by_field={field: tuple(found) for field, found in by_field.items()},
        duties=tuple(rule for rule in rules if rule.clause.effect == "oblige"),
    )


def _digest(
    document: AgreementDocument, rules: dict[str, Rule], fields: set[str], words: Vocabulary
) -> str:
    facts = set().union(*(rule.condition.asks for rule in rules.values()))
    return sha256_hex(
        canonical(
            {
                "document": document,
                "words": {
                    "version": words.version,
                    "fields": {name: words.fields[name] for name in fields},
                    "facts": {name: words.facts[name] for name in facts},
                },
            }
        )
    )
