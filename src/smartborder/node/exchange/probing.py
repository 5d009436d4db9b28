"""Whether the partner's questions look like fishing, and which of them a person reviews.

A partner that asks about many people whom nobody here knows may be trying names. From then on
its questions are answered like absent records until a person has looked at them.
"""

import hmac
from datetime import timedelta

from smartborder.kernel.text import Text
from smartborder.model.exchange import EnvelopeRefused
from smartborder.node.exchange.refusals import refused
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Ahead, Session

WINDOW = timedelta(hours=1)
MISSES = 40
"""Questions within the window about people whom no file here names."""
LOOKED_AT = 200
"""The newest questions of the window that are looked at."""
SHARE = 0.9
"""Share of such questions among those looked at."""
ONE_IN = 20
"""One question in twenty is drawn for review."""


class Probing(EnvelopeRefused):
    """The partner asks about many people whom nobody here knows: a person must look."""

    code = "exchange.probing"
    title = Text("Questions that look like probing", "Demandes qui ressemblent à un sondage")


def lately(s: Session, partner: str) -> Ahead:
    """The partner's questions of the last hour, for :func:`suspect`."""
    return s.ahead(
        "SELECT count(*) AS asked, count(*) FILTER (WHERE file IS NULL) AS missed FROM (SELECT file"
        " FROM exchange.query WHERE way = 'in' AND partner = :partner AND asked_at > :since"
        " ORDER BY asked_at DESC LIMIT :looked) lately",
        partner=partner,
        looked=LOOKED_AT,
        since=s.now - WINDOW,
    )


def suspect(s: Session, partner: str, asked: Ahead) -> bool:
    """Whether the partner's questions :func:`lately` look like probing; noted when they begin."""
    (row,) = asked.rows()
    found: bool = row["missed"] >= MISSES and row["missed"] >= SHARE * row["asked"]
    if found:
        noted = s.value("SELECT 1 FROM exchange.refusal WHERE partner = :p AND code = :code"
                        " AND at > :since LIMIT 1",
                        p=partner, code=Probing.code, since=s.now - WINDOW)  # fmt: skip
        if not noted:
            refused(s, partner, Probing.code, f"{row['missed']} of {row['asked']} within an hour")
    return found


def drawn(home: NodeHome, envelope: str) -> bool:
    """Whether this question is drawn for review: under our key, so the partner cannot tell."""
    return hmac.digest(home.data_key(), envelope.encode(), "sha256")[-1] % ONE_IN == 0


def review(s: Session, query: str) -> None:
    """A person looked at a drawn question.

    Raises:
        NotFound: there is none of that id to review.

    """
    s.one(
        "UPDATE exchange.query SET reviewed_by = :by, reviewed_at = :now WHERE id = :id"
        " AND sampled AND reviewed_at IS NULL RETURNING id",
        id=query,
        by=s.actor.label,
        now=s.now,
    )
    s.leaf("query", query, {"reviewed": s.actor.label})
