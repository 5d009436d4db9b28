"""The story of the day: who flies, who is on which list, what goes wrong."""

import re
from datetime import UTC, datetime

import msgspec

from smartborder.model.passenger_list import Leg, Sex, TravelDocument, Traveller
from smartborder.world.flights import Airline
from smartborder.world.people import Population

BEGINS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""The demo's clock starts here, whatever the real date: the day is the same every time."""


def _leg(flight: str, origin: str, destination: str, departs: str, arrives: str) -> Leg:
    return Leg(
        carrier=flight[:2],
        number=flight[2:],
        origin=origin,
        destination=destination,
        departs=datetime.fromisoformat(f"{BEGINS:%Y-%m-%d}T{departs}"),
        arrives=datetime.fromisoformat(f"{BEGINS:%Y-%m-%d}T{arrives}"),
    )


LEG_MORNING = _leg("AF344", "CDG", "YUL", "13:30", "15:10")
LEG_EVENING = _leg("AF348", "CDG", "YUL", "18:20", "20:05")
LEG_DAMAGED = _leg("TS111", "LYS", "YUL", "14:15", "16:05")
LEG_LONDON = _leg("BA93", "LHR", "YYZ", "12:45", "15:55")
LEG_NEW_YORK = _leg("BA173", "LHR", "JFK", "11:20", "14:15")


def _person(surname: str, given: str, born: str, number: str, nationality: str,
            reference: str, locator: str, sex: Sex = "M") -> Traveller:  # fmt: skip
    return Traveller(
        surname=surname, given_names=given, sex=sex, birth_date=born,
        nationality=nationality, residence=nationality, locator=locator, reference=reference,
        references=(("AVF", locator), ("ABO", reference)), seat=None, verified=True,
        documents=(TravelDocument(type="P", number=number, issuer=nationality,
                                  expires="2031-06-30"),),
    )  # fmt: skip


NO_AUTHORISATION = _person("VASSEUR", "REMI", "1988-07-19", "18FV55210", "FRA",
                           "TRNOAVE1", "NQX4ZT")  # fmt: skip
"""A French passport without travel authorisation or visa: IRPR 7.1, 259."""
RIGHT_NUMBER = _person("LECOMTE", "ELODIE", "1991-02-08", "21CH40937", "FRA",
                       "TRSLIP01", "PWK7RD", "F")  # fmt: skip
WRONG_NUMBER = msgspec.structs.replace(
    RIGHT_NUMBER,
    documents=(msgspec.structs.replace(RIGHT_NUMBER.documents[0], number="21CH40931"),),
)
"""The same traveller with one digit of her passport mistyped."""
LOOK_ALIKE = _person("BERADA", "OMAR", "1980-05-14", "MR4418273", "MAR",
                     "TRALIKE1", "LK3MBB")  # fmt: skip
"""His name is one letter off a look-out's; his birth year and his passport are others."""
LISTED_NAME = ("BERRADA", "OMAR", "1979-03-02", "MR1902255")
WANTED = _person("RADCLIFFE", "GETHIN", "1974-09-21", "53K771904", "GBR",
                 "TRTRUE01", "TX9GHC")  # fmt: skip
"""The subject of a look-out that the partner placed."""
LONDON_LISTED = _person("KIRKBRIDE", "DEXTER", "1969-11-17", "54L118206", "GBR",
                        "TRLON001", "LN2QDK")  # fmt: skip
"""Refused at a Canadian port of entry years ago."""
NEW_YORK_LISTED = _person("ASHDOWN", "ALFIE", "1977-05-02", "56M730114", "GBR",
                          "TRNYC002", "NY9ASH")  # fmt: skip
"""The subject of a look-out of the United States."""
NEW_YORK_HIT = _person("STROUD", "CALLUM", "1983-01-30", "53R220417", "GBR",
                       "TRNYC001", "NY5KLM")  # fmt: skip

CLAIMANT = _person("ALVARENGA", "MIRNA", "1994-06-11", "C04418852", "SLV",
                   "TRCLAIM1", "CL7MQT", "F")  # fmt: skip
"""She claims protection in the United States; Canada once gave her a visa."""
MISTAKEN = _person("PENHALE", "MORGAN", "1977-06-12", "53T118830", "GBR",
                   "TRNYC003", "NY7PEN")  # fmt: skip
"""Nobody looks for him; a slip of the pen gives somebody else's look-out his birth date."""


class Day:
    """Everybody and every flight of the day, from one seed."""

    def __init__(self, seed: int) -> None:
        population = Population(seed, today=BEGINS.date())
        self.morning = [*population.party(177), NO_AUTHORISATION, WRONG_NUMBER, LOOK_ALIKE]
        self.damaged = population.party(118)
        self.evening = [*population.party(148), LOOK_ALIKE]
        self.london = [*population.party(190), LONDON_LISTED, WANTED]
        self.new_york = [*population.party(160), NEW_YORK_LISTED, NEW_YORK_HIT, MISTAKEN]
        self.air_france = Airline("AF", "AFHOST", "SBCAN")
        self.transat = Airline("TS", "TSHOST", "SBCAN")
        self.british = Airline("BA", "BAHOST", "SBCAN")
        self.british_us = Airline("BA", "BAHOST", "SBUSA")

    def people(self) -> list[Traveller]:
        """Everybody who flies to either country today."""
        return [*self.morning, *self.damaged, *self.evening, *self.london, *self.new_york]

    def register_lines(self, kind: str) -> str:
        """The CSV of one register: who holds what. ``visa`` for those who need one, and so on."""
        lines = ["document,issuer,valid_from,valid_to,status"]
        seen = set()
        for person in (*self.people(), RIGHT_NUMBER):
            document = person.documents[0]
            skip = person.reference in (NO_AUTHORISATION.reference,) or document.number in seen
            if skip or person is WRONG_NUMBER or _register(person) != kind:
                continue
            seen.add(document.number)
            lines.append(f"{document.number},{document.issuer},2025-01-15,2030-01-15,valid")
        return "\n".join(lines) + "\n"


def _register(person: Traveller) -> str:
    return "visa" if person.nationality in ("MAR", "IND", "BRA") else "travel-authorisation"


def damage(message: bytes) -> bytes:
    """What a tired gateway does to a good list: four faults, nobody lost."""
    text = message.decode()
    head, _, tail = text.partition("UNT+")
    count, _, rest = tail.partition("+")
    text = f"{head}UNT+{int(count) - 7}+{rest}"  # the segment count is wrong
    text = text.replace("CNT+42:118'", "CNT+42:120'")  # so is the number of people
    text = re.sub(
        r"(NAD\+FL.*?DTM\+329:)\d+(:102)?'", r"\g<1>19800230:102'", text, count=1, flags=re.S
    )  # 30 February
    return text.rstrip("'\n").encode()  # no final terminator
