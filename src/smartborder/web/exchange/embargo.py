"""Advance notices of listings on screen: sealed until their release, opened by those named.

To an officer who is not named a sealed notice does not exist: its address answers like one that
was never given out, and the try stands in the leak audit. It is not there for him once it was
withdrawn either.
"""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.text import Text
from smartborder.node.access import users
from smartborder.node.access.roles import Act
from smartborder.node.custody import notice_ending, notices
from smartborder.node.custody.embargo import (
    AGREEMENT,
    PURPOSE,
    Notice,
    NoticeUnusable,
    open_notice,
)
from smartborder.node.custody.notice_ending import WhyWithdrawn
from smartborder.node.custody.notices import Announced
from smartborder.node.exchange import embargo, notice_withdrawal
from smartborder.node.store.session import NotFound, Session
from smartborder.web.exchange import notice_form
from smartborder.web.lookout_words import KIND_NAMES
from smartborder.web.page import Form, acting, allowed, home_of, page, see, store_of
from smartborder.web.session import WebRequest

PATH = "/advance-notices"


@get(PATH, name="advance-notices", sync_to_thread=True)
def every(request: WebRequest) -> Response[str]:
    """The notices that name whoever asks, and those released; all of them for an auditor."""
    with acting(request, Act.NOTICE_SEE, purpose=PURPOSE) as s:
        found = notices.announced(s, home_of(request), audits=allowed(request, Act.AUDIT_SEE))
    return _page(request, "notices", found=found)


@get(f"{PATH}/new", name="advance-notice-new", sync_to_thread=True)
def new(request: WebRequest) -> Response[str]:
    """An empty form."""
    with acting(request, Act.LISTING_DECIDE, purpose=PURPOSE):
        return _form(request, {})


@post(f"{PATH}/check", name="advance-notice-check", status_code=200, sync_to_thread=True)
def check(request: WebRequest, data: Form) -> Response[str]:
    """The first step: what would be sealed and sent, to be read once more."""
    with acting(request, Act.LISTING_DECIDE, purpose=PURPOSE):
        try:
            notice = notice_form.read(data, store_of(request).time.now())
        except NoticeUnusable as error:
            return _form(request, data, error)
    return _page(request, "notice_check", notice=notice, typed=_typed(data))


@post(PATH, name="advance-notice-send", status_code=200, sync_to_thread=True)
def send(request: WebRequest, data: Form) -> Response[Any]:
    """The second step: sealed here, on its way to the partner's named officers."""
    try:
        with acting(request, Act.LISTING_DECIDE, purpose=PURPOSE) as s:
            if data.get("step") == "change":
                return _form(request, data)
            made = embargo.send(s, home_of(request), notice_form.read(data, s.now))
    except NoticeUnusable as error:
        return _form(request, data, error)
    return see(request, f"{PATH}/{made}", Text(
        "Sealed, and on its way to the partner.", "Scellé et en route vers le partenaire.",
    ))  # fmt: skip


@get(f"{PATH}/{{notice:str}}", name="advance-notice", sync_to_thread=True)
def one(request: WebRequest, notice: FromPath[str]) -> Response[str]:
    """The outside of one notice; for an auditor who opened it."""
    return _outside(request, notice)


def _outside(request: WebRequest, notice: str, why: str = "",
             error: WhyWithdrawn | None = None) -> Response[str]:  # fmt: skip
    audits = allowed(request, Act.AUDIT_SEE)
    with acting(request, Act.NOTICE_SEE, purpose=PURPOSE) as s:
        known = _known(request, s, notice, audits=audits)
        audit = notices.openings(s, notice) if audits else []
        names = users.names(s, {o.officer for o in audit})
        reason = None
        if known is None:
            open_notice(s, home_of(request), notice)  # keeps the try; it opens for nobody here
        elif known.sees:
            reason = notice_ending.reason(s, home_of(request), notice)
    if known is None:
        raise _unknown()
    return _page(request, "notice", status=error.status if error else 200, n=known, audits=audits,
                 audit=audit, names=names, reason=reason, why=why, error=error)  # fmt: skip


@post(f"{PATH}/{{notice:str}}/open", name="advance-notice-open", status_code=200,
      sync_to_thread=True)  # fmt: skip
def opened(request: WebRequest, notice: FromPath[str]) -> Response[str]:
    """What a notice says, to an officer whom it names; this opening is kept, as is a vain try."""
    content: Notice | None = None
    with acting(request, Act.NOTICE_OPEN, purpose=PURPOSE) as s:
        content = open_notice(s, home_of(request), notice)
        known = _known(request, s, notice)
    if content is None or known is None:
        raise _unknown()
    return _page(request, "notice_opened", n=known, notice=content)


@post(f"{PATH}/{{notice:str}}/withdraw", name="advance-notice-withdraw", status_code=200,
      sync_to_thread=True)  # fmt: skip
def withdraw(request: WebRequest, notice: FromPath[str], data: Form) -> Response[Any]:
    """Withdraw a notice of ours: destroyed here at once, and at the partner when it hears of it."""
    why = data.get("why", "")
    try:
        with acting(request, Act.NOTICE_WITHDRAW, purpose=PURPOSE) as s:
            done = notice_withdrawal.withdraw(s, home_of(request), notice, why)
    except WhyWithdrawn as error:
        return _outside(request, notice, why, error)
    if not done:
        raise _unknown()
    return see(request, f"{PATH}/{notice}", Text(
        "Withdrawn and destroyed here; the partner is told.",
        "Retiré et détruit ici; le partenaire en est avisé.",
    ))  # fmt: skip


def _known(request: WebRequest, s: Session, notice: str, *,
           audits: bool = False) -> Announced | None:  # fmt: skip
    found = notices.announced(s, home_of(request), audits=audits, record=notice)
    return found[0] if found else None


def _unknown() -> NotFound:
    """The very answer to an address that was never given out."""
    return NotFound("no such record, or not under this purpose")


def _form(request: WebRequest, data: Mapping[str, str],
          error: NoticeUnusable | None = None) -> Response[str]:  # fmt: skip
    return _page(request, "notice_new", status=error.status if error else 200, typed=_typed(data),
                 at=error.where.get("field", "release_at") if error else None)  # fmt: skip


def _typed(data: Mapping[str, str]) -> dict[str, str]:
    return {field: data.get(field, "") for field in notice_form.FIELDS}


def _page(request: WebRequest, template: str, status: int = 200, **shown: Any) -> Response[str]:
    return page(request, f"exchange/{template}.html", status=status, section="advance-notices",
                agreement=AGREEMENT, purpose=PURPOSE, kind_names=KIND_NAMES, **shown)  # fmt: skip
