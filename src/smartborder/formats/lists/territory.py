"""Countries as lists write them (names in two languages, alpha-2, alpha-3) to ISO alpha-3."""

import csv
import re
import unicodedata
from functools import cache

from smartborder.kernel.resources import read_bytes

_PUNCTUATION = re.compile(r"[^a-z0-9]+")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return _PUNCTUATION.sub(
        " ", "".join(c for c in letters if not unicodedata.combining(c))
    ).strip()


@cache
def _table() -> dict[str, str]:
    """Plain spelling -> alpha-3. The file: names from Unicode CLDR, and what lists add to them."""
    data = read_bytes("smartborder.formats.lists", "data/territories.csv").decode("utf-8")
    table: dict[str, str] = {}
    for row in csv.DictReader(data.splitlines()):
        spellings = [row["alpha3"], row["alpha2"], row["en"], row["fr"], *row["also"].split("|")]
        for spelling in spellings:
            if spelling:
                table.setdefault(_plain(spelling), row["alpha3"])
    return table


@cache
def alpha3(text: str) -> str | None:
    """The ISO 3166 alpha-3 code of a country as written, or None if it is not recognised.

    Understands both halves of bilingual text (``Belarus / Bélarus``) and a trailing remark in
    brackets. Doc 9303 codes (``XXA``, ``UNO``) stay as they are.
    """
    text = text.strip()
    if re.fullmatch(r"X[A-Z]{2}|UN[OAK]|EUE", text):
        return text
    table = _table()
    main, _, rest = text.partition(",")  # 'Virgin Islands, British'
    turned = f"{rest} {main}" if rest else text
    bare = re.sub(r"\(.*?\)|^(?:former|possibly)\s", "", text)
    for part in (text, *text.split("/"), bare, turned, main):
        found = table.get(_plain(part))
        if found:
            return found
    return None
