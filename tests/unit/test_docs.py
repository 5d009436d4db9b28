"""The documents say what the code does: generated pages are in step, links lead somewhere."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def _generator():
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = _generator()


@pytest.mark.parametrize("name", sorted(GENERATE.PAGES))
def test_pages_made_from_code_are_in_step(name):
    made = GENERATE.PAGES[name]()
    assert (GENERATE.REFERENCE / name).read_text() == made, "run python docs/generate.py"


@pytest.mark.parametrize("page", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    gone = [
        target
        for target in _LINK.findall(page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert gone == []


def test_every_decision_record_has_context_decision_and_consequences():
    for record in (ROOT / "docs" / "adr").glob("*.md"):
        text = record.read_text()
        assert re.match(r"# \d+\. ", text)
        for part in ("Status:", "**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text, f"{record.name}: {part}"
