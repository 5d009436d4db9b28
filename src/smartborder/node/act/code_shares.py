"""Code shares: other carriers' numbers on one leg are all the flight that is operated."""

from smartborder.model.passenger_list import Leg
from smartborder.node.act.identity import People, identity_of
from smartborder.node.act.meant import KEY, SAME_FLIGHT, split_number
from smartborder.node.store.session import Row, Session

_PEOPLE = (
    "SELECT id, reference, locator, document, name_key, birth_date FROM act.traveller"
    " WHERE flight = :flight ORDER BY id"
)


def share_codes(s: Session, flight: Row, legs: tuple[Leg, ...], operated: Leg,
                carriers: frozenset[str]) -> None:  # fmt: skip
    """Point code shares (other numbers on the same leg) to the operated flight.

    Only for carriers that the sender reports for: nobody redirects the number of another. A
    flight that was made under the shared number before is joined: its people are on this one.
    """
    for leg in legs:
        same = (leg.origin, leg.destination) == (operated.origin, operated.destination)
        other = leg.carrier and leg.number and leg.carrier != operated.carrier
        if same and other and leg.carrier in carriers:
            number, suffix = split_number(leg.number or "")
            s.run(
                "INSERT INTO act.code_share VALUES (:flight, :carrier, :number)"
                " ON CONFLICT DO NOTHING",
                flight=flight["id"],
                carrier=leg.carrier,
                number=number,
            )
            _join(s, flight, leg.carrier or "", number, suffix)


def _join(s: Session, flight: Row, carrier: str, number: str, suffix: str) -> None:
    """Move everybody and everything of the shared number's own flight to the operated one."""
    before = s.first(
        f"SELECT id FROM act.flight WHERE {SAME_FLIGHT} FOR UPDATE",
        **{**{name: flight[name] for name in KEY}, "carrier": carrier, "number": number,
           "suffix": suffix},
    )  # fmt: skip
    if before is None or before["id"] == flight["id"]:
        return
    _offer_doubles(s, before["id"], flight["id"])
    for table in ("traveller", "case_file", "reply", "arrival"):
        s.run(f"UPDATE act.{table} SET flight = :to WHERE flight = :was",
              to=flight["id"], was=before["id"])  # fmt: skip
    s.run("DELETE FROM act.code_share WHERE flight = :was", was=before["id"])
    s.run("UPDATE act.flight SET split_from = :to WHERE split_from = :was",
          to=flight["id"], was=before["id"])  # fmt: skip
    s.run("DELETE FROM act.flight WHERE id = :was", was=before["id"])


def _offer_doubles(s: Session, was: str, to: str) -> None:
    """Somebody reported under both numbers has two records: offered as doubles, never merged."""
    here = People((r["id"], identity_of(r)) for r in s.rows(_PEOPLE, flight=to))
    for row in s.rows(_PEOPLE, flight=was):
        double = here.same(identity_of(row)) or here.double(identity_of(row))
        if double:
            s.run("UPDATE act.traveller SET double_of = :double WHERE id = :id",
                  double=double, id=row["id"])  # fmt: skip
