"""What makes a well-formed document unusable: no source, no date order, rules that never act."""

from collections.abc import Iterable
from datetime import date

from smartborder.agreements.compiled import Problem, Rule
from smartborder.agreements.source import Lines
from smartborder.agreements.vocabulary import Vocabulary, is_country
from smartborder.kernel.text import Text
from smartborder.model.agreement import AgreementDocument, Clause

_FIRST, _LAST = date.min, date.max
Placed = dict[str, Rule]
"""Rules by their path in the document."""


class Findings:
    """Collects problems, each with the line of its path."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.problems: list[Problem] = []

    def add(self, code: str, path: str, detail: str) -> None:
        """Note one problem at ``path``."""
        self.problems.append(
            Problem(code=code, line=self._lines.of(path), path=path, detail=detail)
        )


def inspect(document: AgreementDocument, rules: Placed, words: Vocabulary, found: Findings) -> None:
    """Add to ``found`` everything that makes ``document`` unusable."""
    _parties(document, found)
    _groups(document, words, found)
    _sources(document, found)
    for place, rule in rules.items():
        _shape(place, rule, words, found)
        _reach(place, rule.clause, document, found)
    _dates(document, rules, found)
    _duplicates(rules, found)
    _dead_permits(document, rules, found)
    _dead_terms(document, rules, found)
    _red_lines(document, rules, words, found)
    for i, name in enumerate(document.transient_fields):
        if name not in _permitted(rules, "$.clauses"):
            detail = f"transient field '{name}' is permitted by no clause"
            found.add("dead-rule", f"$.transient_fields[{i}]", detail)


def _parties(document: AgreementDocument, found: Findings) -> None:
    codes = [part.country for part in document.parties]
    if len(codes) < 2 or len(set(codes)) != len(codes):
        found.add("parties", "$.parties", "give at least two parties, each once")
    for i, part in enumerate(document.parties):
        if not is_country(part.country):
            found.add("parties", f"$.parties[{i}].country", f"{part.country} is no ISO 3166 code")
        if part.text == "not-held" and any(c.effect == "permit" for c in part.clauses):
            detail = f"{part.country}: law that is not held cannot permit anything"
            found.add("parties", f"$.parties[{i}].clauses", detail)


def _groups(document: AgreementDocument, words: Vocabulary, found: Findings) -> None:
    used = {name for _, clause in _all_clauses(document) for name in clause.fields}
    for group, names in document.groups.items():
        if group in words.fields:
            found.add("group", f"$.groups.{group}", f"group '{group}' has the name of a field")
        if group not in used:
            found.add("dead-rule", f"$.groups.{group}", f"group '{group}' is used by no clause")
        for i, name in enumerate(names):
            if name not in words.fields:
                path = f"$.groups.{group}[{i}]"
                found.add("unknown-field", path, f"unknown field '{name}'; it is in no vocabulary")


def _all_clauses(document: AgreementDocument) -> Iterable[tuple[str, Clause]]:
    for i, clause in enumerate(document.clauses):
        yield f"$.clauses[{i}]", clause
    for p, part in enumerate(document.parties):
        for i, clause in enumerate(part.clauses):
            yield f"$.parties[{p}].clauses[{i}]", clause


def _sources(document: AgreementDocument, found: Findings) -> None:
    cited: list[tuple[str, str, Text]] = []
    cited += [(f"$.texts[{i}]", t.citation, t.title) for i, t in enumerate(document.texts)]
    cited += [(f"$.channels[{i}]", t.citation, t.text) for i, t in enumerate(document.channels)]
    cited += [(f"$.purposes[{i}]", t.citation, t.text) for i, t in enumerate(document.purposes)]
    cited += [(place, clause.citation, clause.text) for place, clause in _all_clauses(document)]
    for place, citation, text in cited:
        if not citation.strip():
            found.add("no-citation", f"{place}.citation", "every rule names its section")
        if not text.en.strip() or not text.fr.strip():
            found.add("no-text", place, "say it in English and in French")
    if not document.texts:
        found.add("no-citation", "$.texts", "name the authentic texts")


def _shape(place: str, rule: Rule, words: Vocabulary, found: Findings) -> None:
    clause = rule.clause
    wrong = {
        "permit": (not clause.fields, "a permit names its fields"),
        "bar": (clause.refusal is None, "a bar says whether it must or may refuse"),
        "hold": (False, ""),
        "oblige": (clause.obligation is None, "an oblige says what is owed"),
    }[clause.effect]
    if wrong[0]:
        found.add("shape", place, f"{clause.id}: {wrong[1]}")
    if clause.refusal is not None and clause.effect != "bar":
        found.add("shape", f"{place}.refusal", f"{clause.id}: only a bar refuses")
    if clause.obligation is not None and clause.effect != "oblige":
        found.add("shape", f"{place}.obligation", f"{clause.id}: only an oblige obliges")
    own = place.startswith("$.clauses")  # one of the three parts that must all permit is enough
    if own and clause.effect == "permit" and clause.when.get("officer_reviewed") is not True:
        free = sorted(name for name in rule.fields if words.fields[name].free_text)
        if free:
            detail = f"{clause.id}: free text ({', '.join(free)}) needs 'officer_reviewed: true'"
            found.add("red-line", f"{place}.fields", detail)


def _reach(place: str, clause: Clause, document: AgreementDocument, found: Findings) -> None:
    """A clause that asks for a channel, stage, purpose or party that the document lacks."""
    offered: dict[str, set[str]] = {
        "channel": {term.code for term in document.channels},
        "stage": {stage for term in document.channels for stage in term.stages},
        "purpose": {term.code for term in document.purposes},
        "from": {part.country for part in document.parties},
        "to": {part.country for part in document.parties},
    }
    for key, have in offered.items():
        if key not in clause.when:
            continue
        wanted = clause.when[key]
        for value in wanted if isinstance(wanted, list) else [wanted]:
            if value not in have:
                detail = f"{clause.id}: {key} {value} is not in this document"
                found.add("dead-rule", f"{place}.when.{key}", detail)


def _dates(document: AgreementDocument, rules: Placed, found: Findings) -> None:
    frame = document.in_force
    by_id: dict[str, list[tuple[str, Clause]]] = {}
    for place, rule in rules.items():
        clause = rule.clause
        start, end = clause.start or _FIRST, clause.end or _LAST
        if start > end:
            found.add("dates", place, f"{clause.id}: ends before it starts")
        elif start > (frame.end or _LAST) or end < (frame.start or _FIRST):
            found.add("dead-rule", place, f"{clause.id}: never in force while the agreement is")
        for _, other in by_id.setdefault(clause.id, []):
            if start <= (other.end or _LAST) and (other.start or _FIRST) <= end:
                found.add("dates", place, f"{clause.id}: dates overlap the other {clause.id}")
        by_id[clause.id].append((place, clause))


def _duplicates(rules: Placed, found: Findings) -> None:
    seen: dict[object, str] = {}
    for place, rule in rules.items():
        clause = rule.clause
        key = (
            place.partition(".clauses")[0], clause.effect, clause.side, rule.fields,
            repr(clause.when), clause.start, clause.end, repr(clause.obligation),
        )  # fmt: skip
        if key in seen:
            found.add("dead-rule", place, f"{clause.id}: says the same as {seen[key]}")
        elif clause.effect == "bar" and not clause.fields and not clause.when:
            found.add("dead-rule", place, f"{clause.id}: bars everything, so no other clause acts")
        seen.setdefault(key, clause.id)


def _dead_permits(document: AgreementDocument, rules: Placed, found: Findings) -> None:
    """Fields that one part permits and another never does can never cross."""
    agreed = _permitted(rules, "$.clauses")
    sends: dict[str, frozenset[str] | None] = {}
    takes: dict[str, frozenset[str] | None] = {}
    for i, part in enumerate(document.parties):
        prefix = f"$.parties[{i}]."
        held = part.text == "held"
        sends[part.country] = _permitted(rules, prefix, "sender") if held else None
        takes[part.country] = _permitted(rules, prefix, "receiver") if held else None

    def crosses(field: str) -> bool:
        givers = [c for c, fields in sends.items() if fields is None or field in fields]
        takers = [c for c, fields in takes.items() if fields is None or field in fields]
        return any(g != t for g in givers for t in takers)

    for place, rule in rules.items():
        if rule.clause.effect != "permit":
            continue
        dead = {f for f in rule.fields if f not in agreed or not crosses(f)}
        if dead:
            names = ", ".join(sorted(dead))
            detail = f"{rule.clause.id}: can never let cross: {names}"
            found.add("dead-rule", f"{place}.fields", detail)


def _permitted(rules: Placed, prefix: str, side: str | None = None) -> frozenset[str]:
    return frozenset(
        name
        for place, rule in rules.items()
        if place.startswith(prefix) and rule.clause.effect == "permit"
        if side is None or rule.clause.side in (side, "both")
        for name in rule.fields
    )


def _dead_terms(document: AgreementDocument, rules: Placed, found: Findings) -> None:
    permits = [
        rule.clause
        for place, rule in rules.items()
        if place.startswith("$.clauses") and rule.clause.effect == "permit"
    ]
    if not document.channels or not document.purposes:
        found.add("dead-rule", "$", "give at least one channel and one purpose")
    terms: dict[str, list[str]] = {
        "purpose": [term.code for term in document.purposes],
        "channel": [term.code for term in document.channels],
    }
    for kind, codes in terms.items():
        for i, code in enumerate(codes):
            path = f"$.{kind}s[{i}]"
            if codes.index(code) != i:
                found.add("dead-rule", path, f"{kind} {code} is given twice")
            if not any(_serves(clause, kind, code) for clause in permits):
                found.add("dead-rule", path, f"{kind} {code}: no clause permits anything for it")


def _serves(clause: Clause, key: str, code: str) -> bool:
    wanted = clause.when.get(key, code)
    return code in wanted if isinstance(wanted, list) else wanted == code


def _red_lines(
    document: AgreementDocument, rules: Placed, words: Vocabulary, found: Findings
) -> None:
    permitted = _permitted(rules, "$.clauses")
    categories = {words.fields[name].category for name in permitted}
    if "protection" in categories and "hit" in permitted:
        found.add("red-line", "$.clauses", "no hit step where the existence of a case is protected")
    bulk = [i for i, term in enumerate(document.channels) if term.code == "bulk"]
    if bulk and "crossing" not in categories:
        path = f"$.channels[{bulk[0]}]"
        found.add("red-line", path, "no bulk copy but of land crossing records")
    if "biometric" in categories and not _bars_citizens(document, rules):
        found.add("red-line", "$.clauses", "biometrics need a bar on the parties' own citizens")


def _bars_citizens(document: AgreementDocument, rules: Placed) -> bool:
    parties = {part.country for part in document.parties}
    for place, rule in rules.items():
        clause = rule.clause
        asked = clause.when.get("citizenships")
        if not place.startswith("$.clauses") or clause.refusal != "must" or len(clause.when) != 1:
            continue
        barred = asked.get("any_of", []) if isinstance(asked, dict) else []
        if parties <= set(barred) or {"$from", "$to"} <= set(barred):
            return True
    return False
