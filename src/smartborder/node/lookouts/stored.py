"""People we still hold records of who are no longer under way: screened when a list changes.

Travellers of flights not yet arrived are checked again as a whole (:mod:`live`), because their
reply may change; for those who arrived earlier only an officer can do something.
"""

from collections.abc import Iterator

import msgspec

from smartborder.model.passenger_list import Traveller
from smartborder.node.act.identity import Identity
from smartborder.node.act.recording import Reported
from smartborder.node.lookouts.live import LIVE
from smartborder.node.store.session import Session

PART = 5_000

_PAST = (
    "FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
    " JOIN act.traveller_version v ON v.traveller = t.id AND v.version = t.version"
    " WHERE t.mode = 'live' AND t.double_of IS NULL"
    f" AND t.presence NOT IN ('cancelled', 'no-show', 'off-loaded') AND NOT ({LIVE})"
)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A stored traveller with what recording a hit needs."""

    flight: str
    client: str
    reported: Reported


def count(s: Session) -> int:
    """How many there are."""
    found: int = s.value(f"SELECT count(*) {_PAST}", now=s.now)
    return found


def part(s: Session, after: str) -> list[tuple[str, bytes]]:
    """The next ones by record id; empty at the end."""
    rows = s.rows(
        f"SELECT t.id, CAST(v.person AS text) AS person {_PAST} AND t.id > :after"
        " ORDER BY t.id LIMIT :most",
        now=s.now,
        after=after,
        most=PART,
    )
    return [(r["id"], r["person"].encode()) for r in rows]


def held(s: Session, ids: list[str]) -> Iterator[Kept]:
    """Those of ``ids`` that are still stored, in the order of their ids."""
    for r in s.rows(
        "SELECT t.id, t.flight, t.client, t.version, t.reply, t.reference, t.locator, t.document,"
        " t.name_key, t.birth_date, t.fingerprint, t.cleared_on, v.person, v.position"
        f" {_PAST} AND t.id = ANY(:ids) ORDER BY t.id",
        now=s.now,
        ids=ids,
    ):
        identity = Identity(
            r["reference"], r["locator"], r["document"], r["name_key"], r["birth_date"]
        )
        yield Kept(
            flight=r["flight"],
            client=r["client"],
            reported=Reported(
                position=r["position"], traveller=r["id"],
                person=msgspec.convert(r["person"], Traveller), identity=identity,
                fingerprint=bytes(r["fingerprint"]), cleared_on=bytes(r["cleared_on"] or b""),
                version=r["version"], is_new=True, to_check=False, reply=r["reply"],
            ),
        )  # fmt: skip
