"""A reason that somebody states for an act of custody: how long it must be, and how it is kept."""

LEAST, MOST = 10, 500
"""Characters, after runs of blanks became one."""


def reason(why: str) -> str | None:
    """The reason as it is kept; None if it is too short or too long."""
    said = " ".join(why.split())
    return said if LEAST <= len(said) <= MOST else None
