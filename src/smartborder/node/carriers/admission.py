"""From test to live: the one rule, for command, screen and API alike.

A client goes live on a certification run of its own that passed and is at most thirty days old.
Whoever lets it go live names the run; the rule looks at the run and at nothing anybody says of it.
"""

from datetime import datetime, timedelta

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.access import clients
from smartborder.node.access.clients import Client
from smartborder.node.carriers import certification
from smartborder.node.carriers.certification import Run
from smartborder.node.store.session import NotFound, Session

COUNTS_FOR = timedelta(days=30)
"""How long a run that passed is evidence."""


class NoEvidence(StateError):
    """Going live needs a certification run of this very client that passed at most 30 days ago."""

    code = "certification.no-evidence"
    title = Text("No certification run that counts", "Aucune certification valable")


class LiveAlready(StateError):
    """The client has left test mode; give it another live key if it needs one."""

    code = "client.live-already"
    title = Text("The client is live already", "Le client est déjà en mode réel")


def counts_until(run: Run) -> datetime | None:
    """Until when a run is evidence; None for one that did not pass."""
    return run.at + COUNTS_FOR if run.passed else None


def counts(run: Run | None, now: datetime) -> bool:
    """Whether a client may go live on this run at ``now``."""
    until = counts_until(run) if run else None
    return until is not None and now < until


def is_live(s: Session, client: str) -> bool:
    """Whether a client has left test mode."""
    return clients.find(s, client).live_since is not None


def admit(s: Session, client: Client, evidence: str) -> str:
    """End the test mode of a client; its first live key, to be shown once.

    Args:
        s: the transaction of whoever decides it.
        client: in test mode.
        evidence: id of the certification run.

    Raises:
        LiveAlready: it is not in test mode.
        NoEvidence: there is no such run, or it is another client's, failed or too old.

    """
    if client.live_since is not None:
        raise LiveAlready("it needs no evidence any more", client=client.id)
    try:
        run = certification.run_of(s, evidence, client.id)
    except NotFound as error:
        raise NoEvidence("this client has no run of that id; see smartborder carrier certify",
                         client=client.id) from error  # fmt: skip
    if not run.passed:
        lacking = ", ".join(c.id for c in run.criteria if not c.shown)
        raise NoEvidence(f"the run did not pass; not shown: {lacking}", run=run.id)
    if not counts(run, s.now):
        raise NoEvidence(f"the run is older than {COUNTS_FOR.days} days; certify again", run=run.id)
    clients.go_live(s, client.id, run.id)
    return clients.make_key(s, clients.find(s, client.id), "live")
