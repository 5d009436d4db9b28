"""Determinations kept: facts and the law's proposal version by version, and what a person decided.

A proposal never becomes a decision by itself: :mod:`.deciding` takes an officer's name and
reasons, and refuses an adverse decision that the law, on the facts as they stand, does not bear.
"""
