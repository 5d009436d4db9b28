"""What every boarding rule asks of the report itself, whatever the country."""

from smartborder.law.entry_facts import PASSPORTS, BoardingFacts
from smartborder.law.nationality import is_known


def not_reported(facts: BoardingFacts) -> list[str]:
    """What the carrier has to send again before anything can be said; empty if nothing."""
    missing = []
    if not facts.nationalities or not all(is_known(n) for n in facts.nationalities):
        missing.append("nationalities")
    if facts.document_type is None:
        missing.append("document_type")
    elif facts.document_type != "none":
        if not facts.document_number:
            missing.append("document_number")
        if facts.document_expires is None and facts.document_type in PASSPORTS:
            missing.append("document_expires")
    return missing
