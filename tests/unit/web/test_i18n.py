"""The two languages are equal: nothing missing, nothing forgotten, nothing stale."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from smartborder import web
from smartborder.web import i18n
from smartborder.web.i18n import Words, catalogue, words

ROOM = Path(web.__file__).parent
TEMPLATES = ROOM / "templates"
AREAS = sorted(i18n.extracted(TEMPLATES))
SAME = {
    line
    for line in (ROOM / "locale" / "same_words.txt").read_text().splitlines()
    if line and not line.startswith("#")
}


def translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


@pytest.mark.parametrize("area", AREAS)
def test_every_sentence_of_the_templates_has_its_french(area: str) -> None:
    said = {(m.context, m.id) for m in i18n.extracted(TEMPLATES)[area] if m.id}
    assert not said or area in i18n.areas("fr"), f"run python -m smartborder.web.i18n {area}"
    known = {(m.context, m.id): m for m in catalogue("fr", area) if m.id} if said else {}
    assert said - set(known) == set(), "run python -m smartborder.web.i18n"
    assert set(known) - said == set(), "run python -m smartborder.web.i18n"
    assert [m.id for m in known.values() if not translated(m.string) or m.fuzzy] == []


@pytest.mark.parametrize("area", i18n.areas("fr"))
def test_french_differs_from_english_unless_listed(area: str) -> None:
    assert [m.id for m in catalogue("fr", area) if m.id == m.string and m.id not in SAME] == []


@pytest.mark.parametrize("area", i18n.areas("fr"))
def test_placeholders_are_the_same_in_both_languages(area: str) -> None:
    def holes(text: object) -> list[str]:
        return sorted(set(re.findall(r"%\(\w+\)s", str(text))))

    assert [m.id for m in catalogue("fr", area) if holes(m.id) != holes(m.string)] == []


def test_areas_agree_where_they_say_the_same_sentence() -> None:
    seen: dict[object, object] = {}
    for area in i18n.areas("fr"):
        for message in catalogue("fr", area):
            if message.id:
                known = seen.setdefault((message.context, message.id), message.string)
                assert known == message.string, f"{area}: {message.id}"


def test_the_list_of_same_words_holds_nothing_unused() -> None:
    every = {m.id for area in i18n.areas("fr") for m in catalogue("fr", area) if m.id == m.string}
    assert SAME - every == set()


@pytest.mark.parametrize("area", i18n.areas("fr"))
def test_files_are_as_the_extractor_writes_them(area: str, tmp_path: Path) -> None:
    committed = (ROOM / "locale" / "fr" / f"{area}.po").read_bytes()
    (tmp_path / f"{area}.po").write_bytes(committed)
    i18n.update(TEMPLATES, tmp_path, [area])
    same = (tmp_path / f"{area}.po").read_bytes() == committed
    assert same, f"run python -m smartborder.web.i18n {area}"
    assert b"#:" not in committed


def test_only_literals_are_marked() -> None:
    marks = re.compile(r"(?<![\w.])_\((?!\s*[\"'])")
    assert [
        f"{template.relative_to(TEMPLATES)}: {line.strip()}"
        for template in sorted(TEMPLATES.rglob("*.html"))
        for line in template.read_text().splitlines()
        if marks.search(line)
    ] == []


PLURALS = b"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "%(num)s hit"
msgid_plural "%(num)s hits"
msgstr[0] "%(num)s concordance"
msgstr[1] "%(num)s concordances"

msgctxt "of a list"
msgid "Basis"
msgstr "Fondement"
"""


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, "concordance"), (1, "concordance"), (2, "concordances"), (100, "concordances")],
)
def test_french_counts_zero_and_one_as_singular(number: int, form: str) -> None:
    french = Words((read_po(BytesIO(PLURALS), locale="fr"),))
    assert french.ngettext("%(num)s hit", "%(num)s hits", number).endswith(f" {form}")


def test_a_context_tells_two_meanings_apart() -> None:
    french = Words((read_po(BytesIO(PLURALS), locale="fr"),))
    assert french.pgettext("of a list", "Basis") == "Fondement"
    assert french.gettext("Basis") == "Basis"


def test_english_is_the_key() -> None:
    assert words("en").gettext("Sign out") == "Sign out"
    assert words("en").ngettext("one", "many", 1) == "one"
    assert words("en").ngettext("one", "many", 0) == "many"
    assert words("fr").gettext("Sign out") == "Fermer la session"
