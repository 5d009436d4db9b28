"""The traveller that is written as the specification has it, recognised whole.

Most travellers of most lists are: every segment in its place, once, complete and valid. One
pattern reads such a person four times faster than segment by segment. Whatever differs in any
way does not match, and is read by ``travellers``, which would give this record too.
"""

import re
from functools import lru_cache

from smartborder.formats.edifact.codes import NO_NAME, ROLES
from smartborder.formats.edifact.dates import DAYS, EARLIEST
from smartborder.formats.edifact.segments import MARK, Segments
from smartborder.formats.edifact.service import Service
from smartborder.formats.edifact.traveller_segments import LONG_NAME, Words
from smartborder.model.iso3166 import ASSIGNED
from smartborder.model.passenger_list import Bags, Role, Sex, TravelDocument, Traveller

_KNOWN: frozenset[str | None] = ASSIGNED | {None}
_SEXES: dict[str, Sex] = {"M": "M", "F": "F", "U": "X", "X": "X"}


@lru_cache(maxsize=64)
def _pattern(service: Service, between: str) -> re.Pattern[str]:
    """A traveller from NAD to the next NAD or the end of the list."""
    e, c = re.escape(service.element), re.escape(service.component)
    t = re.escape(service.terminator + between)
    unknown = f"(?i:{'|'.join(NO_NAME)})[{e}{c}{re.escape(service.terminator)}]"
    letters = f"[^{e}{c}{re.escape(service.terminator)}{MARK}\r\n]"
    name = rf"(?!\s|{unknown}){letters}{{1,{LONG_NAME // 2}}}(?<!\s)"
    value, country, date = "[A-Z0-9]+", "[A-Z]{3}", f"[0-9]{{6}}|[0-9]{{8}}{c}102"
    document = (
        f"(?:DOC{e}({value})(?:{c}[A-Z0-9{c}]*)?{e}({value}){t}"
        f"(?:DTM{e}36{c}({date}){t})?(?:LOC{e}91{e}({country}){t})?"
    )
    return re.compile(
        f"NAD{e}({'|'.join(ROLES)}){e}{e}{e}({name})(?:{c}({name})?(?:{c}({name})?)?)?{t}"
        f"(?:ATT{e}2{e}{e}([MFUX]){t})?"
        f"(?:DTM{e}329{c}({date}){t})?"
        f"(?:MEA{e}CT{e}{e}{c}?([0-9]{{1,3}}){t})?"
        f"(?:MEA{e}WT{e}{e}KGM{c}([0-9]{{1,4}}){t})?"
        f"(GEI{e}4{e}173{t})?"
        f"(?:LOC{e}(?:22{e}({value})|174{e}({country})|178{e}({value})|179{e}({value})"
        f"|180{e}({country})?(?:{e}?{c}{c}{c}({name}))?){t})*"
        f"(?:NAT{e}2{e}({country}){t})?"
        f"(?:RFF{e}AVF{c}({value}){t})?(?:RFF{e}ABO{c}({value}){t})?(?:RFF{e}SEA{c}({value}){t})?"
        f"((?:RFF{e}[A-Z]{{2,3}}{c}{value}{t})*)"
        f"{document}{document})?)?"
        f"(?=NAD{e}|CNT{e}|UNT{e}|AUT{e})"
    )


