"""The travellers of a passenger list: groups 4 and 5, person by person.

A damaged segment touches nobody but the person it stands with. Where a name segment is lost, the
segments that follow it are recognised as somebody else's, because they would say again, and
earlier in the order, what the person before has already said.
"""

from datetime import date

from smartborder.formats.edifact.findings import note
from smartborder.formats.edifact.segments import Segments
from smartborder.formats.edifact.traveller import Person
from smartborder.formats.edifact.traveller_segments import (
    BIRTH,
    DOCUMENT,
    DOCUMENT_DETAIL,
    MOST_ELEMENTS,
    NAME,
    NATION,
    NOTHING,
    PLACE,
    READERS,
    REFERENCE,
    TAIL,
    TEXT,
    Said,
    Words,
)
from smartborder.model.passenger_list import Role, Traveller
from smartborder.model.reason import Finding

_TAILS = frozenset({"CNT", "AUT", "UNT", "UNH", "UNE", "UNZ", "UNG", "UNB", "UNS"})


class Travellers:
    """Reads the travellers of one message.

    Attributes:
        found: the travellers so far, in message order.
        findings: what was odd, with the place and the traveller.

    """

    def __init__(
        self, segments: Segments, first: int, words: Words, role: Role | None, locators: bool
    ) -> None:
        """``first`` is the index of UNH, ``role`` replaces 'passenger' (gate pass)."""
        self._segments = segments
        self._first = first
        self._words = words
        self._role = role
        self._locators = locators
        self.found: list[Traveller] = []
        self.findings: list[Finding] = []

    def read(self, index: int) -> int:
        """Read from ``index`` to the end of the last traveller; the index behind it."""
        segments, findings, offset = self._segments, self.findings, 1 - self._first
        pieces, memo, faults = segments.pieces, dict[str, Said](), segments.faults
        person: Person | None = None
        begun = 0
        while index < len(pieces):
            piece = pieces[index]
            said = memo.get(piece)
            if said is None:
                said = self._said(index)
                piece = pieces[index]
                memo[piece] = said
            field, value, rank, odd = said
            if rank == TAIL:
                break
            if rank == NAME:
                if person is not None:
                    self._close(person, begun, index)
                person, begun = Person(dict(value), segments.begin(index)), index
            elif person is None or self._belongs_to_next(person, said):
                if person is not None:
                    self._close(person, begun, index)
                person, begun = Person({"role": "unknown"}, segments.begin(index)), index
                findings.append(
                    note("edifact.missing-name", f"{piece[:3]}#{index + offset}", len(self.found))
                )
            if odd is not None:
                findings.append(
                    note(odd[0], f"{piece[:3]}#{index + offset}", len(self.found), **odd[1])
                )
            if index in faults:
                findings.append(
                    note(faults[index], f"{piece[:3]}#{index + offset}", len(self.found))
                )
            if value is None:
                pass
            elif rank == DOCUMENT:
                person.open_document(*value)
            elif rank == DOCUMENT_DETAIL:
                self._detail(person, said, index)
            elif rank == REFERENCE:
                if value not in person.references:
                    person.references.append(value)
                else:
                    self._note("edifact.duplicate-segment", index)
            elif rank == TEXT:
                person.tags += value
            elif rank != NAME:
                if field in person.fields:
                    self._repeated(person, said, index)
                else:
                    person.fields[field] = value
            if rank < NOTHING:
                if rank < person.rank and person.rank >= DOCUMENT:
                    self._note("edifact.out-of-order", index)
                elif rank > person.rank:
                    person.rank = rank
            index += 1
        if person is not None:
            self._close(person, begun, index)
        return index

    def _said(self, index: int) -> Said:
        """What the segment says, after splitting off any segment that it swallowed."""
        segments = self._segments
        els = segments.elements(index)
        tag = els[0]
        if len(els) > MOST_ELEMENTS.get(tag, 4) and segments.split_merged(index):
            return self._said(index)
        if tag in _TAILS:
            return Said("", None, TAIL)
        reader = READERS.get(tag)
        if reader is None:
            if segments.split_merged(index):
                return self._said(index)
            return Said("", None, NOTHING, ("edifact.unknown-segment", {"tag": tag[:12]}))
        return reader(els, self._words)

    @staticmethod
    def _belongs_to_next(person: Person, said: Said) -> bool:
        """True if this would repeat what the person has said, and stands earlier in the order."""
        if not said.field or said.field not in person.fields:
            return False
        if said.rank <= BIRTH:
            return person.rank >= PLACE
        return said.rank <= NATION and person.rank >= DOCUMENT

    def _detail(self, person: Person, said: Said, index: int) -> None:
        """An expiry date or an issuer, which only mean something within a document."""
        if person.document is None:
            self._note("edifact.misplaced-segment", index)
        elif person.document.get(said.field) is not None:
            same = person.document[said.field] == said.value
            self._note("edifact.duplicate-segment" if same else "edifact.conflicting-value", index)
        else:
            person.document[said.field] = said.value

    def _repeated(self, person: Person, said: Said, index: int) -> None:
        same = person.fields[said.field] == said.value
        self._note("edifact.duplicate-segment" if same else "edifact.conflicting-value", index)

    def _note(self, code: str, index: int) -> None:
        tag = self._segments.pieces[index][:3]
        place = f"{tag}#{index - self._first + 1}"
        self.findings.append(note(code, place, len(self.found), tag=tag))

    def _close(self, person: Person, begun: int, index: int) -> None:
        segments = self._segments
        place = f"{segments.pieces[begun][:3]}#{begun - self._first + 1}"
        born = person.fields.get("birth_place")
        if isinstance(born, tuple):
            person.fields["birth_country"], person.fields["birth_place"] = born
        contact = person.fields
        for name in ("contact", "employment"):
            if name in contact:
                contact[name] = segments.service.element.join(contact[name])
        traveller = person.record(place, segments.ends[index - 1], self._role)
        if self._locators and traveller.locator is None:
            self.findings.append(note("edifact.no-locator", place, len(self.found)))
        bags = traveller.bags
        if bags and bags.tags and bags.count != len(bags.tags):
            self.findings.append(
                note(
                    "edifact.bag-count-mismatch",
                    place,
                    len(self.found),
                    stated=bags.count,
                    found=len(bags.tags),
                )
            )
        self.found.append(traveller)


def words_of(component: str, decimal: str, year: int, travel_date: date | None) -> Words:
    """What the reader needs to know; without a flight date, the year decides alone."""
    day = travel_date or date(year, 12, 31)
    return Words(component, decimal, day.year, day)
