"""Codes of agreements and records in the words of the reader: one place for every page.

The words themselves stand beside what they name: titles and purposes in the agreements, fields in
their vocabulary, instruments in the law files.
"""

import re
from functools import cache

from smartborder import agreements
from smartborder.agreements import parties
from smartborder.kernel.text import Language, Text
from smartborder.law.citing import cited as cited_in_law
from smartborder.web.typography import unbroken

_CLAUSE = re.compile(r"([a-z][a-z-]+) ([A-Z]+-\d+\w*)")
"""A clause of one of our documents: ``case-query CQ-4``."""


def agreement(code: str | None) -> Text:
    """The title of an agreement, also of one version (``entry-exit@2``).

    One that this version of the software lacks shows its id.
    """
    known, _, number = (code or "").partition("@")
    if known not in agreements.all_ids():
        return Text(code or "", code or "")
    title = agreements.load(known).document.title
    return Text(*(f"{t}, version {number}" for t in (title.en, title.fr))) if number else title


def country(code: str | None) -> Text:
    """A partner's country on a label, ``United States``; a dash for none."""
    return parties.name_of_party(code or "–")


def of_country(code: str | None) -> Text:
    """The same in a sentence, with its article: ``of the United States``, ``des États-Unis``."""
    return parties.of_party(code or "–")


def field(code: str) -> Text:
    """What a field of a record is called; one without words shows its code."""
    word = agreements.vocabulary().fields.get(code)
    return word.label if word else Text(code, code)


def purpose(code: str, under: str | None) -> Text:
    """What data was asked or given for, as the agreement says it."""
    known = (under or "").partition("@")[0]
    if known in agreements.all_ids():
        for term in agreements.load(known).document.purposes:
            if term.code == code:
                return term.text
    return Text(code, code)


@cache
def citation(text: str | None, language: Language) -> str:
    """A citation as the reader's language writes it: of the law, of an agreement, or of both."""
    return "; ".join(_one(part, language) for part in (text or "").split("; "))


def _one(part: str, language: Language) -> str:
    clause = _CLAUSE.fullmatch(part)
    if clause and clause[1] in agreements.all_ids():
        return f"{agreement(clause[1]).in_(language)}, {clause[2]}"
    written = agreements.cite(cited_in_law(part, language), language)
    return unbroken(written) if language == "fr" else written
