"""The flights of the demo day, and the messages that airlines send about them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

import msgspec

from smartborder.formats import edifact
from smartborder.model.passenger_list import Leg, PassengerList, Purpose, Traveller

_FUNCTION = {"passenger-change": "CP", "flight-close-out": "CLOB", "passenger-cancel": "XR"}


class Airline:
    """An airline host as a border agency meets it: it sends PAXLST and reads CUSRES."""

    def __init__(self, carrier: str, address: str, recipient: str) -> None:
        """``carrier``: airline designator; ``recipient``: the node's EDIFACT address."""
        self.carrier = carrier
        self.address = address
        self.recipient = recipient
        self._numbers = count(1)

    def message(self, leg: Leg, people: Sequence[Traveller], at: datetime,
                purpose: Purpose = "passenger-list") -> bytes:  # fmt: skip
        """One PAXLST interchange about ``people`` on ``leg``; each has a reference of its own."""
        reference = f"{self.carrier}{at:%y%m%d}{next(self._numbers):05}"
        report = PassengerList(
            version="D:02B", sender=self.address, recipient=self.recipient,
            interchange_reference=reference, reference="1", transaction=reference,
            purpose=purpose, function=_FUNCTION.get(purpose),
            reporting_party=f"{self.carrier} DEPARTURE CONTROL", itinerary=(leg,),
            travellers=tuple(
                msgspec.structs.replace(p, embarks=leg.origin, disembarks=leg.destination)
                for p in people
            ),
        )  # fmt: skip
        return edifact.write_paxlst(report, at=at, sender=self.address, recipient=self.recipient,
                                    control_reference=reference)  # fmt: skip
