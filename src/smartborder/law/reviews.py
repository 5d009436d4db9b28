"""Counsel's reviews: which version of a rule set a named counsel has read and approved.

The version of a rule set is the hash of its module, of every module of the law that it builds on,
and of every provision that any rule among them cites, of another country too. Change one, and the
review no longer covers it. Without one a rule set runs in demonstration and advisory mode only.
"""

import ast
from functools import cache

import msgspec

from smartborder.kernel.canonical import canonical, sha256_hex
from smartborder.kernel.resources import ResourceMissing, read_bytes, read_yaml
from smartborder.law import registry
from smartborder.law.errors import NotReviewed
from smartborder.law.provisions import PACKAGE, provisions

PACKAGES = frozenset(
    {"smartborder.law", *(f"smartborder.law.{p}" for p in ("ca", "us", "neutral"))}
)
"""Where the modules of the law lie."""
EVALUATOR = "smartborder.law.evaluate"
"""It puts the readings of disputed facts together, and so decides too."""


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One review: of a rule, in one version, by a named counsel, on a day."""

    rule: str
    version: str
    counsel: str
    reviewed_on: str


@cache
def version(rule: str, country: str) -> str:
    """The version of a rule set: SHA-256 over all that decides, modules and provisions."""
    found = registry.find(rule, country)
    sources = _sources(found.run.__module__)
    law = {
        f"{each.pack} {citation}": _plain(provisions(each.pack)[citation])
        for each in registry.ALL
        if each is found or each.run.__module__ in sources
        for citation in each.info.citations
    }
    code = b"".join(name.encode() + sources[name] for name in sorted(sources))
    return sha256_hex(code + canonical(law))


def reviewed_by(rule: str, country: str) -> str | None:
    """The counsel who reviewed this version; None if nobody has."""
    found = registry.find(rule, country)
    made = [r for r in _reviews(found.pack) if r.rule == rule]
    current = version(rule, country) if made else None
    return next((r.counsel for r in made if r.version == current), None)


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


def _sources(module: str) -> dict[str, bytes]:
    """A module of the law and all that it builds on there, by name, as they stand."""
    found: dict[str, bytes] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        package, _, leaf = name.rpartition(".")
        if name in found or package not in PACKAGES:
            continue
        try:
            found[name] = read_bytes(package, f"{leaf}.py")
        except ResourceMissing:  # a name in a module, not a module
            continue
        for node in ast.walk(ast.parse(found[name])):
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                waiting += [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
    return found | {EVALUATOR: read_bytes("smartborder.law", "evaluate.py")}


def _plain(provision: object) -> object:
    """As JSON types with numbers as text where canonical JSON has no room for them."""
    return msgspec.json.decode(msgspec.json.encode(provision))
