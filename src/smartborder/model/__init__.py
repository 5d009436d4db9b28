"""Floor 2: the vocabulary. Immutable structs that keep their own invariants."""
