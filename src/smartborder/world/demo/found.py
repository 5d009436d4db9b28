"""Records as an officer finds them on the screen: a flight in the list, a traveller on it."""

import re

from smartborder.model.passenger_list import Leg, Traveller
from smartborder.world.demo.seen import expect
from smartborder.world.visitor import Visitor

_CASE = re.compile(r"/cases/(case-[0-9a-z]{26})")


def flight(officer: Visitor, leg: Leg) -> str:
    """The flight's id, from the list of flights."""
    words = f"{leg.carrier} {leg.number}"
    page = officer.see("/flights?window=all")
    found = re.search(rf'/flights/(flight-[0-9a-z]{{26}})"[^>]*>\s*{words}\s*<', page)
    expect(found, f"{words} is not in the list of flights")
    return found[1] if found else ""


def traveller(officer: Visitor, leg: Leg, person: Traveller) -> str:
    """The id of a traveller on the flight, from its seat table."""
    page = officer.see(f"/flights/{flight(officer, leg)}")
    name = f"{person.surname}, {person.given_names}"
    found = re.search(rf'/travellers/(traveller-[0-9a-z]{{26}})"[^>]*>\s*{name}\s*<', page)
    expect(found, "the expected traveller is not on the flight")
    return found[1] if found else ""


def cases(officer: Visitor) -> list[str]:
    """The cases in the officer's queue, the one with the least time left first."""
    return list(dict.fromkeys(_CASE.findall(officer.see("/queue"))))
