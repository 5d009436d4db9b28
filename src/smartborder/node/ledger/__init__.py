"""Append-only leaves of salted commitments, hash-linked; proofs from outside."""
