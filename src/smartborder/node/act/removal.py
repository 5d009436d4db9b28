"""A carrier takes people off a flight: cancelled, never deleted; a report brings them back."""

from collections.abc import Sequence

from smartborder.model.passenger_list import PassengerList, Traveller
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


def names_nobody(message: PassengerList) -> bool:
    """True for a cancellation of the whole list: it names nobody and means to name nobody.

    One that announces people (CNT) or is damaged lost their names on the way, and a reduction
    is always of somebody; these take nobody off.
    """
    if message.purpose == "passenger-reduction":
        return False
    announced = any(number for _, number in message.counts)
    damaged = any(f.severity == "error" for f in message.findings)
    return not (message.travellers or announced or damaged)


def take_off(s: Session, flight: Row, people: Sequence[Traveller], *,
             everybody: bool = False) -> list[str]:  # fmt: skip
    """Mark the named people of ``flight`` (or everybody) cancelled; the ids that were found."""
    known = people_of(s, flight["id"])
    found = [f for p in people if (f := known.same(identify(p)))]
    s.run(
        "UPDATE act.traveller SET presence = 'cancelled', updated_at = :now"
        " WHERE flight = :flight AND presence = 'reported' AND (:all OR id = ANY(:ids))",
        flight=flight["id"],
        all=everybody,
        ids=found,
        now=s.now,
    )
    return found
