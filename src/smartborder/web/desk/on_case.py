"""Opening a case: its own purpose, its holder, and the right to do what is asked, in one place."""

from collections.abc import Iterator
from contextlib import contextmanager

from smartborder.node.access.roles import Act, Circumstances, may
from smartborder.node.desk import cases, claims
from smartborder.node.node import Node
from smartborder.node.store.session import Session
from smartborder.web.session import WebRequest, acting, signed_in, store_of


@contextmanager
def on_case(
    request: WebRequest, act: Act, case_id: str, *, first_by: str | None = None
) -> Iterator[Session]:
    """A transaction on a case, under the purpose of the case; working on it keeps one's lease.

    A case that nobody holds counts as assigned to whoever may take it: deciding takes it.

    Raises:
        NotFound: there is none, or not for people at the desk.
        NotAllowed: the table of roles says no.
    """
    user = signed_in(request)
    with store_of(request).act(user.actor, cases.QUEUE_PURPOSE) as s:
        head = cases.head(s, case_id)
        holder = claims.holder(head, s)
    if holder is None and may(user.roles, Act.CASE_CLAIM):
        holder = user.id
    here = Circumstances(user=user.id, assigned_to=holder, first_by=first_by)
    with acting(request, act, purpose=head["purpose"], case=case_id, circumstances=here) as session:
        claims.renew(session, case_id)
        yield session


def node_of(request: WebRequest) -> Node:
    """The node with its programmes."""
    node: Node = request.app.state.node
    return node
