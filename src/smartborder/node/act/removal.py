"""A carrier takes people off a flight: cancelled, never deleted; a report brings them back."""

from collections.abc import Sequence

from smartborder.model.passenger_list import Traveller
from smartborder.node.act.identity import Identity, People, identify
from smartborder.node.store.session import Row, Session


def people_of(s: Session, flight: str) -> People:
    """Everybody of a flight, findable."""
    rows = s.rows(
        "SELECT id, reference, locator, document, name_key, birth_date FROM act.traveller"
        " WHERE flight = :flight ORDER BY id",
        flight=flight,
    )
    return People(
        (
            r["id"],
            Identity(r["reference"], r["locator"], r["document"], r["name_key"], r["birth_date"]),
        )
        for r in rows
    )


def take_off(s: Session, flight: Row, message: str, people: Sequence[Traveller]) -> list[str]:
    """Mark the named people of ``flight`` cancelled; the ids that were found.

    A cancellation that names nobody cancels the whole list.
    """
    known = people_of(s, flight["id"])
    found = [f for p in people if (f := known.same(identify(p)))]
    s.run(
        "UPDATE act.traveller SET presence = 'cancelled', updated_at = :now"
        " WHERE flight = :flight AND presence = 'reported' AND (:all OR id = ANY(:ids))",
        flight=flight["id"],
        all=not people,
        ids=found,
        now=s.now,
    )
    return found
