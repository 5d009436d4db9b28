"""The matcher: names, dates and documents against listed entries. Pure; see docs/explanation.

snapshot = Snapshot.build(entries, version="2026-11-24")
hits_of_each = snapshot.screen(queries)
"""

from smartborder.engines.screening.reverse import IdentityIndex, reverse
from smartborder.engines.screening.snapshot import Snapshot

__all__ = ["IdentityIndex", "Snapshot", "reverse"]
