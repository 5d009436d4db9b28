"""The two languages of the screens.

Templates say ``_("English sentence")`` with a literal; that sentence is the key. French stands in
``locale/fr/<area>.po``, one file per first folder under ``templates/``, sorted by key and
without line numbers, so that people who write different pages do not meet in one file.

``python -m smartborder.web.i18n [AREA...]`` brings the files up to date with the templates.
"""

import sys
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations

from smartborder.kernel.resources import list_names, read_bytes
from smartborder.kernel.text import Language
from smartborder.web.typography import unbroken

_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_ROOM = "smartborder.web"


class Words(NullTranslations):
    """The sentences of one language, looked up by their English."""

    def __init__(self, catalogues: tuple[Catalog, ...] = ()) -> None:
        super().__init__()
        self._known: dict[tuple[str | None, str], Any] = {
            (message.context, _key(message)): _unbroken(message.string)
            for catalogue in catalogues
            for message in catalogue
            if message.id and message.string
        }

    def gettext(self, message: str) -> str:
        """The sentence, or its English where the catalogue has none (a test forbids that)."""
        return str(self._known.get((None, message), message))

    def pgettext(self, context: str, message: str) -> str:
        """Like ``gettext`` for a word that means two things; ``context`` says which."""
        return str(self._known.get((context, message), message))

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        """Singular or plural. French uses the singular up to (and without) two."""
        forms = self._known.get((None, singular))
        if forms is None:
            return singular if num == 1 else plural
        return str(forms[0] if abs(num) < 2 else forms[1])


def _unbroken(string: str | tuple[str, ...] | list[str]) -> str | list[str]:
    """A sentence, or its forms by number, with no-break spaces."""
    return unbroken(string) if isinstance(string, str) else [unbroken(form) for form in string]


@cache
def words(language: Language) -> Words:
    """The words of a language; read once per process."""
    if language == "en":
        return Words()
    return Words(tuple(catalogue(language, area) for area in areas(language)))


def areas(language: Language) -> tuple[str, ...]:
    """The areas that have a catalogue in that language."""
    names = list_names(_ROOM, f"locale/{language}")
    return tuple(name.removesuffix(".po") for name in names if name.endswith(".po"))


def catalogue(language: Language, area: str) -> Catalog:
    """One area's catalogue as it is in the package."""
    return read_po(BytesIO(read_bytes(_ROOM, f"locale/{language}/{area}.po")), locale=language)


def extracted(templates: Path) -> dict[str, Catalog]:
    """What the templates say, by area (first folder); ``layout``, ``macros`` count as ``shell``."""
    found: dict[str, Catalog] = {}
    for template in sorted(templates.rglob("*.html")):
        folder = template.relative_to(templates).parts[0]
        area = "shell" if folder in ("layout", "macros", "errors") else folder
        known = found.setdefault(area, Catalog(locale="fr", fuzzy=False))
        with template.open("rb") as text:
            for _, message, _, context in extract(
                "jinja2.ext:babel_extract", text, keywords=_KEYWORDS,
                options={"extensions": "jinja2.ext.do", "silent": "false"},
            ):  # fmt: skip
                known.add(message, context=context)
    return found


def update(templates: Path, folder: Path, only: Collection[str] = ()) -> list[str]:
    """Bring ``folder/<area>.po`` up to date; returns ``area: message`` of what lacks French."""
    missing = []
    for area, fresh in sorted(extracted(templates).items()):
        if only and area not in only:
            continue
        path = folder / f"{area}.po"
        old = read_po(BytesIO(path.read_bytes()), locale="fr") if path.exists() else Catalog("fr")
        for message in fresh:
            if message.id and (known := old.get(message.id, message.context)) is not None:
                message.string = known.string
            if message.id and not _translated(message):
                missing.append(f"{area}: {_key(message)}")
        if any(message.id for message in fresh):
            path.write_bytes(_written(fresh))
    return missing


def _written(found: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, found, no_location=True, omit_header=True, sort_output=True, width=0)
    header = (
        b'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        b'"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
    )
    return header + out.getvalue().strip(b"\n") + b"\n"


def _translated(message: Message) -> bool:
    string = message.string
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _key(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def main() -> int:
    """Update the catalogues beside this file; exit 1 while a sentence lacks its French."""
    here = Path(str(files(_ROOM)))
    (here / "locale" / "fr").mkdir(parents=True, exist_ok=True)
    missing = update(here / "templates", here / "locale" / "fr", sys.argv[1:])
    sys.stdout.write("".join(f"no French yet  {line}\n" for line in missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
