"""Who reports: an airline host, a handling agent or a gateway, for the carriers it serves."""

from typing import Literal

import msgspec


class ReportingClient(msgspec.Struct, frozen=True, kw_only=True):
    """A client as the intake sees it, after its key was checked.

    Attributes:
        id: record id of the client.
        carriers: airline designators it may report for.
        mode: ``test`` traffic is read, checked and answered, and never reaches an officer.
        address: how replies are addressed to it in UNB.
    """

    id: str
    carriers: frozenset[str]
    mode: Literal["live", "test"] = "live"
    address: str = "CARRIER"
