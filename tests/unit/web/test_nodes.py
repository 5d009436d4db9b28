"""Every country's node has its own face; two nodes on one machine share no cookie."""

import pytest
from litestar.testing import TestClient

from smartborder.node.home import NodeHome
from smartborder.web.app import create
from tests.support.node import MakeHome

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def homes(node_home: MakeHome) -> dict[str, NodeHome]:
    return {country: node_home(country) for country in ("CA", "US", "NZ")}


@pytest.mark.parametrize(
    ("country", "language", "name", "accent"),
    [
        ("CA", "fr", "Canada", "#8c1d18"),
        ("US", "en", "United States", "#1f3a68"),
        ("NZ", "en", "NZ", "#2f4f4f"),
    ],
)
def test_language_name_and_accent_come_from_the_pack(
    homes: dict[str, NodeHome], country: str, language: str, name: str, accent: str
) -> None:
    application = create(homes[country])
    with TestClient(application) as client:
        html = client.get("/sign-in").text
        css = client.get("/accent.css").text
    application.state.node.close()
    assert f'<html lang="{language}"' in html
    assert name in html
    assert f"--sb-accent:{accent};" in css


def test_cookies_carry_country_and_port(homes: dict[str, NodeHome]) -> None:
    names = set()
    for home in homes.values():
        application = create(home)
        with TestClient(application) as client:
            names.add(client.get("/sign-in").headers["set-cookie"].split("=")[0])
        application.state.node.close()
    assert names == {"sb-ca-8100-form", "sb-us-8101-form", "sb-nz-8102-form"}
