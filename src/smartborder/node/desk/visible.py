"""Who sees which hits: a silent look-out is for its owner alone.

Everybody at a desk, at the arrivals lane and in secondary works as if a silent hit were not
there; the owner of the look-out has a list of his own (:mod:`silent`).
"""

SILENT = "silent"
HIT = "h.instruction <> 'silent'"
"""SQL condition on ``act.hit h``."""
CASE = "(c.instruction IS NULL OR c.instruction <> 'silent')"
"""SQL condition on ``act.case_file c``."""
LIVE = "f.mode = 'live'"
"""SQL condition on ``act.flight f``: test traffic never reaches an officer."""
