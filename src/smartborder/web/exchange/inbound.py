"""Where the partner's node posts: the bytes are handed on, everything else is ``node.exchange``."""

from litestar import Response, post
from litestar.params import RawBody

from smartborder.node.exchange import at_once, inbox
from smartborder.node.exchange import hello as hellos
from smartborder.node.exchange.wire import (
    BATCH_PATH,
    HELLO_PATH,
    MAX_BODY,
    QUERY_PATH,
    RECEIPTS_PATH,
)
from smartborder.web.security import MACHINE
from smartborder.web.session import WebRequest, home_of, store_of

JSON = "application/json"


@post(BATCH_PATH, status_code=200, opt={MACHINE: True}, request_max_body_size=MAX_BODY,
      include_in_schema=False, sync_to_thread=True)  # fmt: skip
def batch(request: WebRequest, body: RawBody) -> Response[bytes]:
    """A signed batch in, a counter-signed receipt out."""
    return Response(inbox.receive(home_of(request), store_of(request), body), media_type=JSON)


@post(HELLO_PATH, status_code=200, opt={MACHINE: True}, request_max_body_size=100_000,
      include_in_schema=False, sync_to_thread=True)  # fmt: skip
def hello(request: WebRequest, body: RawBody) -> Response[bytes]:
    """'I am here', answered and counter-signed."""
    return Response(hellos.receive(home_of(request), store_of(request), body), media_type=JSON)


@post(QUERY_PATH, status_code=200, opt={MACHINE: True}, request_max_body_size=MAX_BODY,
      include_in_schema=False, sync_to_thread=True)  # fmt: skip
def query(request: WebRequest, body: RawBody) -> Response[bytes]:
    """Signed questions in, their receipt and the answers out."""
    return Response(at_once.receive(home_of(request), store_of(request), body), media_type=JSON)


@post(RECEIPTS_PATH, status_code=200, opt={MACHINE: True}, request_max_body_size=MAX_BODY,
      include_in_schema=False, sync_to_thread=True)  # fmt: skip
def receipts(request: WebRequest, body: RawBody) -> Response[bytes]:
    """Receipts for answers that were given at once."""
    answer = at_once.receive_receipts(home_of(request), store_of(request), body)
    return Response(answer, media_type=JSON)
