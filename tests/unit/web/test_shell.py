"""The shell against a real node: sign-in, forms, errors, headers, preferences."""

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from smartborder.kernel.text import Text
from smartborder.node.access import sign_in, users
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.store.session import SYSTEM, Store
from smartborder.web.flash import Flash

pytestmark = pytest.mark.node
Browser = TestClient[Litestar]
SESSION = "sb-ca-8100-session"


def form_token(browser: Browser, path: str = "/sign-in") -> str:
    found = re.search(r'name="_form" value="([0-9a-f]{64})"', browser.get(path).text)
    assert found
    return found[1]


def test_a_stranger_is_led_to_the_sign_in_page_and_back(browser: Browser) -> None:
    answer = browser.get("/settings")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/settings")


def test_a_piece_of_a_page_leads_the_whole_page_to_sign_in(browser: Browser) -> None:
    answer = browser.get("/settings", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=/settings")


def test_whoever_signs_in_is_led_straight_to_their_work(desk: Browser) -> None:
    answer = desk.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue")
    html = desk.get("/settings").text
    assert '<html lang="fr"' in html
    assert "Agnès Roy" in html


def test_a_one_time_link_opens_a_session_once(
    browser: Browser, store: Store, officer: User
) -> None:
    with store.act(SYSTEM, PURPOSE) as s:
        token = sign_in.make_link(s, officer)
    assert browser.get(f"/enter/{token}").status_code == 200
    assert browser.get(f"/enter/{token}").status_code == 200  # looking does not use it up
    answer = browser.post(
        "/enter", data={"token": token, "_form": form_token(browser, f"/enter/{token}")}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert re.search(
        rf"{SESSION}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=strict", answer.headers["set-cookie"]
    )
    assert browser.get("/settings").status_code == 200
    spent = browser.get(f"/enter/{token}")
    assert spent.status_code == 403
    assert "access.link-spent" in spent.text


def test_password_sign_in_goes_where_one_wanted_to_go(browser: Browser, store: Store) -> None:
    with store.act(SYSTEM, PURPOSE) as s:
        user = users.add(s, login="bruno", name="Bruno", roles=["auditor"])
        users.set_password(s, user.id, "a sentence nobody guesses")
    typed = {"login": "bruno", "password": "a sentence nobody guesses", "next": "/settings"}
    wrong = browser.post("/sign-in", data=typed | {"password": "x", "_form": form_token(browser)})
    assert wrong.status_code == 403
    assert "Ouverture de session refusée" in wrong.text
    assert SESSION not in wrong.cookies
    right = browser.post("/sign-in", data=typed | {"_form": form_token(browser)})
    assert (right.status_code, right.headers["location"]) == (303, "/settings")


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "x", ""],
)
def test_nobody_is_led_to_another_site(desk: Browser, target: str) -> None:
    answer = desk.post(
        "/preferences", data={"next": target, "_form": form_token(desk, "/settings")}
    )
    assert answer.headers["location"] == "/"


def test_sign_out_ends_the_session_in_the_database_too(desk: Browser) -> None:
    token = desk.cookies[SESSION]
    answer = desk.post("/sign-out", data={"_form": form_token(desk, "/settings")})
    assert answer.headers["location"] == "/sign-in"
    desk.cookies.set(SESSION, token)
    assert desk.get("/settings").status_code == 303


@pytest.mark.parametrize("given", [None, "", "0" * 64])
def test_a_form_without_its_token_is_refused(desk: Browser, given: str | None) -> None:
    desk.get("/settings")
    answer = desk.post(
        "/settings/shortcuts",
        data={"shortcuts": "off"} | ({"_form": given} if given is not None else {}),
    )
    assert answer.status_code == 403
    assert "access.form-refused" in answer.text


def test_a_token_of_another_session_is_refused(desk: Browser) -> None:
    token = form_token(desk, "/settings")
    desk.cookies.set(SESSION, "another")
    assert desk.post("/preferences", data={"_form": token}).status_code == 403


def test_a_request_from_another_site_is_refused_even_with_the_token(desk: Browser) -> None:
    answer = desk.post(
        "/preferences",
        data={"_form": form_token(desk, "/settings")},
        headers={"sec-fetch-site": "same-site"},
    )
    assert answer.status_code == 403


def test_a_script_of_ours_sends_the_token_as_a_header(desk: Browser) -> None:
    token = form_token(desk, "/settings")
    answer = desk.post(
        "/settings/shortcuts", data={"shortcuts": "on"}, headers={"x-form-token": token}
    )
    assert answer.status_code == 303


