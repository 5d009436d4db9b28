"""``POST /v1/screen``: is this person, organisation or vessel on a list? For other systems.

The same answer as ``smartborder screen`` gives, over the imported lists that were named for the
system that asks. Look-outs, ours or a partner's, are never asked here: their existence is nobody
else's business. A question is not kept; the entries that were shown are on the audit register.
A hit is for a person to weigh, never a decision.
"""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Response, post
from litestar.params import JSONBody

from smartborder.kernel.errors import InputError, SmartborderError
from smartborder.kernel.text import Text
from smartborder.model.dates import PartialDate
from smartborder.model.iso3166 import understand
from smartborder.model.passenger_list import Sex
from smartborder.model.screening import Hit, Kind, Query
from smartborder.node.access.roles import Act
from smartborder.node.lookouts import asking
from smartborder.web.api.caller import holder
from smartborder.web.errors import FormUnreadable, answer_coded, problem
from smartborder.web.security import MACHINE
from smartborder.web.session import WebRequest, node_of

MOST = 500
"""Questions of one batch; who has more asks again, within the limit of the key."""
LARGEST = 1_000_000
"""Bytes of a body: 500 questions with every field at its longest fit."""

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Name = Annotated[str, msgspec.Meta(max_length=400)]
Day = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
Country = Annotated[str, msgspec.Meta(pattern="^[A-Za-z]{1,3}$")]
Number = Annotated[str, msgspec.Meta(max_length=40)]


class Unaskable(InputError):
    """A field of the question cannot be used: the detail names it and says what it takes."""

    code = "screen.question"
    title = Text("Unusable question", "Question inutilisable")


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is asked about. A name or a document number is needed; the rest is evidence.

    Attributes:
        id: comes back with the answer.
        name: as written, in any script; for vessels the ship's name.
        birth_date: ISO 8601 to the precision known (``1957``, ``1957-03``, ``1957-03-10``).
        nationality, document_issuer: ISO 3166 code of two or three letters, or as in a passport.

    """

    id: Id
    name: Name = ""
    kind: Kind = "person"
    birth_date: Day | None = None
    nationality: Country | None = None
    document_number: Number | None = None
    document_issuer: Country | None = None
    birth_place: Name | None = None
    sex: Sex | None = None


class Ask(Question, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question; ``as_of`` leaves out entries listed after that day."""

    as_of: date | None = None


class Questions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A batch, answered in its order; ``as_of`` leaves out entries listed after that day."""

    queries: Annotated[list[Question], msgspec.Meta(min_length=1, max_length=MOST)]
    as_of: date | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Hits, best first; an empty list is an answer."""

    id: str
    hits: tuple[Hit, ...]


class BatchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer, or the problem with this one question; the other one is null."""

    id: str
    hits: tuple[Hit, ...] | None = None
    problem: dict[str, Any] | None = None


def too_deep(request: WebRequest, _: Exception) -> Response[Any]:
    """JSON nested beyond what anybody means."""
    return answer_coded(request, FormUnreadable("the body is nested too deeply"))


@post("/v1/screen", sync_to_thread=True, status_code=200, opt={MACHINE: True},
      request_max_body_size=LARGEST, exception_handlers={RecursionError: too_deep})  # fmt: skip
def screen(request: WebRequest, data: JSONBody[Ask]) -> Answer:
    """Screen one subject against the lists named for the calling system.

    Raises:
        OtherUse: the key is not of a screening system.
        Unaskable: nothing to ask about, or a field that cannot be used.
        LookoutsNotLoaded: what is in force could not be loaded; an old answer would mislead.

    """
    client = holder(request, Act.SCREEN_ASK)
    (hits,) = asking.ask(node_of(request), client, [_query(data)], data.as_of)
    return Answer(id=data.id, hits=hits)


@post("/v1/screen/batch", sync_to_thread=True, status_code=200, opt={MACHINE: True},
      request_max_body_size=LARGEST, exception_handlers={RecursionError: too_deep})  # fmt: skip
def screen_batch(request: WebRequest, data: JSONBody[Questions]) -> list[BatchAnswer]:
    """Screen up to 500 subjects; a problem with one does not hold up the others."""
    client = holder(request, Act.SCREEN_ASK)
    problems: dict[int, dict[str, Any]] = {}
    queries: list[Query] = []
    for at, question in enumerate(data.queries):
        try:
            queries.append(_query(question))
        except SmartborderError as error:
            problems[at] = problem(error)
    found = iter(asking.ask(node_of(request), client, queries, data.as_of))
    return [
        BatchAnswer(id=question.id, problem=problems[at])
        if at in problems
        else BatchAnswer(id=question.id, hits=next(found))
        for at, question in enumerate(data.queries)
    ]


def _query(asked: Question) -> Query:
    if not asked.name.strip() and not (asked.document_number or "").strip():
        raise Unaskable("name, document_number: give one of them", field="name")
    return Query(
        id=asked.id,
        name=asked.name,
        kind=asked.kind,
        birth_date=_day(asked.birth_date),
        nationality=_country(asked.nationality, "nationality"),
        document_number=asked.document_number,
        document_issuer=_country(asked.document_issuer, "document_issuer"),
        birth_place=asked.birth_place,
        sex=asked.sex,
    )


def _day(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except InputError as error:
        raise Unaskable("birth_date: no calendar has that day", field="birth_date") from error


def _country(code: str | None, field: str) -> str | None:
    understood = understand(code) if code else None
    if code and understood is None:
        raise Unaskable(f"{field}: no such country code", field=field)
    return understood[0] if understood else None
