import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

pytestmark = pytest.mark.node
Browser = TestClient[Litestar]


def form_token(html: str) -> str:
    found = re.search(r'name="_form" value="([0-9a-f]{64})"', html)
    assert found
    return found[1]


def test_a_stranger_is_led_to_the_sign_in_page_and_back(browser: Browser) -> None:
    answer = browser.get("/settings")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/settings")


def test_the_start_page_greets_the_officer_in_the_nodes_first_language(desk: Browser) -> None:
    html = desk.get("/").text
    assert '<html lang="fr"' in html
    assert "Agnès Roy" in html
