"""Floor 4: one sovereign node: its store, its acts, its keys, its partner."""
