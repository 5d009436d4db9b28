"""Provisions: what the law said, on two axes of time.

A *provision* is one coded section: its citation, our paraphrase in English and in French
(each written from its own authentic version), how far the text was checked, and its
*versions*. A version has the first day on which facts fall under it (``from``), the day it
was enacted, if known an end (``to``), and, where the section carries a number or a list,
its value. History is only ever added to: a repeal is a later version, so what was enacted
after ``as_known`` can never change an answer given as known then.

The files are ``countries/<cc>/law/*.yaml``; a lawyer can read and change them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import msgspec

from smartborder.kernel.resources import list_names, read_yaml
from smartborder.kernel.text import Text
from smartborder.law.errors import LawFileUnusable, NotLawThen, UnknownProvision
from smartborder.model.reason import Confidence
from smartborder.model.verdict import Element, ElementState, InForce, Law

PACKAGE = "smartborder.countries"


class Version(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wording of a provision.

    Attributes:
        start: first day of the facts it governs (``from`` in the file); a retroactive
            amendment has a ``from`` before its ``enacted``.
        enacted: the day it became part of the law; not known before that day.
        end: last day it governs, where it was enacted with its own end (``to``).
        value: the number, list or table the section sets; None where it sets none.
        repealed: from ``start`` on the provision says nothing.
        reference: the amending instrument.
        confidence: where this version was checked less far than the provision.
        en, fr: its paraphrase, where an amendment gave the section another subject.
        note: what is not certain about it, such as an in-force day taken from memory.

    """

    start: date = msgspec.field(name="from")
    enacted: date
    end: date | None = msgspec.field(default=None, name="to")
    value: Any = None
    repealed: bool = False
    reference: str | None = None
    confidence: Confidence | None = None
    en: str | None = None
    fr: str | None = None
    note: str | None = None


class Provision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One coded section with all its versions.

    Attributes:
        en, fr: our paraphrase, shown as the line of the trace.
        confidence: ``law`` (text read), ``excerpt`` or ``memory`` (can only advise).
        burden: who must show it and to which standard, where the law says so.
        hash: SHA-256 of the words of the section when it was coded (``law drift``).
        label_fr: the last part of its citation in French, where that is a word.

    """

    en: str
    fr: str
    confidence: Confidence
    versions: tuple[Version, ...]
    burden: str | None = None
    hash: str | None = None
    label_fr: str | None = None

    def words(self, version: Version) -> Text:
        """The paraphrase of one version in both languages."""
        return Text(version.en or self.en, version.fr or self.fr)


class Instrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One law file: an Act, a regulation or an agreement, and its coded provisions.

    Attributes:
        instrument: how citations begin (``IRPR``).
        source: where the text is published; ``file`` names it in a folder of law XML.
        read: the day of the consolidation that was read when it was coded.
        cited_fr: how citations begin in French (``RIPR``); None where they are the same.

    """

    instrument: str
    title: Text
    source: str
    file: str | None = None
    read: date | None = None
    cited_fr: str | None = None
    provisions: dict[str, Provision]


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """A provision as it stood: the version in force, with all a trace line needs."""

    citation: str
    text: Text
    confidence: Confidence
    in_force: InForce
    value: Any = None
    burden: str | None = None


def parse_instrument(data: Any, where: str) -> Instrument:
    """A law file as parsed YAML, checked.

    Raises:
        LawFileUnusable: naming the file and the place in it.

    """
    try:
        return msgspec.convert(data, Instrument)
    except msgspec.ValidationError as error:
        raise LawFileUnusable(f"{where}: {error}") from error


@cache
def instruments(pack: str) -> tuple[Instrument, ...]:
    """Every law file of a country pack, in file order."""
    names = [n for n in list_names(PACKAGE, f"{pack}/law") if n.endswith(".yaml")]
    return tuple(parse_instrument(read_yaml(PACKAGE, f"{pack}/law/{n}"), n) for n in names)


@cache
def provisions(pack: str) -> Mapping[str, Provision]:
    """Every provision of a country pack by citation (``IRPR 7.1(2)``)."""
    return index(instruments(pack))


def index(files: Iterable[Instrument]) -> dict[str, Provision]:
    """Provisions of several instruments by full citation."""
    return {
        f"{file.instrument} {label}": provision
        for file in files
        for label, provision in file.provisions.items()
    }


def in_force(versions: Iterable[Version], on: date, as_known: date) -> Version | None:
    """The version that governs facts of the day ``on``, of the law known on ``as_known``.

    Of all versions already enacted that reach the day, the latest enacted prevails; that is
    how a retroactive amendment takes effect, and only from the day it was enacted.
    """
    best = _prevailing(versions, on, as_known)
    return None if best is None or best.repealed else best


def _prevailing(versions: Iterable[Version], on: date, as_known: date) -> Version | None:
    best: Version | None = None
    for version in versions:
        if version.enacted > as_known or version.start > on:
            continue
        if version.end is not None and version.end < on:
            continue
        if best is None or (version.enacted, version.start) > (best.enacted, best.start):
            best = version
    return best


def _why_not(provision: Provision, on: date, as_known: date) -> Text:
    """Why a provision does not govern: an instrument took it away, or it was not law."""
    by = _prevailing(provision.versions, on, as_known)
    if by is None or by.reference is None:
        return NOT_IN_FORCE
    return WITHOUT_EFFECT.format(by=by.reference)


