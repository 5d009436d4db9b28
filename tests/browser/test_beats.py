"""Every beat of the demo's day, seen in a real browser: the screens show what the captions say.

The beats build on each other, so each test plays those before its own that were not yet played.
Canada's screens are looked at in French and those of the United States in English, as they
greet their officers.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from smartborder.model.passenger_list import Traveller
from smartborder.world.demo.beats import Beat
from smartborder.world.demo.day import (
    LISTED_NAME,
    LOOK_ALIKE,
    NO_AUTHORISATION,
    RIGHT_NUMBER,
    WANTED,
    WRONG_NUMBER,
)
from tests.browser.walk.day import PLAYED, Day
from tests.browser.walk.people import Watched

pytestmark = [
    pytest.mark.node,
    pytest.mark.browser,
    pytest.mark.demo,
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
    ),
]

LANGUAGE = {"CA": "fr", "US": "en"}
OFFICER = "Émile Bouchard"
"""The officer of the demo's own cast in Canada."""
READERS = {
    "lookouts": "lookout-owner",
    "encounters": "lookout-owner",
    "lists": "lookout-owner",
    "secondary": "secondary",
    "figures": "analyst",
    "audit": "auditor",
    "redress": "privacy",
}
"""Whose page it is, where it is not the officer's."""


@pytest.mark.parametrize("beat", PLAYED, ids=lambda beat: f"beat-{beat.number}")
def test_the_screen_shows_what_the_caption_says(day: Day, beat: Beat) -> None:
    seen = day.record(beat.number)
    assert seen.record, "a line without a record"
    assert seen.line.en != seen.line.fr
    if seen.path:
        # The link opens the record itself; the first beat is about the nodes.
        assert seen.record in seen.path or beat.number == 1
        window = day.people.page(seen.node, reader(seen.path))
        window.go(seen.path)
        language = LANGUAGE[seen.node]
        expect(window.page.locator("html")).to_have_attribute("lang", language)
        window.close()
    claim = CLAIMS.get(beat.number)
    if claim:
        claim(day)


def two_countries(day: Day) -> None:
    nodes = day.stage.nodes
    ca, us = day.people.stranger("CA"), day.people.stranger("US")
    for window, title in ((ca, "Ouvrir une session – smartborder CA"),
                          (us, "Sign in – smartborder US")):  # fmt: skip
        window.go("/queue")
        expect(window.page).to_have_title(title)
        window.close()
    # A person of one node is nobody at the other.
    officer = day.people.page("CA", "officer")
    officer.page.goto(f"{nodes['US'].address}/queue")
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    officer.close()


def queues_fill(day: Day) -> None:
    for country, flight in (("CA", "BA 93"), ("US", "BA 173")):
        window = day.people.page(country, "officer")
        window.go("/queue")
        expect(row(window, flight).locator("time[data-due]").first).to_be_visible()
        window.close()
    canada = day.people.page("CA", "officer")
    canada.go("/flights")
    line = row(canada, "BA 93 LHR → YYZ")
    expect(line).to_contain_text("12:45 GMT (12:45 UTC)")
    expect(line).to_contain_text("15:55 EST (20:55 UTC)")
    expect(line).to_contain_text(str(len(day.stage.day.london) - 1))
    canada.close()
    states = day.people.page("US", "officer")
    states.go("/flights")
    line = row(states, "BA 173 LHR → JFK")
    expect(line).to_contain_text("14:15 EST (19:15 UTC)")
    expect(line).to_contain_text(str(len(day.stage.day.new_york)))
    expect(states.page.locator("[data-clock]")).to_contain_text("UTC")
    states.close()


def list_answered(day: Day) -> None:
    window = day.people.page("CA", "officer")
    window.go("/queue")  # the moment the carrier has its answer, the cases are here
    hit = window.page.locator("tbody tr", has_text="AF 344").filter(has_text="1 concordance")
    expect(hit).to_be_visible()
    expect(hit.locator("time[data-due]")).to_have_text(re.compile(r"\d+ (h|min)"))
    window.go("/flights")
    expect(row(window, "AF 344 CDG → YUL")).to_contain_text("180")
    window.page.get_by_role("link", name="AF 344").click()
    people = window.page.get_by_role("table", name="Voyageurs par siège").locator("tbody tr")
    expect(people).to_have_count(180)
    expect(figure(window.page, "OK pour embarquer")).to_have_text("178")
    window.close()


