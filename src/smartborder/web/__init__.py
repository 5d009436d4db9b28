"""Floor 7: the HTTP API and the officer screens."""
