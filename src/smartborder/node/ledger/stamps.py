"""Time stamps over heads of the ledger, by an authority of the site's own choice (RFC 3161).

smartborder ships the interface and no authority: a stamp is worth what its authority is worth,
and asking one is a call to a third party that the site must want. Without one it is said so.
"""

from datetime import datetime
from typing import Protocol

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.ledger.proofs import Head


class NoTimeStamps(EnvironmentFault):
    """No time-stamp authority is connected: the partner's counter-signatures date the ledger."""

    code = "ledger.no-time-stamps"
    title = Text("No time-stamp authority", "Aucune autorité d'horodatage")


class TimeStamps(Protocol):
    """A time-stamp authority."""

    def stamp(self, head: Head) -> bytes:
        """A token over the canonical head (RFC 3161 section 2.4.2)."""

    def check(self, head: Head, token: bytes) -> datetime:
        """The instant that a token proves for a head."""


class Absent:
    """What a node has until its site connects an authority: every call says so."""

    def stamp(self, head: Head) -> bytes:
        """Never.

        Raises:
            NoTimeStamps: always.

        """
        raise NoTimeStamps(f"head of {head.size} entries: connect an authority to stamp it")

    def check(self, head: Head, token: bytes) -> datetime:
        """Never.

        Raises:
            NoTimeStamps: always.

        """
        raise NoTimeStamps(f"head of {head.size} entries: connect an authority to check it")