class PlainTravellers:
    """Reads plain travellers of one message, one at a time."""

    def __init__(self, segments: Segments, words: Words, role: Role | None) -> None:
        """``role`` replaces 'passenger' (gate pass)."""
        service = segments.service
        self._words = words
        self._roles = ROLES | ({"FL": role} if role else {})
        self._text = segments.protected
        self._start = segments.start
        first = self._text.find(service.terminator) + 1
        rest = self._text[first : first + 8]
        self._between = rest[: len(rest) - len(rest.lstrip())]
        self._end = service.terminator + self._between
        self._next_reference = f"{self._end}RFF{service.element}"
        self._component = service.component
        self._match = _pattern(service, self._between).match

    def read(self, offset: int, number: int) -> tuple[Traveller, int] | None:
        """The traveller at ``offset`` and how many segments they have; None if not plain.

        ``number`` is the position of their name segment in the message.
        """
        found = self._match(self._text, offset - self._start)
        if found is None:
            return None
        groups = found.groups()
        (
            role, surname, given, middle, sex, born, bag_count, bag_weight, verified,
            clears, residence, embarks, disembarks, birth_country, birth_place, nationality,
            locator, reference, seat, others,
            kind, document_number, expiry, issuer, kind2, number2, expiry2, issuer2,
        ) = groups  # fmt: skip
        if not _KNOWN.issuperset((residence, birth_country, nationality, issuer, issuer2)):
            return None
        words = self._words
        birth_date = self._day(born, words.births) if born else None
        expires = self._day(expiry, words.expiries) if expiry else None
        expires2 = self._day(expiry2, words.expiries) if expiry2 else None
        if (expiry and not expires) or (expiry2 and not expires2):
            return None
        if born and (birth_date is None or not EARLIEST <= birth_date <= words.day):
            return None
        references: tuple[tuple[str, str], ...] = (("AVF", locator),) if locator else ()
        if reference:
            references += (("ABO", reference),)
        if seat:
            references += (("SEA", seat),)
        if others:
            more = self._references(others)
            references += more
            known = dict(references)
            if len(known) != len(references):
                return None  # something is said twice
            locator, reference, seat = known.get("AVF"), known.get("ABO"), known.get("SEA")
        else:
            more = ()
        documents: tuple[TravelDocument, ...] = ()
        if kind is not None:
            documents = (
                TravelDocument(type=kind, number=document_number, issuer=issuer, expires=expires),
            )
        if kind2 is not None:
            documents += (
                TravelDocument(type=kind2, number=number2, issuer=issuer2, expires=expires2),
            )
        # Each group that took part is a segment, but for those that share one or are several.
        count = (
            len(groups) - groups.count(None) - 2 - (given is not None) - (middle is not None)
            - (birth_country is not None and birth_place is not None) - len(documents)
            + len(more)
        )  # fmt: skip
        if self._text.count(self._end, found.start(), found.end()) != count:
            return None  # something is said twice
        bags = None
        if bag_count is not None or bag_weight is not None:
            bags = Bags(
                count=int(bag_count) if bag_count else None,
                weight_kg=float(bag_weight) if bag_weight else None,
            )
        start = self._start
        traveller = Traveller(
            role=self._roles[role],
            surname=surname,
            given_names=f"{given} {middle}" if given and middle else given or middle,
            sex=_SEXES[sex] if sex else None,
            birth_date=birth_date,
            birth_place=birth_place,
            birth_country=birth_country,
            nationality=nationality,
            residence=residence,
            embarks=embarks,
            disembarks=disembarks,
            clears_at=clears,
            documents=documents,
            locator=locator,
            reference=reference,
            references=references,
            seat=(seat.lstrip("0") or seat) if seat else None,
            bags=bags,
            verified=True if verified else None,
            segment=f"NAD#{number}",
            raw=(start + found.start(), start + found.end() - len(self._between)),
        )
        return traveller, count

    @staticmethod
    def _day(text: str, years: dict[str, str]) -> str | None:
        """A day that every year has, with its century given or found among ``years``."""
        if len(text) == 6:
            year, tail = years.get(text[:2]), DAYS.get(text[2:])
        else:
            year, tail = text[:4], DAYS.get(text[4:8])
        return year + tail if year and tail else None

    def _references(self, text: str) -> tuple[tuple[str, str], ...]:
        """Qualifier and value of each reference, in order."""
        found = []
        for one in text[4 : -len(self._end)].split(self._next_reference):
            qualifier, _, value = one.partition(self._component)
            found.append((qualifier, value))
        return tuple(found)
