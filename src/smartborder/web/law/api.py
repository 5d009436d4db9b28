"""``POST /v1/decide/{rule}``: facts in, a proposal out. Nothing is read, nothing is kept.

A client's key is asked for so that its limit holds; the answer depends on the question alone and
never becomes a decision.
"""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Response, post
from litestar.params import FromPath, JSONBody

from smartborder.kernel.errors import SmartborderError
from smartborder.model.verdict import Verdict
from smartborder.node.determinations.asking import ask
from smartborder.web.api.caller import caller
from smartborder.web.errors import FormUnreadable, answer_coded, problem
from smartborder.web.security import MACHINE
from smartborder.web.session import WebRequest, home_of, store_of

MOST = 500
"""Questions of one batch."""
Country = Annotated[str, msgspec.Meta(pattern="^[A-Za-z]{2}$")]


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question. ``facts`` as ``smartborder decide RULE --schema`` describes them.

    Attributes:
        facts: what is known; what is left out is not known.
        on: the day of the facts; if not given, the day they name themselves, else today.
        as_known: the law as enacted by this day; if not given, today.
        country: whose law, ISO 3166 alpha-2; if not given, this node's own.

    """

    facts: dict[str, Any]
    on: date | None = None
    as_known: date | None = None
    country: Country | None = None


class Questions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A batch, answered in its order."""

    questions: Annotated[list[Question], msgspec.Meta(min_length=1, max_length=MOST)]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The proposal, or the problem with this one question; the other one is null."""

    proposal: Verdict | None = None
    problem: dict[str, Any] | None = None


def too_deep(request: WebRequest, _: Exception) -> Response[Any]:
    """JSON nested beyond what anybody means."""
    return answer_coded(request, FormUnreadable("the body is nested too deeply"))


@post("/v1/decide/{rule:str}", sync_to_thread=True, status_code=200, opt={MACHINE: True},
      exception_handlers={RecursionError: too_deep})  # fmt: skip
def decide(request: WebRequest, rule: FromPath[str], data: JSONBody[Question]) -> Verdict:
    """What the law says of one set of facts: a proposal, never a decision."""
    caller(request)
    return _answer(request, rule, data)


@post("/v1/decide/{rule:str}/batch", sync_to_thread=True, status_code=200, opt={MACHINE: True},
      exception_handlers={RecursionError: too_deep})  # fmt: skip
def decide_batch(
    request: WebRequest, rule: FromPath[str], data: JSONBody[Questions]
) -> list[Answer]:
    """Many sets of facts at once; a problem with one does not hold up the others."""
    caller(request)
    answers = []
    for question in data.questions:
        try:
            answers.append(Answer(proposal=_answer(request, rule, question)))
        except SmartborderError as error:
            answers.append(Answer(problem=problem(error)))
    return answers


def _answer(request: WebRequest, rule: str, question: Question) -> Verdict:
    return ask(
        home_of(request), rule, question.facts, now=store_of(request).time.now(),
        country=question.country, on=question.on, as_known=question.as_known,
    ).verdict  # fmt: skip
