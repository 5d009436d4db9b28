"""Queue work in the transaction that needs it: either both happen or neither does."""

from typing import Any

from smartborder.node.jobs.app import defer_on
from smartborder.node.store.session import Session


def defer(s: Session, name: str, **arguments: Any) -> None:
    """Queue the job ``name``; a worker runs it once this transaction has committed."""
    defer_on(s.driver, name, **arguments)