def damaged_list(day: Day) -> None:
    window = day.people.page("CA", "officer")
    window.go("/flights")
    window.page.get_by_role("link", name="TS 111").click()
    people = window.page.get_by_role("table", name="Voyageurs par siège").locator("tbody tr")
    expect(people).to_have_count(len(day.stage.day.damaged))
    expect(people.first).to_contain_text(day.stage.day.damaged[0].documents[0].number or "-")
    people.first.get_by_role("link").click()
    for code in ("edifact.count-mismatch", "edifact.missing-terminator"):
        expect(window.page.get_by_text(code).first).to_be_visible()
    window.close()


def not_ok(day: Day) -> None:
    window = day.people.page("CA", "officer")
    case = open_case(window, "Réponse à décider", NO_AUTHORISATION)
    expect(case.get_by_text("RIPR, art. 259").first).to_be_visible()
    expect(case.get_by_text("Le transporteur apprend un code, jamais un motif.")).to_be_visible()
    case.get_by_role("link", name="Chronologie et message brut").click()
    raw = case.get_by_role("region", name="Message brut").first
    expect(raw).to_contain_text(f"DOC+P+{number(NO_AUTHORISATION)}")
    window.close()


def corrected(day: Day) -> None:
    window = traveller(day, "AF 344", RIGHT_NUMBER)
    changed = window.page.get_by_role("table", name="Ce qui a changé").first
    expect(changed).to_contain_text(number(WRONG_NUMBER))
    expect(changed).to_contain_text(number(RIGHT_NUMBER))
    expect(window.page.get_by_role("heading", name="Version n° 1")).to_be_visible()
    expect(fact(window.page, "Réponse au transporteur")).to_have_text("OK pour embarquer")
    window.close()


def look_alike(day: Day) -> None:
    window = day.people.page("CA", "officer")
    window.go(day.record(7).path)
    panel = window.page.locator(".desk-hit").first
    for side, surname in (("Nom inscrit", LISTED_NAME[0]), ("Nom déclaré", LOOK_ALIKE.surname)):
        words = panel.get_by_role("row", name=side).locator(".desk-word")
        expect(words).to_have_text(["OMAR", surname or "-"])
    compared = panel.locator(".desk-compare")
    expect(compared).to_contain_text(LISTED_NAME[2])
    expect(compared).to_contain_text(LOOK_ALIKE.birth_date or "-")
    expect(panel.locator(".sb-reason")).to_contain_text("Personne différente")
    expect(panel.locator(".sb-reason")).to_contain_text(OFFICER)
    window.close()


def remembered(day: Day) -> None:
    window = traveller(day, "AF 348", LOOK_ALIKE)
    cleared = window.page.locator(".desk-hit .sb-banner").first
    expect(cleared).to_contain_text(re.compile(rf"Écartée à \d\d:\d\d par {OFFICER}"))
    expect(cleared).to_contain_text("La date de naissance diffère.")
    window.go("/queue?only=hit")
    expect(window.page.locator("tbody tr", has_text="AF 348")).to_have_count(0)
    window.close()


def true_hit(day: Day) -> None:
    window = day.people.page("CA", "officer")
    window.go(day.record(9).path)
    page, panel = window.page, window.page.locator(".desk-hit").first
    expect(panel).to_contain_text("Signalements du partenaire (États-Unis)")
    expect(panel).to_contain_text("Embarquer, puis diriger")
    expect(fact(panel, "Auteur")).to_contain_text("États-Unis")
    expect(fact(panel, "Accord")).to_have_text("Signalements communs")
    expect(fact(page, "Réponse au transporteur")).to_have_text("OK pour embarquer")
    page.get_by_role("link", name="Chronologie et message brut").click()
    raw = page.get_by_role("region", name="Message brut").first
    expect(raw.locator("mark", has_text=number(WANTED))).to_be_visible()
    window.close()
    secondary = day.people.page("CA", "secondary")
    secondary.go("/secondary")
    coming = secondary.page.get_by_role("link", name=called(WANTED))
    expect(
        coming.or_(secondary.page.get_by_role("cell", name=called(WANTED))).first
    ).to_be_visible()
    secondary.close()


