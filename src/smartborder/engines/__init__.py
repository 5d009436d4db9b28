"""Floor 3: pure computing engines (screening, and later scenarios, queueing, fingerprints)."""