def test_the_language_is_chosen_and_the_page_kept(desk: Browser) -> None:
    assert '<html lang="fr"' in desk.get("/settings?x=1").text
    answer = desk.post(
        "/preferences",
        data={"language": "en", "next": "/settings?x=1", "_form": form_token(desk, "/settings")},
    )
    assert answer.headers["location"] == "/settings?x=1"
    assert '<html lang="en"' in desk.get("/settings?x=1").text


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_theme_is_chosen(desk: Browser, theme: str) -> None:
    desk.post("/preferences", data={"theme": theme, "_form": form_token(desk, "/settings")})
    assert f'data-theme="{theme}"' in desk.get("/settings").text


def test_shortcuts_are_turned_off_for_the_person(desk: Browser) -> None:
    for state in ("off", "on"):
        form = {"shortcuts": state, "_form": form_token(desk, "/settings")}
        answer = desk.post("/settings/shortcuts", data=form)
        assert answer.status_code == 303
        html = desk.get("/settings").text
        assert f'data-shortcuts="{state}"' in html
        assert "Enregistré." in html  # what was done is said once
        assert "Enregistré." not in desk.get("/settings").text


def test_a_short_password_is_explained_on_the_page(desk: Browser) -> None:
    form = {"password": "short", "_form": form_token(desk, "/settings")}
    answer = desk.post("/settings/password", data=form)
    assert answer.status_code == 400
    assert "Mot de passe trop court" in answer.text


def test_every_answer_carries_the_policy(browser: Browser) -> None:
    for path in ("/sign-in", "/nowhere", "/accent.css", "/static/js/shell.js"):
        headers = browser.get(path).headers
        assert headers["content-security-policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
            "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert browser.get("/sign-in").headers["cache-control"] == "no-store"


def test_a_marked_file_may_be_kept_for_a_year(browser: Browser) -> None:
    marked = re.search(
        r'href="(/static/css/smartborder\.css\?v=[0-9a-f]{12})"', browser.get("/sign-in").text
    )
    assert marked
    assert browser.get(marked[1]).headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_accent_is_the_countrys(browser: Browser) -> None:
    answer = browser.get("/accent.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert re.fullmatch(
        r":root\{--sb-accent:#8c1d18;--sb-accent-dark:#[0-9a-f]{6}\}\n", answer.text
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/v1/nowhere", 404, "http.not-found"), ("DELETE", "/sign-in", 405, "http.method")],
)
def test_machines_get_a_problem_document(
    browser: Browser, method: str, path: str, status: int, code: str
) -> None:
    answer = browser.request(method, path, headers={"accept": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert (problem["code"], problem["status"]) == (code, status)
    assert problem["title"] != problem["title_fr"]


def test_people_get_a_page_in_their_language(browser: Browser) -> None:
    answer = browser.get("/nowhere")
    assert answer.status_code == 404
    assert '<html lang="fr"' in answer.text
    assert "Page introuvable" in answer.text
    assert "http.not-found" in answer.text


def test_a_body_that_is_too_large_is_a_coded_error(desk: Browser) -> None:
    answer = desk.post(
        "/preferences",
        content=b"x=" + b"y" * 10_000_001,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413
    assert "http.too-large" in answer.text


def test_an_error_leads_back_to_the_page_before(browser: Browser) -> None:
    came = {"referer": f"{browser.base_url}/settings?part=1"}
    assert 'href="/settings?part=1"' in browser.get("/nowhere", headers=came).text


def test_a_page_elsewhere_is_not_led_back_to(browser: Browser) -> None:
    answer = browser.get("/nowhere", headers={"referer": "https://elsewhere.example/settings"})
    assert "elsewhere" not in answer.text


def test_a_form_with_a_field_twice_is_a_coded_error_that_names_no_value(desk: Browser) -> None:
    answer = desk.post(
        "/preferences",
        content="theme=dark&theme=secret-value",
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "x-form-token": form_token(desk, "/settings"),
        },
    )
    assert answer.status_code == 400
    assert "http.form" in answer.text
    assert "secret-value" not in answer.text
    said = answer.text.partition("<main")[2].partition("<details")[0]
    assert "Formulaire inutilisable" in said
    assert "corrigez et envoyez de nouveau" in said
    assert 'lang="en"' not in said


def test_a_flash_that_was_tampered_with_is_ignored(desk: Browser) -> None:
    for value in ("!", "eyJ4IjoxfQ", "é"):
        assert Flash.unpacked(value) is None
    packed = Flash(Text("<b>Done</b>", "<b>Fait</b>"), "warning").packed()
    assert Flash.unpacked(packed) == Flash(Text("<b>Done</b>", "<b>Fait</b>"), "warning")
    desk.cookies.set("sb-ca-8100-flash", packed)
    assert "&lt;b&gt;Fait&lt;/b&gt;" in desk.get("/settings").text