def cable_pulled(day: Day) -> None:
    for country, flight in (("CA", "AF 344"), ("US", "BA 173")):
        window = day.people.page(country, "officer")
        window.go("/flights")
        expect(window.page.get_by_role("link", name=flight)).to_be_visible()
        window.close()


def cable_back(day: Day) -> None:
    window = day.people.page("CA", "lookout-owner")
    window.go("/lookouts")
    for name in ("HADLEY WINSLOW", "PRESCOTT MERCER", "CALLOWAY BRADSHAW"):
        line = window.page.locator("tbody tr", has_text=name)
        expect(line).to_have_count(1)  # 0 lost, 0 doubled
        expect(line).to_contain_text("États-Unis")
    window.close()
    sender = day.people.page("US", "lookout-owner")
    sender.go("/lookouts")
    sender.page.get_by_role("link", name="HADLEY WINSLOW").click()
    sent = sender.page.get_by_role("complementary", name="Exchange")
    expect(sent.get_by_role("listitem")).to_contain_text(["received"])
    sender.close()


def close_out(day: Day) -> None:
    window = day.people.page("CA", "officer")
    window.go(day.record(17).path)
    for words, count in (
        ("Embarqué", 176),
        ("Absent à l'embarquement", 3),
        ("Embarqué sans OK", 1),
    ):
        expect(figure(window.page, words)).to_have_text(str(count))
    line = window.page.locator("tbody tr", has_text=number(NO_AUTHORISATION))
    expect(line).to_contain_text("Embarqué sans OK")
    window.close()
    desk = day.people.page("CA", "carrier-desk")
    desk.go("/queue?only=close-out")
    expect(desk.page.locator("tbody tr", has_text="AF 344")).to_be_visible()
    desk.close()


def no_result(day: Day) -> None:
    window = day.people.page("CA", "analyst")
    window.go("/figures/desk")
    line = window.page.get_by_role("row", name="Signalements du partenaire (États-Unis)")
    expect(line).to_contain_text("(0/1)")
    window.close()
    secondary = day.people.page("CA", "secondary")
    secondary.go("/secondary")
    expect(secondary.page.get_by_role("link", name="Sans résultat")).to_be_visible()
    secondary.close()


CLAIMS: dict[int, Callable[[Day], None]] = {
    1: two_countries, 2: queues_fill, 3: list_answered, 4: damaged_list, 5: not_ok, 6: corrected,
    7: look_alike, 8: remembered, 9: true_hit, 15: cable_pulled, 16: cable_back, 17: close_out,
    18: no_result,
}  # fmt: skip
"""What each caption claims, beyond that its page opens."""


def reader(path: str) -> str:
    return READERS.get(re.split("[/?#]", path)[1], "officer")


def called(person: Traveller) -> str:
    return f"{person.surname}, {person.given_names}"


def number(person: Traveller) -> str:
    return person.documents[0].number or "-"


def row(window: Watched, flight: str) -> Locator:
    return window.page.locator("tbody tr", has=window.page.get_by_role("link", name=flight))


def figure(page: Page, words: str) -> Locator:
    """The number under its words at the top of a page."""
    term = page.get_by_role("term").get_by_text(words, exact=True)
    return page.locator(".sb-figures > div", has=term).locator("dd")


def fact(place: Page | Locator, words: str) -> Locator:
    """What a list of facts says beside its words."""
    return place.locator(f".sb-facts dt:text-is('{words}') + dd").first


def open_case(window: Watched, asked: str, person: Traveller) -> Page:
    """The case of that kind about ``person``, opened from the queue."""
    window.go("/queue")
    links = window.page.locator("tbody").get_by_role("link", name=asked)
    for address in links.evaluate_all("found => found.map(x => x.getAttribute('href'))"):
        window.go(address)
        if called(person) in window.page.get_by_role("heading", level=1).inner_text():
            return window.page
    raise AssertionError(f"no case '{asked}' about the expected traveller")


def traveller(day: Day, flight: str, person: Traveller) -> Watched:
    """The officer's page about ``person``, reached from the list of flights."""
    window = day.people.page("CA", "officer")
    window.go("/flights")
    window.page.get_by_role("link", name=flight).click()
    window.page.get_by_role("table", name="Voyageurs par siège").get_by_role(
        "link", name=called(person), exact=True
    ).click()
    expect(window.page.get_by_role("heading", level=1)).to_have_text(called(person))
    return window
