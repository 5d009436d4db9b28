"""What was refused leaves a trace of its own, attributed to the partner it came from."""

from smartborder.kernel.errors import SmartborderError
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Actor, Session, Store


def remember(home: NodeHome, store: Store, error: SmartborderError) -> None:
    """Write down a refusal whose own transaction is gone."""
    partner = home.partner.node_id if home.partner else None
    with store.act(Actor("partner", partner or "unknown"), "exchange") as s:
        refused(s, partner, error.code, error.detail)
        s.notify("exchange")


def refused(s: Session, partner: str | None, code: str, detail: str) -> None:
    """Write down a refusal in the transaction that makes it."""
    s.run(
        "INSERT INTO exchange.refusal (id, at, partner, code, detail)"
        " VALUES (:id, :now, :partner, :code, :detail)",
        id=s.new_id("refusal"),
        now=s.now,
        partner=partner,
        code=code,
        detail=detail[:500],
    )
