"""May these fields cross? Field by field, deny by default; what is not known goes to an officer.

Granted is what the agreement, the sender's law and the receiver's law all permit, and none of
them nor any red line stops.
"""

from collections.abc import Iterable, Iterator

from smartborder.agreements.compiled import Compiled, Layer, Rule
from smartborder.agreements.conditions import Situation
from smartborder.agreements.explain import Explainer, Stop
from smartborder.agreements.facts import check_facts, to_instant
from smartborder.agreements.red_lines import DEFAULT, FREE_TEXT
from smartborder.agreements.vocabulary import vocabulary
from smartborder.model.agreement import (
    Answer,
    Obligation,
    Outcome,
    ShareRequest,
    Withheld,
)


def check(compiled: Compiled, request: ShareRequest) -> Answer:
    """The answer for one request, for the sending node and its auditors.

    Raises:
        RequestUnusable: for a fact or value that the vocabulary does not have.

    """
    words = vocabulary()
    situation = Situation(
        request=request,
        facts=check_facts(request.subject, words),
        instant=request.instant or to_instant("on", request.on),
    )
    return _Check(compiled, situation).answer()


class _Check:
    """One request under way."""

    def __init__(self, compiled: Compiled, situation: Situation) -> None:
        self.compiled = compiled
        self.situation = situation
        self.request = situation.request
        self.decision: str | None = situation.facts.get("officer_decision")
        self.conditions = False
        self.explain = Explainer(compiled, situation)

    def answer(self) -> Answer:
        fields = tuple(dict.fromkeys(self.request.fields))
        stop = self._formal() or self._whole()
        if stop is not None:
            outcome: Outcome = "held-for-officer" if stop[1] else "refused"
            withheld = dict.fromkeys(fields, stop[0])
            return self._answer(outcome, (), withheld)
        granted: list[str] = []
        withheld, held = {}, False
        for field in fields:
            stopped = self._field(field)
            if stopped is None:
                granted.append(field)
            else:
                withheld[field] = stopped[0]
                held = held or stopped[1]
        if not granted:
            outcome = "held-for-officer" if held else "refused"
        elif self.conditions:
            outcome = "conditional"
        else:
            outcome = "partial" if withheld else "granted"
        return self._answer(outcome, tuple(granted), withheld)

    def _formal(self) -> Stop | None:
        """Parties, dates, channel and purpose: what needs no clause to be refused."""
        document, request = self.compiled.document, self.request
        countries = [part.country for part in document.parties]
        if request.sender == request.receiver or not {request.sender, request.receiver} <= set(
            countries
        ):
            return self.explain.formal("parties", document.texts[0].citation)
        if not document.in_force.holds(request.day):
            return self.explain.formal("in-force", document.texts[0].citation)
        if not any(
            term.code == request.channel and request.stage in term.stages
            for term in document.channels
        ):
            return self.explain.formal("channel", document.texts[0].citation)
        if not any(
            term.code == request.purpose and request.stage in term.stages
            for term in document.purposes
        ):
            return self.explain.formal("purpose", document.texts[0].citation)
        unread = self.compiled.demo_only(request.sender, request.receiver)
        if unread and request.mode == "production":
            return self.explain.demo_only(unread, refused=True)
        if unread:
            self.explain.demo_only(unread, refused=False)
        return None

    def _layers(self) -> tuple[Layer, Layer, Layer]:
        return (
            self.compiled.agreement,
            self.compiled.senders[self.request.sender],
            self.compiled.receivers[self.request.receiver],
        )

    def _whole(self) -> Stop | None:
        """Bars and holds on the whole request; one that leaves no choice goes first."""
        rules = [rule for layer in self._layers() for rule in layer.whole]
        found = list(self._stops([*rules, *self.compiled.red_lines]))
        if not found and self.decision == "refuse":
            return self.explain.formal("officer", "Decision of the officer")
        final = [stop for stop in found if not stop[1]]
        return next(iter(final or found), None)

    def _field(self, field: str) -> Stop | None:
        word = vocabulary().fields.get(field)
        if word is None:
            return self.explain.withheld(DEFAULT, "default")
        if self.decision == "partial" and field in self.situation.facts.get(
            "officer_withholds", ()
        ):
            return self.explain.formal("officer", "Decision of the officer")
        layers = self._layers()
        rules = [rule for layer in layers for rule in layer.by_field.get(field, ())]
        found = list(self._stops(rules))
        if found:
            return next((stop for stop in found if not stop[1]), found[0])
        for layer in layers:
            stop = self._not_permitted(field, layer, free_text=word.free_text)
            if stop is not None:
                return stop
        return None

    def _not_permitted(self, field: str, layer: Layer, *, free_text: bool) -> Stop | None:
        if layer.open:
            return None
        unknown: Rule | None = None
        for rule in self._in_force(layer.permits.get(field, ())):
            if self.request.mode == "production" and rule.clause.confidence == "memory":
                continue
            applies = rule.condition.test(self.situation)
            if applies:
                self.explain.granted(rule.clause)
                return None
            if applies is None:
                unknown = unknown or rule
        if unknown is not None:
            return self.explain.unknown(unknown)
        if free_text and not layer.name:
            return self.explain.withheld(FREE_TEXT, "free-text")
        return self.explain.withheld(DEFAULT, f"{layer.name}.default" if layer.name else "default")

    def _stops(self, rules: Iterable[Rule]) -> Iterator[Stop]:
        """What stops here, each with its clause; explained as it is found."""
        for rule in self._in_force(rules):
            applies = rule.condition.test(self.situation)
            if applies is None:
                yield self.explain.unknown(rule)
            elif applies:
                stop = self._stopped(rule)
                if stop is not None:
                    yield stop

    def _stopped(self, rule: Rule) -> Stop | None:
        clause = rule.clause
        if clause.refusal == "must" or self.decision == "refuse":
            return self.explain.withheld(clause, clause.id)
        unsaid = self.decision == "partial" and not self.situation.facts.get("officer_withholds")
        if self.decision is None or unsaid:
            return self.explain.held(clause)
        self.conditions = self.conditions or self.decision == "conditions"
        return None

    def _in_force(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        day = self.request.day
        return (rule for rule in rules if rule.in_force(day))

    def _answer(
        self, outcome: Outcome, granted: tuple[str, ...], withheld: dict[str, str]
    ) -> Answer:
        duties = tuple(self._obligations(frozenset(granted))) if granted else ()
        return Answer(
            permitted=bool(granted),
            outcome=outcome,
            granted=granted,
            withheld=tuple(Withheld(field=f, clause=c) for f, c in withheld.items()),
            obligations=duties,
            partner_sees=self._wire(frozenset(granted)),
            reasons=self.explain.reasons(set(withheld.values()), crossed=bool(granted)),
        )

    def _obligations(self, granted: frozenset[str]) -> Iterator[Obligation]:
        for layer in self._layers():
            for rule in self._in_force(layer.duties):
                terms = rule.clause.obligation
                if terms is None or (rule.fields and not rule.fields & granted):
                    continue
                if rule.condition.test(self.situation) is False:
                    continue
                yield Obligation(
                    code=terms.code,
                    party=self._owes(terms.party),
                    clause=rule.clause.id,
                    citation=rule.clause.citation,
                    detail=rule.clause.text,
                    days=terms.days,
                    years=terms.years,
                    stops_on_use=terms.stops_on_use,
                )
        if self.conditions and granted:
            yield self.explain.conditions(self.request.receiver)

    def _owes(self, party: str) -> tuple[str, ...]:
        request = self.request
        both = (request.sender, request.receiver)
        return {"sender": both[:1], "receiver": both[1:]}.get(party, both)

    def _wire(self, granted: frozenset[str]) -> dict[str, object]:
        """Every requested field has its place, so that the shape tells nothing."""
        request = self.request
        return {
            "agreement": self.compiled.id,
            "version": self.compiled.version,
            "channel": request.channel,
            "stage": request.stage,
            "purpose": request.purpose,
            "fields": {
                field: "value" if field in granted else None
                for field in dict.fromkeys(request.fields)
            },
        }
