"""The reply to the carrier, decided by an officer: ok, not ok, or please call.

A reply that changes goes out at once as an unsolicited CUSRES, which the carrier acknowledges.
An officer who makes it 'not ok' needs a second person; making it 'ok' never does.
"""

from typing import Literal, get_args

import msgspec

from smartborder.model.decision import Outcome
from smartborder.model.reason import Reason
from smartborder.node.act.programme import CheckResult
from smartborder.node.act.unsolicited import change_reply
from smartborder.node.desk.errors import OutcomeUnknown
from smartborder.node.desk.officer_decision import record
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session

Given = Literal["ok", "not-ok", "contact-government"]
OUTCOMES: tuple[Given, ...] = get_args(Given)


def given(outcome: str) -> Given:
    """``outcome`` if it is a reply that an officer gives.

    Raises:
        OutcomeUnknown: it is not.
    """
    for known in OUTCOMES:
        if known == outcome:
            return known
    raise OutcomeUnknown("ok, not-ok or contact-government")


def waits(s: Session, case: Row) -> bool:
    """Whether the carrier of this case's traveller waits for anything but OK."""
    reply = s.value("SELECT reply FROM act.traveller WHERE id = :t", t=case["traveller"])
    return reply in ("contact-government", "not-ok")


def only_lookouts(s: Session, case: Row) -> bool:
    """Whether nothing but a look-out holds the reply: then clearing the hits frees it."""
    row = s.first("SELECT results FROM act.check_result WHERE traveller = :t"
                  " ORDER BY at DESC, id DESC LIMIT 1", t=case["traveller"])  # fmt: skip
    if row is None:
        return True
    results = msgspec.convert(row["results"], tuple[CheckResult, ...])
    return all(r.result == "ok" or r.check == "lookouts" for r in results)


def needs_second(outcome: str, in_force: str) -> bool:
    """Whether a second person must agree: when an officer turns the reply into 'not ok'."""
    return outcome == "not-ok" and in_force != "not-ok"


def give(s: Session, node: Node, traveller: str, outcome: Given, reasons: tuple[Reason, ...], *,
         case: str | None, second: str | None = None, author: str | None = None,
         recorded_as: Outcome | None = None) -> str:  # fmt: skip
    """Put a reply in force and tell the carrier if it changed; the decision's id.

    After doors close nothing goes to the carrier; anything but OK is then an arrival referral.
    """
    decision = record(s, subject=traveller, case=case, reasons=reasons, second=second,
                      outcome=recorded_as or outcome, author=author)  # fmt: skip
    change_reply(s, node, traveller, outcome)
    s.run("UPDATE act.traveller SET reply_decision = :decision WHERE id = :t",
          decision=decision.id, t=traveller)  # fmt: skip
    s.notify("queue")
    s.notify("flights")
    return decision.id
