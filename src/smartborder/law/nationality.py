"""Nationality and issuer as travel documents have them (Doc 9303)."""

from functools import cache
from typing import Any, cast

from smartborder.kernel.resources import read_yaml
from smartborder.model.iso3166 import ASSIGNED


def is_known(code: str) -> bool:
    """Is this a nationality there is? Stateless and refugee codes (XXA, XXB, XXC) are."""
    return code in ASSIGNED and code != "XXX"


@cache
def may_issue(issuer: str, nationality: str) -> bool:
    """May a passport of ``nationality`` have been issued by ``issuer``?"""
    table = cast(dict[str, Any], read_yaml("smartborder.countries", "neutral/documents.yaml"))
    allowed = table["issued-by"].get(nationality)
    return issuer == nationality or (allowed is not None and issuer in allowed)
