"""Custody: what every kept record carries, and Caveats that travel with it."""

from datetime import datetime

import msgspec


class Custody(msgspec.Struct, frozen=True, kw_only=True):
    """Source, purpose, caveats and delete-by of a kept record.

    Attributes:
        source: who gave it (``client:<id>``, ``partner:USA``, ``officer:<id>``).
        purpose: why we may hold it (a purpose code of the country pack).
        agreement: the agreement it came under; None for our own collection.
        delete_by: when it must be gone; None only where law sets no limit.

    """

    source: str
    purpose: str
    caveats: tuple[str, ...] = ()
    agreement: str | None = None
    delete_by: datetime | None = None
