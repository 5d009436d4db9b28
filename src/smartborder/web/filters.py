"""How values look on a page: times in their zone and in UTC, numbers, bilingual text.

Dates stay ISO 8601 in both languages, so that no officer has to ask which number is the month.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from markupsafe import Markup, escape

from smartborder.kernel.text import Language, Text
from smartborder.kernel.time import iso
from smartborder.node.act import registers
from smartborder.web import lookout_words, naming
from smartborder.web.typography import unbroken

_DAY = re.compile(r"(?<![\w-])(?:\d{4}-\d\d(?:-\d\d)?)(?![\w-])")
"""A date as pages write it, whole or without its day."""
_LOCALES: Mapping[Language, str] = {"en": "en_CA", "fr": "fr_CA"}


def for_language(language: Language) -> dict[str, Callable[..., Any]]:
    """The filters of our templates, by the name templates use."""
    locale = _LOCALES[language]

    def said(value: Text | Mapping[str, str] | str | None) -> str:
        """A bilingual text (also as stored JSON) in the language of the page."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        text = value.in_(language) if isinstance(value, Text) else value[language]
        return unbroken(text) if language == "fr" else text

    def number(value: float | None, digits: int = 0) -> str:
        """``12,345`` or ``12 345``; a dash for what is not known."""
        if value is None:
            return "–"
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, pattern, locale=locale)

    def percent(value: float | None, digits: int = 0) -> str:
        """A share (0 to 1) as a percentage; a dash for what is not known."""
        if value is None:
            return "–"
        return number(value * 100, digits) + ("\u202f%" if language == "fr" else "%")

    def named(names: Mapping[Any, Text]) -> Callable[[str | None], str]:
        """A filter that gives a code its words; a code without words shows itself."""
        return lambda code: said(names.get(code, code))

    return {
        "said": said, "number": number, "percent": percent, "when": when, "utc": utc,
        "dated": dated,
        "clock": clock, "lasting": partial(lasting, language=language),
        "cited": partial(naming.citation, language=language),
        "agreement_title": lambda code: said(naming.agreement(code)),
        "field_name": lambda code: said(naming.field(code)),
        "purpose_under": lambda code, under: said(naming.purpose(code, under)),
        "party_name": lambda actor: said(party(actor)),
        "country_name": lambda code: said(naming.country(code)),
        "of_country": lambda code: said(naming.of_country(code)),
        "instruction_name": named(lookout_words.INSTRUCTION_NAMES),
        "basis_name": named(lookout_words.BASIS_NAMES),
        "caveat_name": named(lookout_words.CAVEAT_NAMES),
        "register_name": named(registers.NAMES),
    }  # fmt: skip


def when(at: datetime | None, zone: str = "UTC") -> Markup:
    """An instant as people at a place see it, then in UTC; machine-readable in ``datetime``."""
    if at is None:
        return Markup("–")
    local = at.astimezone(ZoneInfo(zone))
    shown = f"{local:%Y-%m-%d %H:%M} {local.tzname()}"
    other = "" if zone == "UTC" else f' <span class="sb-time__utc">({escape(clock(at))} UTC)</span>'
    return Markup(f'<time class="sb-time" datetime="{iso(at)}">{dated(shown)}{other}</time>')  # noqa: S704  (every part is escaped or made of digits)


def dated(value: date | str | None) -> Markup:
    """A text, with each date in it kept on one line; a dash for nothing."""
    text = str(value) if value else "–"
    return Markup(_DAY.sub(r'<span class="sb-day">\g<0></span>', str(escape(text))))  # noqa: S704  (escaped)


def utc(at: datetime | None) -> Markup:
    """An instant in UTC: ``2026-11-24 03:02 UTC``."""
    return when(at, "UTC")


def clock(at: datetime | None, zone: str = "UTC") -> str:
    """The hour alone, ``03:02``, at a place."""
    return "–" if at is None else f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def party(actor: str | None) -> Text:
    """Whoever acted, as people say it: a partner is its country, ``partner:USA`` as ``USA``."""
    return naming.country((actor or "").removeprefix("partner:"))


def lasting(span: timedelta | None, language: Language = "en") -> str:
    """A span as ``2 d 03 h``, ``1 h 05 min`` or ``4 min``; a minus where the moment has passed.

    A day is ``j`` in French.
    """
    if span is None:
        return "–"
    minutes = int(abs(span.total_seconds()) // 60)
    sign = "−" if span < timedelta(0) else ""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return f"{sign}{days} {'j' if language == 'fr' else 'd'} {hours:02d} h"
    return f"{sign}{hours} h {left:02d} min" if hours else f"{sign}{left} min"
