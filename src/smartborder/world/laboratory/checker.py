"""Reads both nodes' databases after a fault, with its own eyes, and names whatever is wrong.

It asks neither node's code: three questions in SQL to each database, compared here. Nothing
lost: what the sender settled as applied has its effect at the receiver. Nothing doubled: one
effect for each envelope. In order: along each series the receiver applied rising numbers.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import psycopg
from psycopg.rows import dict_row

from smartborder.node.home import NodeHome


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What was found; empty lists mean that everything holds."""

    lost: list[str]
    doubled: list[str]
    disordered: list[str]
    unsettled: list[str]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.doubled or self.disordered or self.unsettled)


def check(sender: NodeHome, receiver: NodeHome, records: Sequence[str]) -> Verdict:
    """Compare both databases about these records of the sender (look-outs).

    A record is lost if its newest version is not the current one at the receiver; doubled if a
    version stands there twice or an envelope was applied twice; disordered if a later number of
    its series was applied before an earlier one; unsettled if an envelope still waits.
    """
    sent = _rows(sender, "SELECT id, state FROM exchange.outbox WHERE record = ANY(%s) ORDER BY n",
                 list(records))  # fmt: skip
    applied = _rows(receiver, "SELECT id, subject, sequence, outcome FROM exchange.inbox"
                              " WHERE id = ANY(%s) ORDER BY received_at, sequence",
                    [r["id"] for r in sent])  # fmt: skip
    current = "SELECT id, version FROM lookouts.lookout WHERE id = ANY(%s) AND current"
    ours = {r["id"]: r["version"] for r in _rows(sender, current, list(records))}
    there = _rows(receiver, current, list(records))
    theirs = {r["id"]: r["version"] for r in there}
    versions = _rows(
        receiver,
        "SELECT id, version, count(*) AS n FROM lookouts.lookout WHERE id = ANY(%s)"
        " GROUP BY id, version",
        list(records),
    )
    return Verdict(
        lost=sorted(r for r in records if theirs.get(r) != ours.get(r)),
        doubled=sorted({r["id"] for r in versions if r["n"] > 1}
                       | {r["id"] for r in there if _count(there, r["id"]) > 1}
                       | {r["id"] for r in applied if _count(applied, r["id"]) > 1}),
        disordered=_disordered(applied),
        unsettled=sorted(r["id"] for r in sent if r["state"] in ("waiting", "sent")),
    )  # fmt: skip


def _count(rows: Sequence[dict[str, Any]], record: str) -> int:
    return sum(r["id"] == record for r in rows)


def _disordered(applied: Sequence[dict[str, Any]]) -> list[str]:
    last: dict[str, int] = {}
    wrong = []
    for row in applied:
        if row["outcome"] == "applied" and row["sequence"] <= last.get(row["subject"], 0):
            wrong.append(row["id"])
        last[row["subject"]] = max(row["sequence"], last.get(row["subject"], 0))
    return wrong


def _rows(home: NodeHome, sql: str, ids: list[str]) -> list[dict[str, Any]]:
    with psycopg.connect(home.dsn("app"), row_factory=dict_row) as connection:
        connection.execute("SELECT set_config('smartborder.purpose', 'laboratory', true)")
        return connection.execute(sql, (ids,)).fetchall()
