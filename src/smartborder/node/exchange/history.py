"""What came in, what was refused, which heads were counter-signed: for screens."""

from collections.abc import Collection
from typing import Any

from smartborder.node.store.session import Session


def refusals(s: Session, most: int = 50) -> list[dict[str, Any]]:
    """Messages of the partner that were refused whole or in part, newest first."""
    return [dict(r) for r in s.rows(
        "SELECT at, partner, code, detail FROM exchange.refusal ORDER BY at DESC, id DESC"
        " LIMIT :most", most=most,
    )]  # fmt: skip


def received(s: Session, most: int = 50, *, hidden: Collection[str] = (),
             sealed: Collection[str] = ()) -> list[dict[str, Any]]:  # fmt: skip
    """Envelopes of the partner and what became of them, newest first, none of ``hidden`` records.

    Nor those under a ``sealed`` agreement of which no record was made: whom they name is not known.
    """
    return [dict(r) for r in s.rows(
        "SELECT id, partner, agreement, header ->> 'kind' AS kind, header ->> 'purpose' AS purpose,"
        " received_at, outcome, code, record FROM exchange.inbox"
        " WHERE CASE WHEN record IS NULL THEN agreement <> ALL(:sealed)"
        " ELSE record <> ALL(:hidden) END ORDER BY received_at DESC, id DESC LIMIT :most",
        most=most, hidden=list(hidden), sealed=list(sealed),
    )]  # fmt: skip


def heads(s: Session) -> list[dict[str, Any]]:
    """The newest head of our ledger that each partner counter-signed."""
    return [dict(r) for r in s.rows(
        "SELECT DISTINCT ON (partner) partner, size, encode(root, 'hex') AS root, at"
        " FROM ledger.head ORDER BY partner, size DESC"
    )]  # fmt: skip
