"""Has a client shown that it can speak with this node? Read from what it sent in test mode.

The node judges by its own records, not by what a client says of itself. A run that passed is the
evidence with which the carrier desk lets a client go live.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.act.sender import ReportingClient
from smartborder.node.carriers.log import instant
from smartborder.node.store.session import Session

WINDOW = timedelta(days=30)
"""Test traffic older than this shows nothing any more."""


class LiveKey(StateError):
    """Certification and rehearsals are for test keys: nothing of them may touch live traffic."""

    code = "certification.live-key"
    title = Text("Only with a test key", "Seulement avec une clé d'essai")


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a client must have shown.

    Attributes:
        record: the message or reply that shows it.

    """

    id: str
    title: Text
    shown: bool
    record: str | None = None


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement.

    Attributes:
        id: the evidence, which going live asks for.
        since: traffic before it was not looked at.
        criteria: all that must be shown.
        passed: whether all of it was.

    """

    id: str
    client: str
    at: datetime
    since: datetime
    criteria: tuple[Criterion, ...]
    passed: bool


_MESSAGE = (
    "SELECT m.id FROM act.message m WHERE m.client = :client AND m.mode = 'test'"
    " AND m.state = 'answered' AND m.received_at >= :since"
)
_NO_ERROR = ' AND NOT m.findings @> \'[{"severity": "error"}]\''
CRITERIA: Mapping[str, tuple[Text, str]] = {
    "good-list": (
        Text("A passenger list without errors", "Une liste de passagers sans erreur"),
        f"{_MESSAGE} AND m.purpose = 'passenger-list' AND m.travellers > 0{_NO_ERROR}",
    ),
    "change": (
        Text("A change about a traveller reported before",
             "Une modification concernant un voyageur déjà déclaré"),
        f"{_MESSAGE} AND m.purpose = 'passenger-change' AND EXISTS (SELECT FROM"
        " act.traveller_version v WHERE v.message = m.id AND v.version > 1)",
    ),
    "cancel": (
        Text("A traveller taken off a flight", "Un voyageur retiré d'un vol"),
        f"{_MESSAGE} AND m.purpose IN ('passenger-cancel', 'passenger-reduction')",
    ),
    "close-out": (
        Text("A close-out with those aboard", "Un avis de clôture avec les personnes à bord"),
        f"{_MESSAGE} AND m.purpose = 'flight-close-out' AND m.travellers > 0",
    ),
    "multi-part": (
        Text("A list in several parts, complete", "Une liste complète en plusieurs parties"),
        f"{_MESSAGE} AND m.part IS NULL AND m.common_reference IN (SELECT p.common_reference"
        " FROM act.message p WHERE p.client = :client AND p.mode = 'test'"
        " AND p.state = 'assembled' AND p.received_at >= :since"
        " GROUP BY p.common_reference HAVING count(*) > 1)"
        " AND NOT m.findings @> '[{\"code\": \"edifact.partial-list\"}]'",
    ),
    "acknowledgement": (
        Text("An unsolicited reply acknowledged", "Une réponse non sollicitée confirmée"),
        "SELECT r.id FROM act.reply r WHERE r.client = :client AND r.mode = 'test'"
        " AND r.kind = 'unsolicited' AND r.state = 'acknowledged' AND r.created_at >= :since",
    ),
    "retry": (
        Text("The same message again under the same reference",
             "Le même message renvoyé sous la même référence"),
        f"{_MESSAGE} AND (SELECT count(DISTINCT r.transmission) FROM act.reply r"
        " WHERE r.message = m.id AND r.kind = 'reply') > 1",
    ),
    "damaged": (
        Text("A damaged message survived, and traffic after it",
             "Un message endommagé supporté, et des échanges ensuite"),
        "SELECT m.id FROM act.message m WHERE m.client = :client AND m.mode = 'test'"
        " AND m.received_at >= :since AND m.findings @> '[{\"severity\": \"error\"}]'"
        " AND EXISTS (SELECT FROM act.message n WHERE n.client = :client AND n.mode = 'test'"
        "  AND n.state = 'answered' AND n.received_at > m.received_at)",
    ),
}  # fmt: skip


def judge(s: Session, client: ReportingClient, *, since: datetime | None = None) -> Run:
    """Judge a client by its test traffic since an instant (thirty days at most), and keep it.

    Raises:
        LiveKey: the client showed a live key.
        BadCursor: ``since`` has no offset.

    """
    if client.mode != "test":
        raise LiveKey("use a test key")
    begins = max(instant(since) or s.now - WINDOW, s.now - WINDOW)
    criteria = []
    for name, (title, sql) in CRITERIA.items():
        record = s.value(sql + " LIMIT 1", client=client.id, since=begins)
        criteria.append(Criterion(id=name, title=title, shown=record is not None, record=record))
    run = Run(id=s.new_id("run"), client=client.id, at=s.now, since=begins,
              criteria=tuple(criteria), passed=all(c.shown for c in criteria))  # fmt: skip
    s.run(
        "INSERT INTO carriers.run (id, client, at, since, criteria, passed)"
        " VALUES (:id, :client, :at, :since, :criteria, :passed)",
        id=run.id,
        client=run.client,
        at=run.at,
        since=run.since,
        criteria=msgspec.json.encode(run.criteria).decode(),
        passed=run.passed,
    )
    s.leaf("certification", run.id, {"client": client.id, "passed": run.passed,
                                     "shown": [c.id for c in criteria if c.shown]})  # fmt: skip
    return run


def latest(s: Session, client: str) -> Run | None:
    """The last run of a client."""
    row = s.first("SELECT * FROM carriers.run WHERE client = :c ORDER BY id DESC LIMIT 1", c=client)
    return msgspec.convert(row, Run) if row else None


def run_of(s: Session, run: str, client: str) -> Run:
    """A run of this client.

    Raises:
        NotFound: there is none of that id, or it is somebody else's.

    """
    return msgspec.convert(
        s.one("SELECT * FROM carriers.run WHERE id = :id AND client = :c", id=run, c=client), Run
    )
