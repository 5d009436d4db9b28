"""Signatures, versions and in-force state of agreements."""
