"""Locks are taken in one order, as the intake takes them: the flight first, then what is on it.

An officer who decides while the carrier reports the same flight waits a moment, and neither
stops the other.
"""

from smartborder.node.store.session import Session


def hold_flight_of_case(s: Session, case_id: str) -> None:
    """Lock the flight of a case until the transaction ends."""
    _hold(s, s.value("SELECT flight FROM act.case_file WHERE id = :id", id=case_id))


def hold_flight_of_traveller(s: Session, traveller: str) -> None:
    """Lock the flight of a traveller until the transaction ends."""
    _hold(s, s.value("SELECT flight FROM act.traveller WHERE id = :id", id=traveller))


def _hold(s: Session, flight: str | None) -> None:
    s.run("SELECT FROM act.flight WHERE id = :id FOR UPDATE", id=flight)
