"""Running every registered check and making one result of them."""

from collections.abc import Sequence

import msgspec
from rapidfuzz.distance import OSA

from smartborder.model.passenger_list import Traveller
from smartborder.model.reason import Reason
from smartborder.model.reply import ReplyCode
from smartborder.node.act.identity import document_key
from smartborder.node.act.programme import (
    Check,
    CheckContext,
    CheckResult,
    CheckSubject,
    Entitlement,
)
from smartborder.node.store.session import Session

_WEIGHT: dict[ReplyCode, int] = {
    "ok": 0, "duplicate": 1, "contact-government": 2, "not-ok": 3, "insufficient": 4, "error": 5,
}  # fmt: skip


class Combined(msgspec.Struct, frozen=True):
    """All checks of one traveller together: the reply, every reason, every result."""

    result: ReplyCode
    reasons: tuple[Reason, ...]
    results: tuple[CheckResult, ...]
    delegated_by: str | None


def entitlements(s: Session, people: Sequence[Traveller]) -> list[dict[str, Entitlement]]:
    """What our registers hold for each person's document, by kind."""
    keys = [document_key(p) for p in people]
    wanted = sorted({k.split("/")[0] for k in keys if k})
    found: dict[str, dict[str, Entitlement]] = {}
    for row in s.rows(
        "SELECT kind, document, issuer, valid_from, valid_to, status FROM act.entitlement"
        " WHERE document = ANY(:wanted)",
        wanted=wanted,
    ):
        held = msgspec.convert(row, Entitlement)
        found.setdefault(f"{held.document}/{held.issuer}", {})[held.kind] = held
    return [found.get(k or "", {}) for k in keys]


def near_misses(
    s: Session, people: Sequence[Traveller], held: Sequence[dict[str, Entitlement]]
) -> list[tuple[Entitlement, ...]]:
    """For people with nothing on file: what is on file one character off their number.

    One wrong, missing, added or swapped character leaves the first or the last four
    characters of a number whole, so those are looked up and the rest is compared here.
    """
    found: list[tuple[Entitlement, ...]] = [()] * len(people)
    asked = {i: key for i, p in enumerate(people)
             if not held[i] and len(key := (document_key(p) or "").split("/")[0]) >= 6}  # fmt: skip
    if not asked:
        return found
    rows = s.rows(
        "SELECT kind, document, issuer, valid_from, valid_to, status FROM act.entitlement"
        " WHERE head = ANY(:heads) OR tail = ANY(:tails)",
        heads=[k[:4] for k in asked.values()],
        tails=[k[-4:] for k in asked.values()],
    )
    for i, key in asked.items():
        issuers = {d.issuer for d in people[i].documents}
        found[i] = tuple(
            msgspec.convert(r, Entitlement)
            for r in rows
            if r["issuer"] in issuers and OSA.distance(r["document"], key, score_cutoff=1) == 1
        )
    return found


def complete_registers(s: Session) -> frozenset[str]:
    """Kinds of entitlement for which 'not found' means 'none'."""
    return frozenset(r["kind"] for r in s.rows("SELECT kind FROM act.register_state"))


def run_checks(
    checks: Sequence[Check], subjects: Sequence[CheckSubject], context: CheckContext
) -> list[Combined]:
    """Every check over all subjects; the heaviest result of each subject is its reply."""
    columns = [check(subjects, context) for check in checks]
    combined = []
    for index in range(len(subjects)):
        results = tuple(column[index] for column in columns)
        decisive = max(results, key=lambda r: _WEIGHT[r.result])
        reasons = tuple(r for result in results for r in result.reasons)
        combined.append(Combined(decisive.result, reasons, results, decisive.delegated_by))
    return combined
