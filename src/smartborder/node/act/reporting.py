"""People reported on a flight: found again or new, checked where needed, recorded in bulk."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

import msgspec

from smartborder.model.passenger_list import Traveller
from smartborder.node.act import case_opening
from smartborder.node.act.checking import (
    Combined,
    complete_registers,
    entitlements,
    near_misses,
    run_checks,
)
from smartborder.node.act.flights import facts
from smartborder.node.act.identity import (
    Identity,
    People,
    changed_fields,
    cleared_values,
    fingerprint,
    identify,
    identity_of,
    settled_on,
)
from smartborder.node.act.programme import CheckContext, CheckSubject
from smartborder.node.act.recording import Reported, record
from smartborder.node.act.sender import ReportingClient
from smartborder.node.jobs.defer import defer
from smartborder.node.lookouts import redress_numbers
from smartborder.node.lookouts.memory import cleared_entries
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session


class Reporting:
    """One message's people on one flight, within one transaction."""

    def __init__(self, s: Session, node: Node, client: ReportingClient, flight: Row,
                 message: str) -> None:  # fmt: skip
        self.s = s
        self.node = node
        self.client = client
        self.flight = flight
        self.message = message

    def report(self, people: Sequence[Traveller], *, hit_kind: str = "hit") -> list[Reported]:
        """Record every person; check the new ones and those whose cleared values changed.

        ``hit_kind``: ``arrival`` for a close-out, after which nobody can be kept from boarding.
        """
        reported = self._match(people)
        due = [r for r in reported if r.to_check]
        checked = dict(
            zip((r.traveller for r in due), self.check([r.person for r in due],
                [r.traveller for r in due]), strict=True)
        )  # fmt: skip
        done = [
            msgspec.structs.replace(r, combined=checked[r.traveller]) if r.to_check else r
            for r in reported
        ]
        record(self.s, self.node, self.client, self.flight, self.message, done,
               self.context.screener.version)  # fmt: skip
        case_opening.open_for(self.s, self.client, self.flight, done, self.context.screener,
                              hit_kind=hit_kind)  # fmt: skip
        if due and self.client.mode == "live" and self.node.lookouts.behind(self.context.screener):
            defer(self.s, "recheck_message", message=self.message)
        return done

    def check(self, people: Sequence[Traveller], ids: Sequence[str]) -> list[Combined]:
        """Run all checks over ``people`` as they stand now."""
        held = entitlements(self.s, people)
        near = near_misses(self.s, people, held)
        prints = [fingerprint(p) for p in people]
        redress_numbers.shown(self.s, self.node.data_key, people, prints)
        cleared = cleared_entries(self.s, prints)
        subjects = [
            CheckSubject(traveller=i, person=p, entitlements=e, near=n,
                         cleared=cleared.get(f, frozenset()))
            for i, p, e, n, f in zip(ids, people, held, near, prints, strict=True)
        ]  # fmt: skip
        return run_checks(self.node.checks, subjects, self.context)

    @cached_property
    def context(self) -> CheckContext:
        """What the checks are given: flight, dates, registers, look-outs in force."""
        return CheckContext(
            pack=self.node.pack,
            flight=facts(self.flight),
            on=self.flight["departs_on"],
            as_known=self.s.now.date(),
            registers=complete_registers(self.s),
            screener=self.node.lookouts.current(self.s),
        )

    def _match(self, people: Sequence[Traveller]) -> list[Reported]:
        identities = [identify(p) for p in people]
        known = self._candidates(identities)
        rows = {row["id"]: row for row in known}
        found = People((row["id"], identity_of(row)) for row in known)
        taken: set[str] = set()
        reported = []
        for position, (person, identity) in enumerate(zip(people, identities, strict=True)):
            existing = found.same(identity, taken)
            double = None if existing else found.double(identity)
            one = self._one(position, person, identity, rows.get(existing or ""), double)
            taken.add(one.traveller)
            found.add(one.traveller, identity)
            reported.append(one)
        return reported

    def _candidates(self, identities: Sequence[Identity]) -> list[Row]:
        """Who on this flight may be one of these people; nobody else records them meanwhile."""
        keys = {
            "references": [i.reference for i in identities if i.reference],
            "documents": [i.document for i in identities if i.document],
            "names": [i.name_key for i in identities if i.name_key],
        }
        buckets = {hash_bucket(self.flight["id"], k) for group in keys.values() for k in group}
        self.s.later(
            "SELECT pg_advisory_xact_lock(b) FROM (SELECT unnest(CAST(:buckets AS bigint[])) b"
            " ORDER BY b) x",
            buckets=sorted(buckets),
        )
        return self.s.rows(
            "SELECT t.id, t.version, t.reference, t.locator, t.document, t.name_key,"
            " t.birth_date, t.cleared_on, t.reply, t.presence, v.person, t.double_settled,"
            " o.id AS other, o.cleared_on AS other_cleared FROM act.traveller t"
            " JOIN act.traveller_version v ON v.traveller = t.id AND v.version = t.version"
            " LEFT JOIN act.traveller o ON o.id = t.double_of AND o.presence <> 'cancelled'"
            " WHERE t.flight = :flight AND (t.reference = ANY(:references)"
            "  OR t.document = ANY(:documents) OR t.name_key = ANY(:names))",
            flight=self.flight["id"],
            **keys,
        )

    def _one(self, position: int, person: Traveller, identity: Identity, row: Row | None,
             double: str | None) -> Reported:  # fmt: skip
        cleared = cleared_values(person)
        if row is None:
            return Reported(
                position=position, traveller=self.s.new_id("traveller"), person=person,
                identity=identity, fingerprint=fingerprint(person), cleared_on=cleared,
                version=1, is_new=True, to_check=True, double_of=double,
            )  # fmt: skip
        before = msgspec.convert(row["person"], Traveller)
        changed = changed_fields(before, person)
        stands = row["cleared_on"] is not None and bytes(row["cleared_on"]) == cleared
        return Reported(
            position=position, traveller=row["id"], person=person, identity=identity,
            fingerprint=fingerprint(person), cleared_on=cleared,
            version=row["version"] + 1, changed=changed, is_new=False,
            to_check=not stands or row["presence"] == "cancelled", reply=row["reply"],
            settled_with=_settled(row, cleared),
        )  # fmt: skip

    def departs_in(self) -> timedelta | None:
        """Time left to scheduled departure; None when the schedule is unknown."""
        at = self.flight["estimated_departure"] or self.flight["scheduled_departure"]
        return at - self.s.now if at else None


def _settled(row: Row, cleared: bytes) -> str | None:
    """The record that stands for this one, as an officer said, if it still does."""
    if row["double_settled"] is None or row["other"] is None:
        return None
    same = bytes(row["double_settled"]) == settled_on(cleared, row["other_cleared"])
    return str(row["other"]) if same else None


def hash_bucket(flight: str, key: str) -> int:
    """The advisory lock that stands for one key of one flight; 256 locks a flight at most."""
    digest = hashlib.sha256(f"{flight}/{key}".encode()).digest()
    base = int.from_bytes(hashlib.sha256(flight.encode()).digest()[:6], "big")
    return (base << 8) + digest[0]
