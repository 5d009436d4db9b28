"""The travellers of a passenger list: groups 4 and 5, person by person.

A damaged segment touches nobody but the person it stands with. Where a name segment is lost, the
segments that follow it are recognised as somebody else's, because they would say again, and
earlier in the order, what the person before has already said.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from smartborder.formats.edifact.findings import note
from smartborder.formats.edifact.plain_traveller import PlainTravellers
from smartborder.formats.edifact.segments import Segments
from smartborder.formats.edifact.traveller import Person
from smartborder.formats.edifact.traveller_segments import (
    BIRTH,
    DOCUMENT,
    DOCUMENT_DETAIL,
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


def _unreadable(els: list[str], words: Words) -> Said:
    return ("", None, NOTHING, None)


_NONE = (_unreadable, 0)


def _restored(value: Any, plain: Callable[[str], str]) -> Any:
    """A value with its released characters restored, whatever its shape."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(_restored(item, plain) for item in value)
    if isinstance(value, dict):
        return {key: _restored(item, plain) for key, item in value.items()}
    return value


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
        self._plain = PlainTravellers(segments, words, role)
        self.found: list[Traveller] = []
        self.findings: list[Finding] = []

    def read(self, index: int) -> int:
        """Read from ``index`` to the end of the last traveller; the index behind it."""
        segments = self._segments
        while index < len(segments.pieces):
            number = index - self._first + 1
            if segments.pieces[index].startswith("NAD"):
                plain = self._plain.read(segments.begin(index), number)
                if plain is not None:
                    self._keep(plain[0], index)
                    index += plain[1]
                    continue
            behind = self._one(index)
            if behind == index:
                break
            index = behind
        return index

    def _one(self, start: int) -> int:
        """Read one traveller, segment by segment; the index of what is not theirs."""
        pieces, faults = self._segments.pieces, self._segments.faults
        person: Person | None = None
        rank = NAME
        index = start
        while index < len(pieces):
            said = self._said(index)
            _, value, place, odd = said
            if place == TAIL:
                break
            if person is None and place == NOTHING:
                self._stray(said, index)
                index += 1
                continue
            if person is None:
                person = self._open(said, index)
            elif place == NAME or self._belongs_to_next(person.fields, rank, said):
                break
            if odd is not None:
                self._note(odd[0], index, **odd[1])
            if index in faults:
                self._note(faults[index], index)
            if value is not None and place != NAME:
                self._take(person, said, index)
            if place < DOCUMENT <= rank:
                self._note("edifact.out-of-order", index, tag=pieces[index][:3])
            elif rank < place <= DOCUMENT and place != TEXT:
                rank = place
            index += 1
        if person is not None:
            self._close(person, index)
        return index

    def _said(self, index: int) -> Said:
        """What a segment says in whatever shape it is."""
        segments = self._segments
        els = segments.elements(index)
        tag = els[0]
        if tag in _TAILS:
            return ("", None, TAIL, None)
        reader, most = READERS.get(tag, _NONE)
        if len(els) > most and segments.split_merged(index):
            return self._said(index)
        if reader is not _unreadable:
            said = reader(els, self._words)
            if not segments.released:
                return said
            return (said[0], _restored(said[1], segments.plain), said[2], said[3])
        return ("", None, NOTHING, ("edifact.unknown-segment", {"tag": tag[:12]}))

    @staticmethod
    def _belongs_to_next(fields: dict[str, Any], rank: int, said: Said) -> bool:
        """True if this would repeat what the person has said, and stands earlier in the order."""
        field, _, place, _ = said
        if not field or field not in fields:
            return False
        if place <= BIRTH:
            return rank >= PLACE
        return place <= NATION and rank >= DOCUMENT

    def _open(self, said: Said, index: int) -> Person:
        """The next person, who has a name or has lost it."""
        _, value, place, _ = said
        start = self._segments.begin(index)
        if place == NAME:
            return Person(value, start, index)
        self._note("edifact.missing-name", index)
        return Person({"role": "unknown"}, start, index)

    def _take(self, person: Person, said: Said, index: int) -> None:
        """Put what a segment says where it belongs."""
        field, value, place, _ = said
        tag = self._segments.pieces[index][:3]
        if place == REFERENCE:
            if not person.refer(*value):
                self._note("edifact.duplicate-segment", index, tag=tag)
            return
        if place == DOCUMENT:
            person.documents.append({"type": value[0], "number": value[1]})
            return
        if place == TEXT:
            person.tags += value
            return
        target: dict[str, Any] | None = person.fields
        if place == DOCUMENT_DETAIL:
            target = person.documents[-1] if person.documents else None
        if target is None:
            self._note("edifact.misplaced-segment", index, tag=tag)
        elif target.get(field) is None:
            target[field] = value
        elif target[field] == value:
            self._note("edifact.duplicate-segment", index, tag=tag)
        else:
            self._note("edifact.conflicting-value", index, tag=tag)

    def _stray(self, said: Said, index: int) -> None:
        """A segment that says nothing about anybody, before there is anybody."""
        code, values = said[3] or ("edifact.unknown-segment", {"tag": ""})
        place = f"{self._segments.pieces[index][:3]}#{index - self._first + 1}"
        self.findings.append(note(code, place, **values))

    def _note(self, code: str, index: int, /, **values: object) -> None:
        place = f"{self._segments.pieces[index][:3]}#{index - self._first + 1}"
        self.findings.append(note(code, place, len(self.found), **values))

    def _close(self, person: Person, index: int) -> None:
        segments = self._segments
        begun, fields = person.begun, person.fields
        place = f"{segments.pieces[begun][:3]}#{begun - self._first + 1}"
        if "born_in" in fields:
            fields["birth_country"], fields["birth_place"] = fields.pop("born_in")
        traveller = person.record(place, segments.ends[index - 1], self._role)
        bags = traveller.bags
        if bags and bags.tags and bags.count != len(bags.tags):
            self._note("edifact.bag-count-mismatch", begun, stated=bags.count, found=len(bags.tags))
        self._keep(traveller, begun)

    def _keep(self, traveller: Traveller, begun: int) -> None:
        if self._locators and traveller.locator is None and traveller.role == "passenger":
            self._note("edifact.no-locator", begun)
        self.found.append(traveller)


def words_of(component: str, decimal: str, year: int, travel_date: date | None) -> Words:
    """What the reader needs to know; without a flight date, the year decides alone."""
    return Words(component, decimal, travel_date or date(year, 12, 31))
