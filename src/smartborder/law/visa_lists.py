"""Which nationalities each country exempts, how the two differ, and what changed on a day."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from smartborder.law.provisions import View, view

LISTS = {
    "CA": ("ca", {"visa-exempt": "IRPR 190(1)(a)", "conditional-authorisation": "IRPR 7.01(1)"}),
    "US": ("us", {"visa-waiver": "8 CFR 217.2"}),
}
DOCUMENTS = ("IRPR 190(1)(b)", "IRPR 190(2)", "IRPR 190(2.1)")


class ListChange(msgspec.Struct, frozen=True, kw_only=True):
    """One list, what joined it on the day and what left it."""

    country: str
    list: str
    citation: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


class VisaListsDiff(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of both countries on a day.

    Attributes:
        on, as_known: the two days asked about.
        changed: lists that differ from the day before.
        only_ca: exempt in Canada by nationality or document, not in the United States' waiver.
        only_us: in the waiver, not exempt in Canada.
        both: exempt on both sides.
        conditional: may have an authorization instead of a visa, by air, in Canada only.
        confidence: the weakest of the lists compared.

    """

    on: date
    as_known: date
    changed: tuple[ListChange, ...]
    only_ca: tuple[str, ...]
    only_us: tuple[str, ...]
    both: tuple[str, ...]
    conditional: tuple[str, ...]
    confidence: str


def diff(on: date, as_known: date) -> VisaListsDiff:
    """What differs on ``on``, as the law was known on ``as_known``."""
    changed = tuple(
        change
        for country, (pack, lists) in LISTS.items()
        for name, citation in lists.items()
        if (change := _change(country, name, citation, pack, on, as_known)) is not None
    )
    canada, states = view("ca", "CA", on, as_known), view("us", "US", on, as_known)
    exempt = canada.codes("IRPR 190(1)(a)") | _by_document(canada)
    waiver = states.codes("8 CFR 217.2")
    found = [
        rendered.confidence
        for law, citation in ((canada, "IRPR 190(1)(a)"), (states, "8 CFR 217.2"))
        if (rendered := law.find(citation)) is not None
    ]
    order = ("law", "excerpt", "memory")
    return VisaListsDiff(
        on=on,
        as_known=as_known,
        changed=changed,
        only_ca=_sorted(exempt - waiver),
        only_us=_sorted(waiver - exempt),
        both=_sorted(exempt & waiver),
        conditional=_sorted(canada.codes("IRPR 7.01(1)")),
        confidence=max(found, key=order.index, default="memory"),
    )


def _by_document(law: View) -> frozenset[str]:
    """Exempt by the passport they hold: for nationalities that have one of their own."""
    result: set[str] = set()
    for citation in DOCUMENTS:
        table = law.value(citation) or {}
        result.update(table.get("plain", ()))
        result.update(table.get("with-feature", ()))
    return frozenset(n for n in result if not n.startswith("GB") or n == "GBR")


def _change(
    country: str, name: str, citation: str, pack: str, on: date, as_known: date
) -> ListChange | None:
    today = view(pack, country, on, as_known).codes(citation)
    before = view(pack, country, on - timedelta(days=1), as_known).codes(citation)
    if today == before:
        return None
    return ListChange(
        country=country,
        list=name,
        citation=citation,
        added=_sorted(today - before),
        removed=_sorted(before - today),
    )


def _sorted(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes))
