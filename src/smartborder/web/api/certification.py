"""``/v1/certification`` and ``/v1/rehearsals``: what a client does before it goes live."""

from datetime import datetime

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery

from smartborder.model.reply import ReplyCode
from smartborder.node.act.intake import PURPOSE
from smartborder.node.carriers import admission, certification, rehearsal
from smartborder.node.store.session import Actor
from smartborder.web.api.caller import caller
from smartborder.web.security import MACHINE
from smartborder.web.session import WebRequest, node_of


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How far one is on the way from test to live.

    Attributes:
        live: whether one is live already.
        ready: whether the last run lets one go live now.
        counts_until: until when it does; null for a run that did not pass.
        run: the last run; null where there is none.

    """

    live: bool
    ready: bool
    counts_until: datetime | None
    run: certification.Run | None


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """The reply now in force for a test traveller: what it means, and its code."""

    reference: str
    meaning: ReplyCode
    code: str


@get("/v1/certification", sync_to_thread=True)
def standing(request: WebRequest) -> Standing:
    """One's last certification run, and whether one may go live on it."""
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        run = certification.latest(s, client.id)
        live = admission.is_live(s, client.id)
        ready = not live and admission.counts(run, s.now)
    return Standing(live=live, ready=ready, run=run,
                    counts_until=admission.counts_until(run) if run else None)  # fmt: skip


@post("/v1/certification", sync_to_thread=True, status_code=200, opt={MACHINE: True})
def judge(request: WebRequest, since: FromQuery[datetime | None] = None) -> certification.Run:
    """Judge one's own test traffic since an instant; the id of the run is the evidence.

    Raises:
        LiveKey: the key is a live one.
        BadCursor: ``since`` has no offset.

    """
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        return certification.judge(s, client, since=since)


@post("/v1/rehearsals/{reference:str}/changed-reply", sync_to_thread=True, status_code=200,
      opt={MACHINE: True})  # fmt: skip
def changed_reply(request: WebRequest, reference: FromPath[str]) -> Changed:
    """Have the reply of one's own test traveller change; the message then waits to be fetched.

    Raises:
        LiveKey: the key is a live one.
        NotFound: no test traveller of one's own has that unique reference (RFF+ABO).

    """
    client = caller(request)
    node = node_of(request)
    with node.store.act(Actor("client", client.id), PURPOSE) as s:
        meaning = rehearsal.change(s, node, client, reference)
    return Changed(reference=reference, meaning=meaning, code=node.pack.replies[meaning].code)
