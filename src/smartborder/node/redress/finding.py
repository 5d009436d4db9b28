"""Every record and every exchanged copy that concerns a requester, found inside his open request.

Records are found by travel document, by name with birth date, and by the same screening that
meets a traveller with a look-out. For each the register of disclosures says who has a copy.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import TravelDocument, Traveller
from smartborder.node.act.identity import document_key, name_key, plain_number
from smartborder.node.custody.corrections import recipients
from smartborder.node.exchange.sealed_question import who
from smartborder.node.lookouts.asked import query_of
from smartborder.node.lookouts.in_memory import OWN_LIST
from smartborder.node.node import Node
from smartborder.node.redress.requests import Requester, held_open
from smartborder.node.store.session import Session

Advice = Literal["may-tell", "may-not-tell", "neither"]
Choice = Literal["tell", "withhold", "neither"]
TITLES: dict[str, Text] = {
    "traveller": Text("Passenger record", "Dossier de passager"),
    "lookout": Text("Look-out", "Signalement"),
    "question": Text("Question about a traveller", "Question au sujet d'un voyageur"),
    "query": Text("Query about a traveller", "Demande au sujet d'un voyageur"),
    "file": Text("File that may be asked about", "Dossier pouvant faire l'objet d'une demande"),
}


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """One record that may concern the requester.

    Attributes:
        kind: of :data:`TITLES`.
        originator: the partner whose record it is; None for our own.
        found_by: ``document``, ``name-and-date`` or ``screening``; an officer judges each.
        gone_to: everybody in the register of disclosures who was given it.
        advice: what its originator lets us say; None while it was not asked or has not answered.
        decision: what the letter says: nothing definite unless an officer decides otherwise.

    """

    record: str
    kind: str
    originator: str | None
    found_by: str
    found_at: datetime
    gone_to: tuple[str, ...]
    advice: Advice | None = None
    decision: Choice = "neither"


def find(s: Session, node: Node, request: str) -> list[Copy]:
    """Look for the requester's records and keep what was found with the request.

    Looking again adds what is new and forgets nothing that was decided.

    Raises:
        NotOpen: the transaction is not bound to an open request.

    """
    person = held_open(s, request).person
    found: dict[str, tuple[str, str | None]] = {}
    for record, by, originator in (*_by_identity(s, node, person), *_by_screening(s, node, person)):
        found.setdefault(record, (by, originator))
    s.saw("copy", list(found), "looked for")
    for record, (by, originator) in found.items():
        s.run(
            "INSERT INTO redress.copy (request, record, kind, originator, found_by, found_at,"
            " gone_to) VALUES (:request, :record, :kind, :originator, :by, :now, :gone)"
            " ON CONFLICT (request, record) DO UPDATE SET gone_to = excluded.gone_to",
            request=request,
            record=record,
            kind=record.partition("-")[0],
            originator=originator,
            by=by,
            now=s.now,
            gone=recipients(s, record),
        )
    s.leaf("redress", request, {"found": sorted(found)})
    return copies(s, request)


def copies(s: Session, request: str) -> list[Copy]:
    """What was found for a request, in the order it was found."""
    rows = s.rows("SELECT * FROM redress.copy WHERE request = :r ORDER BY found_at, record",
                  r=request)  # fmt: skip
    s.saw("copy", [r["record"] for r in rows])
    return [msgspec.convert(r, Copy) for r in rows]


def _by_identity(s: Session, node: Node,
                 person: Requester) -> Iterator[tuple[str, str, str | None]]:  # fmt: skip
    reported = _traveller(person)
    keys = {"document": document_key(reported), "name": name_key(reported),
            "born": person.birth_date}  # fmt: skip
    for row in s.rows(
        "SELECT id, document = :document AS same FROM act.traveller WHERE mode = 'live'"
        " AND (document = :document OR name_key = :name AND birth_date = :born)"
        " ORDER BY id",
        **keys,
    ):  # fmt: skip
        yield row["id"], "document" if row["same"] else "name-and-date", None
    number = plain_number(person.document)
    traces = who(s.data_key, {
        "document_number": number, "birth_date": person.birth_date, "surname": person.surname,
        "given_names": person.given_names,
    })  # fmt: skip
    for row in s.rows(
        "SELECT id, way, partner FROM exchange.request WHERE who && CAST(:who AS bytea[])"
        " UNION ALL SELECT id, way, partner FROM exchange.query"
        " WHERE who && CAST(:who AS bytea[]) ORDER BY id", who=traces,
    ):  # fmt: skip
        yield row["id"], "name-and-date", row["partner"] if row["way"] == "in" else None
    for row in s.rows(
        "SELECT id FROM exchange.file WHERE document = :number AND :number <> ''"
        " OR name_key = :name AND birth_date = :born ORDER BY id", number=number,
        name=keys["name"], born=person.birth_date,
    ):  # fmt: skip
        yield row["id"], "name-and-date", None


def _by_screening(s: Session, node: Node,
                  person: Requester) -> Iterator[tuple[str, str, str | None]]:  # fmt: skip
    """Look-outs that would meet the requester if he travelled now."""
    layers = node.lookouts.loaded(s)
    (hits,) = layers.lookouts.screen([query_of(_traveller(person))], as_of=s.now.date())
    for hit in hits:
        record = hit.entry.removeprefix(f"{OWN_LIST}:")
        originator = s.value("SELECT originator FROM lookouts.lookout WHERE id = :id AND current"
                             " AND agreement IS NOT NULL", id=record)  # fmt: skip
        yield record, "screening", originator


def _traveller(person: Requester) -> Traveller:
    document = TravelDocument(type="P", number=person.document, issuer=person.issuer or None)
    return Traveller(
        surname=person.surname,
        given_names=person.given_names,
        birth_date=person.birth_date,
        documents=(document,) if person.document else (),
    )
