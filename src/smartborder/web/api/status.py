"""``GET /v1/status``: is the node there, are its checks complete, and who am I to it."""

from datetime import datetime
from typing import Literal

import msgspec
from litestar import get

from smartborder import __version__
from smartborder.kernel.text import Text
from smartborder.node.act.intake import PURPOSE
from smartborder.node.carriers import completeness, pushing
from smartborder.node.store.session import Actor
from smartborder.web.api.caller import caller
from smartborder.web.session import WebRequest, node_of


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who the caller is to the node.

    Attributes:
        mode: of the key.
        carriers: for whom one may report.
        address: how replies are addressed (UNB).
        replies_waiting: changed replies that wait for an acknowledgement.

    """

    id: str
    mode: Literal["live", "test"]
    carriers: tuple[str, ...]
    address: str
    replies_waiting: int


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the node as a carrier's system may know it.

    Attributes:
        node: ISO 3166 alpha-3 code of its country.
        country: the alpha-2 code.
        version: of the software.
        now: the node's clock.
        checks_complete: false means: replies are given all the same, and travellers are checked
            again when what is missing is back.
        last_list_at: when a list was last imported; null where there is none.
        edifact_id: how the node is addressed (UNB).
        reply_codes: the code table of its replies (ERC): code to meaning.
        help_desk: how to reach help, in both languages.
        push_key: checks the signature of pushed replies (Standard Webhooks, ``v1a``).

    """

    node: str
    country: str
    version: str
    now: datetime
    up: bool = True
    checks_complete: bool
    last_list_at: datetime | None
    edifact_id: str
    reply_codes: dict[str, str]
    help_desk: Text
    push_key: str
    client: Me


@get("/v1/status", sync_to_thread=True)
def status(request: WebRequest) -> Status:
    """The state of the node, with the codes of its replies, and who one is to it."""
    client = caller(request)
    node = node_of(request)
    with node.store.act(Actor("client", client.id), PURPOSE) as s:
        now = completeness.state(s, node)
        waiting = s.value(
            "SELECT count(*) FROM act.reply WHERE client = :client AND mode = :mode"
            " AND state IN ('awaiting-ack', 'escalated')",
            client=client.id,
            mode=client.mode,
        )
    return Status(
        node=node.home.node_id, country=node.pack.code, version=__version__, now=now.at,
        checks_complete=now.complete, last_list_at=now.last_list,
        edifact_id=node.pack.edifact_id, help_desk=node.pack.help_desk,
        reply_codes={row.code: meaning for meaning, row in node.pack.replies.items()},
        push_key=pushing.public_key(node),
        client=Me(id=client.id, mode=client.mode, carriers=tuple(sorted(client.carriers)),
                  address=client.address, replies_waiting=waiting),
    )  # fmt: skip
