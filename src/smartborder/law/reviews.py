"""Counsel's reviews: which version of a rule set a named counsel has read and approved.

The version of a rule set is the hash of its module and of every provision it cites, as they
stand. Change either, and the review no longer covers it. Without one a rule set runs in
demonstration and advisory mode only.
"""

from functools import cache

import msgspec

from smartborder.kernel.canonical import canonical, sha256_hex
from smartborder.kernel.resources import ResourceMissing, read_bytes, read_yaml
from smartborder.law import registry
from smartborder.law.errors import NotReviewed
from smartborder.law.provisions import PACKAGE, provisions
from smartborder.law.rule import AnyRule


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One review: of a rule, in one version, by a named counsel, on a day."""

    rule: str
    version: str
    counsel: str
    reviewed_on: str


@cache
def version(rule: str, country: str) -> str:
    """The version of a rule set: SHA-256 over its module and the provisions it cites."""
    found = registry.find(rule, country)
    known = provisions(found.pack)
    law = {c: _plain(known[c]) for c in sorted(found.info.citations)}
    return sha256_hex(_module(found) + canonical(law))


def reviewed_by(rule: str, country: str) -> str | None:
    """The counsel who reviewed this version; None if nobody has."""
    found = registry.find(rule, country)
    current = version(rule, country)
    for review in _reviews(found.pack):
        if review.rule == rule and review.version == current:
            return review.counsel
    return None


def require_review(rule: str, country: str) -> str:
    """The counsel who reviewed this version of the rule set; production mode calls this.

    Raises:
        NotReviewed: if no named counsel has; the rule set may then only advise.

    """
    counsel = reviewed_by(rule, country)
    if counsel is None:
        raise NotReviewed(
            f"'{rule}' ({country.upper()}) version {version(rule, country)[:12]} has no review "
            "by a named counsel; it runs in demonstration and advisory mode only"
        )
    return counsel


@cache
def _reviews(pack: str) -> tuple[Review, ...]:
    try:
        data = read_yaml(PACKAGE, f"{pack}/law/instruments/reviews.yaml")
    except ResourceMissing:
        return ()
    return msgspec.convert(data, tuple[Review, ...])


def _module(rule: AnyRule) -> bytes:
    package, _, name = rule.run.__module__.rpartition(".")
    return read_bytes(package, f"{name}.py")


def _plain(provision: object) -> object:
    """As JSON types with numbers as text where canonical JSON has no room for them."""
    return msgspec.json.decode(msgspec.json.encode(provision))
