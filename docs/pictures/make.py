"""Take the pictures of the documents from a running demo: ``python docs/pictures/make.py``.

Starts the two nodes of the demo, plays its day, and looks at the main screens as their officers
do: both languages, light and dark, 390 and 1366 pixels wide. What is written here is the chosen
set; ``--all FOLDER`` writes every combination to a folder, for looking at. The demo's clock and
seed are fixed, so a picture changes only when the screen does.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.walk.day import Day, played  # noqa: E402  # found beside the tests
from tests.browser.walk.people import Theme  # noqa: E402

Look = tuple[str, Theme, int]
"""Language, theme, width."""
CHOSEN = {
    ("queue", "en", "light", 1366), ("queue", "fr", "light", 1366), ("queue", "fr", "dark", 390),
    ("hit", "en", "light", 1366), ("hit", "fr", "dark", 390), ("hit", "en", "light", 390),
    ("traveller", "en", "light", 1366), ("traveller", "fr", "light", 390),
    ("flight", "en", "light", 1366), ("lookout", "fr", "light", 1366),
    ("arrivals", "en", "dark", 390), ("points", "en", "light", 1366),
}  # fmt: skip
"""Screen, language, theme, width of the pictures that are kept."""
LARGEST = 160_000
"""Bytes of one picture."""

EARLY = 5
"""The beat after which the queue is fullest: nobody has decided anything yet."""
TALLEST = {390: 1400, 1366: 900}
"""Pixels of a page that a picture shows, by width."""


def main() -> int:
    """Take the pictures; 1 if one of them is too large to keep."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--all", type=Path, metavar="FOLDER", help="every combination")
    asked = arguments.parse_args()
    folder = asked.all or Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-lcd-text"],
        )
        with played(browser) as day:
            for screens in (early(day), late(day)):
                for name, role, path in screens:
                    for look in looks(name, asked.all is not None):
                        taken.append(picture(day, folder, name, role, path, look))
        browser.close()
    large = [file.name for file in taken if file.stat().st_size > LARGEST]
    say(f"{len(taken)} pictures; larger than {LARGEST // 1000} kB: {', '.join(large) or 'none'}")
    return int(bool(large) and not asked.all)


def picture(day: Day, folder: Path, name: str, role: str, path: str, look: Look) -> Path:
    """One screen in one look, as a file."""
    language, theme, width = look
    file = folder / f"{name}.{language}.{theme}.{width}.png"
    window = day.people.page("CA", role, language=language, theme=theme, width=width)
    window.go(path)
    take(window.page, file, width)
    window.close()
    say(f"{file.name}  {file.stat().st_size // 1000} kB")
    return file


def say(text: str) -> None:
    """One line for whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def early(day: Day) -> Iterator[tuple[str, str, str]]:
    """Screens of the morning: name, role of who looks, path."""
    day.play(EARLY)
    yield "queue", "officer", "/queue"
    yield "hit", "officer", first(day, "officer", "/queue", "td a[href^='/cases/']", "concord")


def late(day: Day) -> Iterator[tuple[str, str, str]]:
    """Screens when the day is over."""
    day.play()
    flight = first(day, "officer", "/flights", "td a", "AF 344")
    yield "flights", "officer", "/flights"
    yield "flight", "officer", flight
    yield "traveller", "officer", first(day, "officer", flight, "td a", "LECOMTE, ELODIE$")
    yield "partner-hit", "officer", day.record(9).path
    yield "lookouts", "lookout-owner", "/lookouts"
    yield "lookout", "lookout-owner", first(day, "lookout-owner", "/lookouts", "th a", "RADCLIFFE")
    yield "arrivals", "officer", "/arrivals"
    yield "secondary", "secondary", "/secondary"
    yield "points", "officer", "/points"


def first(day: Day, role: str, path: str, links: str, words: str) -> str:
    """Where the first link with these words leads, among the links of a page."""
    window = day.people.page("CA", role)
    window.go(path)
    link = window.page.locator(links).filter(has_text=re.compile(words)).first
    address = link.get_attribute("href") or "/"
    window.close()
    return address


def looks(name: str, every: bool) -> Iterator[Look]:
    """The combinations in which a screen is pictured."""
    themes: tuple[Theme, ...] = ("light", "dark")
    for language in ("en", "fr"):
        for theme in themes:
            for width in TALLEST:
                if every or (name, language, theme, width) in CHOSEN:
                    yield language, theme, width


def take(page: Page, file: Path, width: int) -> None:
    """A picture of the page from its top, no taller than is worth looking at."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, TALLEST[width])})
    page.screenshot(path=file, animations="disabled")


if __name__ == "__main__":
    sys.exit(main())
