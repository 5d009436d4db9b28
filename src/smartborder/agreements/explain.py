"""Says why: one reason for each clause that let something cross or stopped it."""

from smartborder.agreements.compiled import Compiled, Rule
from smartborder.agreements.conditions import Situation
from smartborder.agreements.parties import of_party
from smartborder.agreements.vocabulary import vocabulary
from smartborder.kernel.text import Text
from smartborder.model.agreement import Clause, Obligation, PartyPart
from smartborder.model.reason import Compared, Reason

Stop = tuple[str, bool]
"""The clause that stops something, and whether an officer could still let it pass."""

_FORMAL = {
    "parties": Text(
        "The agreement does not bind this pair of countries.",
        "L’accord ne lie pas ces deux pays.",
    ),
    "in-force": Text(
        "The agreement is not in force on this day.",
        "L’accord n’est pas en vigueur à cette date.",
    ),
    "channel": Text(
        "The agreement does not name this channel and stage.",
        "L’accord ne prévoit ni cette voie ni cette étape.",
    ),
    "purpose": Text(
        "The agreement does not name this purpose at this stage.",
        "L’accord ne prévoit pas cette fin à cette étape.",
    ),
    "officer": Text(
        "The officer decided to withhold it.",
        "L’agent a décidé de le retenir.",
    ),
}
_OPEN_FACT = Text(
    "To decide this it must be known: {fact}.", "Pour en décider, il faut savoir : {fact}."
)
_NOT_HELD = Text(
    "Demo mode only: the law {of_party} is not held here.",
    "Mode démonstration seulement : le droit {of_party} n’est pas détenu ici.",
)
_NO_COUNSEL = Text(
    "Demo mode only: no named counsel has reviewed the part {of_party}.",
    "Mode démonstration seulement : aucun juriste désigné n’a examiné la part {of_party}.",
)
_MEMORY = Text(
    "What lets this cross was not checked against a text of law: it advises, and in production "
    "lets nothing cross.",
    "Ce qui permet cette communication n’a été vérifié dans aucun texte de droit : cela conseille "
    "et, en production, ne permet rien.",
)
_CONDITIONS = Text(
    "The conditions that the officer set travel with the data.",
    "Les conditions fixées par l’agent accompagnent les données.",
)


class Explainer:
    """Collects the reasons of one answer."""

    def __init__(self, compiled: Compiled, situation: Situation) -> None:
        self._agreement = compiled.id
        self._facts = situation.facts
        self._stops: dict[str, Reason] = {}
        self._open: dict[str, frozenset[str]] = {}
        self._permits: dict[str, Reason] = {}
        self._notes: list[Reason] = []
        self._from_memory = False

    def _reason(self, name: str, detail: Text, citation: str | None) -> Reason:
        return Reason(code=f"{self._agreement}.{name}", detail=detail, citation=citation)

    def withheld(self, clause: Clause, name: str) -> Stop:
        """A clause that leaves nobody a choice."""
        self._stops[name] = self._reason(name, clause.text, clause.citation)
        return name, False

    def held(self, clause: Clause) -> Stop:
        """A clause on which an officer decides."""
        self._stops[clause.id] = self._reason(clause.id, clause.text, clause.citation)
        return clause.id, True

    def unknown(self, rule: Rule) -> Stop:
        """A clause that cannot be judged: facts are missing."""
        words = vocabulary().facts
        self._open[rule.clause.id] = frozenset(
            name
            for name in rule.condition.asks
            if words[name].absent == "unknown" and self._undecided(name)
        )
        return self.held(rule.clause)

    def _undecided(self, name: str) -> bool:
        value = self._facts.get(name)
        if value is None:
            return True
        return isinstance(value, frozenset) and bool(value & vocabulary().unknown_countries)

    def granted(self, clause: Clause) -> None:
        """A clause that lets something cross."""
        self._permits[clause.id] = self._reason(clause.id, clause.text, clause.citation)
        self._from_memory = self._from_memory or clause.confidence == "memory"

    def formal(self, name: str, citation: str) -> Stop:
        """Refused before any clause is asked, or by the officer."""
        self._stops[name] = self._reason(name, _FORMAL[name], citation)
        return name, False

    def demo_only(self, parts: tuple[PartyPart, ...], *, refused: bool) -> Stop:
        """Law that is not held or not reviewed: a note in demo mode, a refusal in production."""
        for part in parts:
            detail = _NOT_HELD if part.text == "not-held" else _NO_COUNSEL
            self._notes.append(
                Reason(
                    code="agreement.demo-only",
                    detail=Text(
                        detail.en.format(of_party=of_party(part.country).en),
                        detail.fr.format(of_party=of_party(part.country).fr),
                    ),
                    citation="Red line 10",
                )
            )
        name = "text-not-held" if parts[0].text == "not-held" else "no-counsel"
        return f"{parts[0].country}.{name}", not refused

    def conditions(self, receiver: str) -> Obligation:
        """The receiver's duty to respect the conditions that an officer of the sender set."""
        return Obligation(
            code="officer-conditions",
            party=(receiver,),
            clause="officer",
            citation="Decision of the officer",
            detail=_CONDITIONS,
        )

    def reasons(self, used: set[str], *, crossed: bool) -> tuple[Reason, ...]:
        """Reasons of the clauses in ``used``, what is not known, what let data cross, notes."""
        stops = [reason for name, reason in self._stops.items() if name in used]
        words = vocabulary().facts
        missing = sorted({f for name in used for f in self._open.get(name, ())})
        open_facts = [
            Reason(
                code="agreement.open-fact",
                detail=Text(
                    _OPEN_FACT.en.format(fact=words[name].en),
                    _OPEN_FACT.fr.format(fact=words[name].fr),
                ),
                compared=Compared(ours=name, theirs=None),
            )
            for name in missing
        ]
        permits = list(self._permits.values()) if crossed else []
        if crossed and self._from_memory:
            permits.append(Reason(code="agreement.from-memory", detail=_MEMORY))
        return (*stops, *open_facts, *permits, *self._notes)
