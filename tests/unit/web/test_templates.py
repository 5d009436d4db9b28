"""What no template may hold: anything the content policy would have to stop."""

import re
from pathlib import Path

import pytest

from smartborder import web

ROOM = Path(web.__file__).parent
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"<style|\sstyle\s*=", re.I),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "foreign address": re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.I),
    "escape hatch": re.compile(r"\|\s*safe\b|autoescape\s+false", re.I),
    "access key": re.compile(r"\saccesskey\s*=", re.I),
    "htmx script": re.compile(r"hx-on|hx-vals\s*=\s*[\"']js:|\bjavascript:", re.I),
}


def ids() -> list[str]:
    return [str(t.relative_to(ROOM / "templates")) for t in TEMPLATES]


@pytest.mark.parametrize("template", TEMPLATES, ids=ids())
def test_nothing_the_policy_would_stop(template: Path) -> None:
    text = template.read_text()
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=ids())
def test_every_post_form_brings_its_token(template: Path) -> None:
    for form in re.findall(r"<form\b[^>]*>.*?</form>", template.read_text(), re.S):
        if re.search(r"method=[\"']post", form, re.I):
            assert "form()" in form, form[:120]


def test_served_files_name_no_foreign_address() -> None:
    address = re.compile(r"https?://(?!www\.w3\.org/)[\w.-]+")
    for path in sorted((ROOM / "static").rglob("*")):
        if path.suffix in {".css", ".svg", ".js"} and "vendor" not in path.parts:
            assert address.findall(path.read_text()) == [], path.name


def test_every_vendored_file_has_its_licence() -> None:
    licences = (ROOM / "static" / "LICENSES").read_text()
    for path in (ROOM / "static" / "vendor").iterdir():
        assert f"vendor/{path.name}" in licences
    assert "SIL OPEN FONT LICENSE" in licences.upper()
    assert "css/smartborder.css" in licences


def test_no_font_crest_or_sign_of_a_government() -> None:
    css = (ROOM / "static" / "css" / "smartborder.css").read_text()
    assert "GDS Transport" not in css
    assert "crest" not in css
    assert set(re.findall(r"url\(\"?([^\")]+)", css)) == {
        f"/static/fonts/noto-sans-{part}-{weight}.woff2"
        for part in ("latin", "latin-ext")
        for weight in (400, 700)
    }
