"""Floor 7: one command, the same words as the API and the screens."""
