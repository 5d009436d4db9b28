"""The carrier's own page and the administration of systems in a real browser."""

import os
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from smartborder.node.access import clients
from smartborder.node.act import registers
from smartborder.node.act.intake import receive
from smartborder.node.act.registers import Holding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.act.unsolicited import change_reply
from smartborder.node.store.session import SYSTEM
from smartborder.programmes.opening import open_node
from tests.browser.eyes import axe, look, overflow
from tests.browser.served import Site
from tests.scenarios.messages import paxlst, person

pytestmark = [pytest.mark.node, pytest.mark.browser, pytest.mark.points(12)]
LOOKS = ((390, "fr", "dark"), (1366, "en", "light"))
PICTURES = "SMARTBORDER_PICTURES" in os.environ
if PICTURES:
    LOOKS += ((390, "en", "light"), (1366, "fr", "dark"))
SignIn = Callable[..., object]
KEY = re.compile(r"^sb[lt]_[\w-]{43}$")
TIMES = {"departs": "4011241330", "arrives": "4011241510"}


@pytest.fixture(scope="module")
def agent(site: Site) -> clients.Client:
    """A handling agent of two airlines with everything on its page."""
    node = open_node(site.home, store=site.store)
    with site.store.act(SYSTEM, "registers") as s:
        for kind in sorted(registers.KINDS):
            held = [Holding(document="12AB34567", issuer="FRA")]
            lines = iter(held if kind == "travel-authorisation" else [])
            registers.load(s, kind, lines, source="test", complete_as_of=s.now)
    with site.store.act(SYSTEM, "access") as s:
        made = clients.add(s, name="Aéroport Handling", kind="handling-agent",
                           carriers=["AF", "KL"], address="HANDLER")  # fmt: skip
        clients.go_live(s, made.id, "run")
        clients.make_key(s, made, "test")
        clients.make_key(s, clients.find(s, made.id), "live")
        s.run("INSERT INTO carriers.run VALUES ('run-01', :c, :now, :now, :criteria, true)",
              c=made.id, now=s.now, criteria='[{"id": "good-list", "shown": true, "title": {"en":'
              ' "A passenger list", "fr": "Une liste de passagers"}}]')  # fmt: skip
    live = ReportingClient(id=made.id, carriers=made.carriers)
    two = person("BR1") + person("BR2", "TAZI", "OMAR", document="88QQ88888")
    receive(node, live, paxlst("BROWSE1", number="711", people=two, **TIMES))
    wrong = paxlst("BROWSE2", number="712", **TIMES).replace(b"CNT+42:1'", b"CNT+42:9'")
    receive(node, live, wrong)
    receive(node, live, paxlst("BROWSE3", number="713", **TIMES)[:200])
    with site.store.act(SYSTEM, "passenger-information") as s:
        traveller = s.value("SELECT id FROM act.traveller WHERE reference = 'BR1'")
        change_reply(s, node, traveller, "contact-government")
        s.run("INSERT INTO carriers.push (id, reply, escalation, client, mode, state, tries, error,"
              " made_at, ended_at) SELECT 'push-1', id, 0, client, mode, 'dead', 8, 'status-500',"
              " created_at, created_at FROM act.reply WHERE kind = 'unsolicited'")  # fmt: skip
    with site.store.act(SYSTEM, "access") as s:
        return clients.find(s, made.id)


def in_look(page: Page, site: Site, pixels: int, language: str, theme: str) -> None:
    page.set_viewport_size({"width": pixels, "height": 900})
    page.emulate_media(color_scheme=theme)
    name = f"sb-ca-{site.home.port}-language"
    page.context.add_cookies([{"name": name, "value": language, "url": site.url}])


def checked(page: Page, name: str, look_: tuple[int, str, str]) -> None:
    expect(page.locator("html")).to_have_attribute("lang", look_[1])
    assert overflow(page) == 0, name
    assert axe(page) == [], name
    look(page, f"carriers-{name}-{'-'.join(map(str, look_))}")


@pytest.mark.parametrize("look_", LOOKS)
def test_from_the_desk_to_the_carriers_page_and_away(
    page: Page, site: Site, agent: clients.Client, sign_in: SignIn, look_: tuple[int, str, str]
) -> None:
    sign_in(page, "carrier-desk")
    in_look(page, site, *look_)
    if PICTURES:  # the walk through every page reads these two
        for name in ("carriers", "clients"):
            page.goto(f"{site.url}/{name}")
            checked(page, name, look_)
    page.goto(f"{site.url}/clients/{agent.id}")
    page.locator("form[action$='/keys/rotate'] button").first.click()
    expect(page.get_by_role("status").locator("code")).to_have_text(KEY)
    page.locator("form[action$='/visits'] button").click()
    link = page.get_by_role("status").locator("code").inner_text()
    checked(page, "client", look_)

    page.context.clear_cookies()
    in_look(page, site, *look_)
    page.goto(link)
    checked(page, "enter", look_)
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text(agent.name)
    expect(page.get_by_role("rowheader", name="AF 711 CDG → YUL")).to_be_visible()
    for noted in page.locator("details summary").all():
        noted.click()
    checked(page, "own", look_)
    page.locator("form[action='/carrier/leave'] button").click()
    page.goto(f"{site.url}/carrier")
    expect(page.locator("main code")).to_have_text("carrier.visit-over")