def interval(versions: Iterable[Version], chosen: Version, as_known: date) -> InForce:
    """From when to when ``chosen`` governs, as far as was known on ``as_known``."""
    ends = [
        v.start - timedelta(days=1)
        for v in versions
        if v.enacted <= as_known
        and v.start > chosen.start
        and (v.enacted, v.start) > (chosen.enacted, chosen.start)
    ]
    if chosen.end is not None:
        ends.append(chosen.end)
    return InForce(start=chosen.start, end=min(ends, default=None))


class View:
    """The law of one country for facts of one day, as known on another.

    Everything a rule reads, it reads from here. Lines of the trace are built once per view
    and shared, so that answering for two hundred travellers costs almost nothing.
    """

    def __init__(
        self,
        pack: str,
        on: date,
        as_known: date,
        *,
        country: str | None = None,
        known: Mapping[str, Provision] | None = None,
        abroad: "View | None" = None,
    ) -> None:
        """``pack`` names the law files; ``country`` (alpha-2) whose law it is, where a pack serves
        any; ``known`` and ``abroad`` replace the files: for tests, drafts and back-tests.
        """
        self.pack = pack
        self.country = (country or pack).upper()
        self.on = on
        self.as_known = as_known
        self._provisions = provisions(pack) if known is None else known
        self._abroad = abroad
        self._rendered: dict[str, Rendered | None] = {}
        self._elements: dict[tuple[str, ElementState], Element] = {}
        self._laws: dict[str, Law] = {}
        self.memo: dict[str, Any] = {}
        """What a rule derives once from the law of this view (sets made from lists)."""

    def abroad(self, pack: str) -> "View":
        """The law of another country on the same two days (159.5(g) asks what it requires)."""
        return self._abroad or view(pack, pack.upper(), self.on, self.as_known)

    def of(self, day: date) -> "View":
        """The same law, as known on the same day, for facts of another day.

        For a section that counts from an event: the version of the day of the event governs.
        """
        if day == self.on:
            return self
        return View(
            self.pack, day, self.as_known,
            country=self.country, known=self._provisions, abroad=self._abroad,
        )  # fmt: skip

    def find(self, citation: str) -> Rendered | None:
        """The provision as it stood; None if it was not in force.

        Raises:
            UnknownProvision: if no law file holds the citation at all.

        """
        try:
            return self._rendered[citation]
        except KeyError:
            pass
        provision = self._provisions.get(citation)
        if provision is None:
            raise UnknownProvision(f"no law file of pack '{self.pack}' holds {citation}")
        version = in_force(provision.versions, self.on, self.as_known)
        rendered = (
            None
            if version is None
            else Rendered(
                citation=citation,
                text=provision.words(version),
                confidence=version.confidence or provision.confidence,
                in_force=interval(provision.versions, version, self.as_known),
                value=version.value,
                burden=provision.burden,
            )
        )
        self._rendered[citation] = rendered
        return rendered

    def value(self, citation: str) -> Any:
        """The number, list or table a provision sets; None if it was not in force."""
        rendered = self.find(citation)
        return None if rendered is None else rendered.value

    def needs(self, citation: str) -> Any:
        """As :meth:`value`, for a rule that cannot go on without it.

        Raises:
            NotLawThen: if the provision was not in force; the question is then left open.

        """
        found = self.value(citation)
        if found is None:
            raise NotLawThen(citation)
        return found

    def must_stand(self, citation: str) -> None:
        """Nothing can be asked under a section that was not law.

        Raises:
            NotLawThen: if the provision was not in force; the question is then left open.

        """
        if self.find(citation) is None:
            raise NotLawThen(citation)

    def codes(self, citation: str) -> frozenset[str]:
        """A list of codes as a set; empty if the provision was not in force."""
        found: frozenset[str] | None = self.memo.get(citation)
        if found is None:
            found = frozenset(self.value(citation) or ())
            self.memo[citation] = found
        return found

    def element(self, citation: str, state: ElementState) -> Element:
        """One line of the trace; 'not in force' is said where the section was not law then."""
        key = (citation, state)
        try:
            return self._elements[key]
        except KeyError:
            pass
        rendered = self.find(citation)
        if rendered is None:
            provision = self._provisions[citation]
            element = Element(
                name=citation,
                state="not-met",
                detail=_why_not(provision, self.on, self.as_known),
                citation=citation,
                confidence=provision.confidence,
            )
        else:
            element = Element(
                name=citation,
                state=state,
                detail=rendered.text,
                citation=citation,
                confidence=rendered.confidence,
                burden=rendered.burden,
            )
        self._elements[key] = element
        return element

    def law(self, citation: str) -> Law | None:
        """The citation with its in-force interval; None if it was not in force."""
        found = self._laws.get(citation)
        if found is None:
            rendered = self.find(citation)
            if rendered is None:
                return None
            found = Law(citation=citation, in_force=rendered.in_force)
            self._laws[citation] = found
        return found


WITHOUT_EFFECT = Text(
    "Without effect on that day: {by}.",
    "Sans effet ce jour-là : {by}.",
)
NOT_IN_FORCE = Text("Not in force on that day.", "N'était pas en vigueur ce jour-là.")


@lru_cache(maxsize=512)
def view(pack: str, country: str, on: date, as_known: date) -> View:
    """The shared view of a country's law; cached per pair of days."""
    return View(pack, on, as_known, country=country)
