"""What we hold of the people whom the partner's held questions are about, to compare by eye."""

from collections.abc import Sequence
from typing import Any

import msgspec

from smartborder.model.lookout import Lookout
from smartborder.node.exchange.query import Query
from smartborder.node.exchange.questions import Question
from smartborder.node.lookouts import reading
from smartborder.node.store.session import NotFound, Session


class OurFile(msgspec.Struct, frozen=True, kw_only=True):
    """Who one of our files is about; nothing else of the file is read for a comparison."""

    surname: str | None
    given_names: str | None
    birth_date: str | None
    document: str
    issuer: str


def lookouts(s: Session, held: Sequence[Question]) -> dict[str, Lookout]:
    """Our look-outs that are asked about, by their id; one that is not in force is left out."""
    found = {}
    for asked in held:
        try:
            kept = reading.one(s, asked.lookout)
        except NotFound:
            continue
        if kept.in_force and kept.lookout.agreement is None:
            found[asked.lookout] = kept.lookout
    return found


def files(s: Session, held: Sequence[Query]) -> dict[str, OurFile]:
    """Our files that questions about a person met, by the id of the question."""
    rows: Sequence[Any] = s.rows(
        "SELECT q.id AS query, f.id, f.document, f.issuer, f.content->>'surname' AS surname,"
        " f.content->>'given_names' AS given_names, f.birth_date"
        " FROM exchange.query q JOIN exchange.file f ON f.id = q.file"
        " WHERE q.way = 'in' AND q.id = ANY(:ids)",
        ids=[asked.id for asked in held],
    )
    s.saw("file", [r["id"] for r in rows], "question to decide")
    return {r["query"]: msgspec.convert(r, OurFile) for r in rows}
