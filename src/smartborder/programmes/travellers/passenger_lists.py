"""PAXLST in, CUSRES out: the interactive and the batch passenger list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from smartborder.formats import edifact
from smartborder.model.passenger_list import PassengerList
from smartborder.model.reply import ReplyMessage


class Paxlst:
    """The report kind ``paxlst``: UN/EDIFACT passenger, crew and flight-status messages."""

    id = "paxlst"

    def read(self, data: bytes, received_at: datetime) -> tuple[Any, ...]:
        """Every message in ``data``, tolerant, with findings."""
        return edifact.read_messages(data, travel_year=received_at.year)

    def write(self, reply: ReplyMessage, *, at: datetime, sender: str, recipient: str,
              control_reference: str) -> bytes:  # fmt: skip
        """A CUSRES interchange."""
        return edifact.write_cusres(
            reply, at=at, sender=sender, recipient=recipient, control_reference=control_reference
        )

    def assemble(self, parts: Sequence[PassengerList]) -> tuple[bool, PassengerList]:
        """The parts of a multi-part list as one, and whether it is whole."""
        assembled = edifact.assemble(parts)
        return assembled.complete, assembled.message
