"""Floor 5: the thirty points as programmes: kinds, checks and panels, no socket and no queue."""
