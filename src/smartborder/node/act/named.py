"""People named once more, by a close-out or a cancellation: these say who, not who they are.

Such messages often give no more than a reference and a name. What they leave out still holds;
what they say otherwise is a change like any other, and the push stands in the traveller's
timeline beside the ones before it.
"""

from collections.abc import Collection, Sequence

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import TravelDocument, Traveller
from smartborder.model.reason import Finding
from smartborder.model.reply import ReplyCode
from smartborder.node.act.identity import (
    People,
    changed_fields,
    fingerprint,
    identify,
    identity_of,
    plain_number,
)
from smartborder.node.act.recording import Reported
from smartborder.node.store.session import Row, Session

_SILENT = (None, (), "unknown")


class Named:
    """Everybody reported on one flight so far, to be found again by what a message says."""

    def __init__(self, s: Session, flight: str) -> None:
        rows = s.rows(
            "SELECT t.id, t.version, t.reply, t.reference, t.locator, t.document, t.name_key,"
            " t.birth_date, t.cleared_on, v.person FROM act.traveller t"
            " JOIN act.traveller_version v ON v.traveller = t.id AND v.version = t.version"
            " WHERE t.flight = :flight ORDER BY t.id",
            flight=flight,
        )
        self._rows = {r["id"]: r for r in rows}
        self._people = People((r["id"], identity_of(r)) for r in rows)

    def row(self, person: Traveller, taken: Collection[str] = ()) -> Row | None:
        """The record of the person a message names; None for a stranger.

        ``taken``: records of others that it named before; such a one is taken once more only
        where there is no other.
        """
        who = identify(person)
        return self._rows.get(self._people.same(who, taken) or self._people.same(who) or "")

    def whole(self, person: Traveller) -> Traveller:
        """The person with what was reported before wherever this message is silent."""
        row = self.row(person)
        return overlaid(msgspec.convert(row["person"], Traveller), person) if row else person

    def again(self, people: Sequence[Traveller]) -> list[Reported]:
        """Those of ``people`` who are known, as a push that changes nothing in force."""
        versions = {record: int(row["version"]) for record, row in self._rows.items()}
        found: list[Reported] = []
        for position, person in enumerate(people):
            row = self.row(person, [r.traveller for r in found])
            if row is None:
                continue
            versions[row["id"]] += 1
            before = msgspec.convert(row["person"], Traveller)
            whole = overlaid(before, person)
            reply: ReplyCode = row["reply"]
            found.append(
                Reported(
                    position=position, traveller=row["id"], person=whole,
                    identity=identify(whole), fingerprint=fingerprint(whole),
                    cleared_on=bytes(row["cleared_on"] or b""), version=versions[row["id"]],
                    is_new=False, to_check=False, changed=changed_fields(before, whole),
                    reply=reply,
                )
            )  # fmt: skip
        return found


def overlaid(before: Traveller, said: Traveller) -> Traveller:
    """``before`` with every value that ``said`` gives in its place."""
    given = {
        name: value
        for name in Traveller.__struct_fields__
        if name not in ("documents", "references") and (value := getattr(said, name)) not in _SILENT
    }
    return msgspec.structs.replace(
        before,
        documents=_documents(before.documents, said.documents),
        references=tuple({**dict(before.references), **dict(said.references)}.items()),
        **given,
    )


def _documents(
    before: tuple[TravelDocument, ...], said: tuple[TravelDocument, ...]
) -> tuple[TravelDocument, ...]:
    """Documents as said now; one with the number it had keeps what is left out this time."""
    kept = {plain_number(d.number or ""): d for d in before}
    now = []
    for document in said:
        old = kept.get(plain_number(document.number or ""))
        given = {n: v for n in document.__struct_fields__ if (v := getattr(document, n))}
        now.append(msgspec.structs.replace(old, **given) if old else document)
    types = {d.type for d in now}
    return (*now, *(d for d in before if d.type not in types))


def finding(code: str, detail: Text, position: int, person: Traveller) -> Finding:
    """A warning about one person of a message, at their place in it."""
    return Finding(
        code=code, severity="warning", detail=detail, segment=person.segment, traveller=position
    )
