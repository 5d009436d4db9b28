"""The page of an agreement, rendered from its document: what may cross, what never, and why."""

from smartborder.agreements.compiled import Compiled
from smartborder.agreements.page_words import WORDS, cite
from smartborder.agreements.vocabulary import vocabulary
from smartborder.kernel.text import Language
from smartborder.model.agreement import ChannelTerm, Clause, Holding, PurposeTerm
from smartborder.model.reason import Confidence

_EFFECTS = ("permit", "bar", "hold", "oblige")


def render_page(compiled: Compiled, language: Language) -> str:
    """The agreement as a Markdown page in one language."""
    return _Page(compiled, language).render()


class _Page:
    def __init__(self, compiled: Compiled, language: Language) -> None:
        self.document = compiled.document
        self.digest = compiled.digest
        self.facts = compiled.facts
        self.language = language
        self.words = WORDS[language]

    def render(self) -> str:
        document, words = self.document, self.words
        parts = [
            f"# {document.title.in_(self.language)}",
            document.summary.in_(self.language),
            f"> {words['notice']}",
            f"`{document.id}` · {words['version']} {document.version} · "
            f"{words['force']}{words['colon']} "
            f"{self._period(document.in_force.start, document.in_force.end)} · "
            f"`{self.digest[:16]}…`",
            f"## {words['texts']}",
            "\n".join(
                f"- **{self._cite(text.citation)}**, {text.title.in_(self.language)}"
                f"{words['colon']} {text.read.in_(self.language)} "
                f"({self._confidence(text.confidence)})"
                for text in document.texts
            ),
        ]
        if document.not_read:
            parts += [
                f"## {words['not_read']}",
                "\n".join(f"- {text.in_(self.language)}" for text in document.not_read),
            ]
        parts += [f"## {words['channels']}", self._terms()]
        for effect in _EFFECTS:
            clauses = [clause for clause in document.clauses if clause.effect == effect]
            if clauses:
                parts += [f"## {words[effect]}", self._table(clauses)]
            if effect == "bar":
                parts += (
                    [words["default"]] if clauses else [f"## {words[effect]}", words["default"]]
                )
        parts.append(f"## {words['parties']}")
        for part in document.parties:
            parts.append(
                f"### {part.country}, {part.authority.in_(self.language)} "
                f"({self._holding(part.text)})"
            )
            if part.clauses:
                parts.append(self._table(list(part.clauses)))
        parts += [f"## {words['facts']}", self._facts()]
        return "\n\n".join(parts) + "\n"

    def _period(self, start: object, end: object) -> str:
        words = self.words
        spans = [words["from"].format(day=start)] if start else []
        spans += [words["to"].format(day=end)] if end else []
        return " ".join(spans) or words["always"]

    def _confidence(self, confidence: Confidence) -> str:
        return self.words[confidence]

    def _holding(self, holding: Holding) -> str:
        return self.words[holding]

    def _cite(self, citation: str) -> str:
        return cite(citation, self.language)

    def _terms(self) -> str:
        words = self.words
        rows = [f"| {words['channel']} | {words['rule']} | {words['stages']} | {words['source']} |"]
        rows.append("|---|---|---|---|")
        terms: list[ChannelTerm | PurposeTerm] = [*self.document.channels]
        terms += self.document.purposes
        for term in terms:
            stages = ", ".join(words[stage] for stage in term.stages)
            rows.append(
                f"| `{term.code}` | {term.text.in_(self.language)} | {stages} | "
                f"{self._cite(term.citation)} ({self._confidence(term.confidence)}) |"
            )
        return "\n".join(rows)

    def _facts(self) -> str:
        words, known = self.words, vocabulary().facts
        rows = [
            f"| {words['fact']} | | {words['values']} | {words['absent']} |",
            "|---|---|---|---|",
        ]
        for name in self.facts:
            word = known[name]
            values = ", ".join(f"`{value}`" for value in word.values)
            rows.append(
                f"| `{name}` | {word.label.in_(self.language)} | "
                f"{values or words[f'type_{word.type}']} | {words[word.absent]} |"
            )
        return "\n".join(rows)

    def _table(self, clauses: list[Clause]) -> str:
        words = self.words
        rows = [f"| {words['clause']} | {words['rule']} | {words['fields']} | {words['source']} |"]
        rows.append("|---|---|---|---|")
        rows += [
            f"| {clause.id} | {self._rule(clause)} | {self._fields(clause)} | "
            f"{self._cite(clause.citation)} ({self._confidence(clause.confidence)}) |"
            for clause in clauses
        ]
        return "\n".join(rows)

    def _rule(self, clause: Clause) -> str:
        words = self.words
        notes = [words[clause.refusal]] if clause.refusal else []
        notes += [words[clause.side]] if clause.side != "both" else []
        if clause.start or clause.end:
            notes.append(self._period(clause.start, clause.end))
        terms = clause.obligation
        if terms is not None and terms.days is not None:
            notes.append(words["days"].format(days=terms.days) if terms.days else words["at_once"])
        if terms is not None and terms.stops_on_use:
            notes.append(words["stops"])
        tail = f" *({'; '.join(notes)})*" if notes else ""
        return clause.text.in_(self.language) + tail

    def _fields(self, clause: Clause) -> str:
        fields = vocabulary().fields
        names = self.document.fields_of(clause)
        if not names:
            return self.words["whole"] if clause.effect in ("bar", "hold") else ""
        return ", ".join(fields[name].label.in_(self.language).lower() for name in names)
