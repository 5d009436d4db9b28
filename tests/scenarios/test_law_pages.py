"""Determinations as officers meet them: questions, files, the interview, decisions, notices."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest

from smartborder.law import rules
from smartborder.node.determinations.keeping import KEEP
from smartborder.node.determinations.purging import purge
from tests.support.desk import Desk
from tests.support.pages import Browser, reading, web_client

pytestmark = [pytest.mark.node, pytest.mark.points(4, 5)]
CLAIM = {
    "came_from_us": "yes", "place": "land-port", "nationalities": "HND",
    "birth_date": "1990-02-03", "family.none": "on", "document": "none",
    "us_permanent_resident": "no", "refused_by_us_unadjudicated": "no",
    "resident_removed_from_us": "no", "death_penalty": "no", "claim_date": "2026-05-04",
}  # fmt: skip
AUNT = {
    "family.0.relation": "aunt", "family.0.in_canada": "yes",
    "family.0.status": "permanent-resident", "family.0.adult": "yes",
}  # fmt: skip
WORDS = "Heard the claimant with an interpreter; the aunt's card was shown."


@pytest.fixture(scope="module")
def desk(home):
    made = Desk(home)
    yield made
    made.node.close()


@pytest.fixture(scope="module")
def web(desk):
    with web_client(desk) as client:
        yield client


@pytest.fixture
def at(web):
    return lambda user: Browser(web, user)


def opened(browser, rule, reference, **facts):
    """A kept file; its address."""
    browser.post(f"/determinations/new/{rule}", do="keep", reference=reference, **facts)
    listed = browser.get("/determinations")
    return re.search(rf'href="(/determinations/determination-\w+)">{reference}<', listed)[1]


def entry(browser, file, kind, **content):
    return browser.post(f"{file}/interview", kind=kind, **content)


@pytest.mark.parametrize("rule", sorted({r.name for r in rules() if r.country == "CA"}))
def test_every_rule_set_has_its_form_in_both_languages(at, desk, rule):
    browser = at(desk.second)
    page = browser.get(f"/determinations/new/{rule}")
    assert 'id="proposal"' in page
    assert "undetermined" in page
    reading(browser.client, "fr")
    french = browser.get(f"/determinations/new/{rule}")
    assert "Ce que dit le droit" in french
    assert "What the law says" not in french


def test_the_question_of_fear_comes_first(at, desk):
    page = at(desk.second).get("/determinations/new/stca")
    assert page.index('name="fear_asked"') < page.index('name="came_from_us"')


def test_after_each_answer_the_next_open_facts_come_first(at, desk):
    answers = {"fear_asked": "yes", "came_from_us": "yes", "nationalities": "fr"}
    page = at(desk.second).post("/determinations/new/stca", do="ask", place="land-port", **answers)
    first, _, rest = page.partition('class="govuk-details law-others"')
    assert 'name="family.0.relation"' in first
    assert 'name="came_from_us"' in rest
    assert 'value="FRA"' not in first
    assert desk.value("SELECT count(*) FROM determinations.file") == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("birth_date", "1990-02-30"), ("entry_date", "soon"), ("place", "moon"), ("on-day", "x"),
     ("came_from_us", "maybe")],
)  # fmt: skip
def test_what_cannot_be_used_is_said_beside_its_field(at, desk, field, value):
    page = at(desk.second).post(
        "/determinations/new/stca", status=400, do="ask", **{**CLAIM, field: value}
    )
    assert "govuk-error-summary" in page


def test_readings_in_dispute_never_decide(at, desk):
    disputed = {**CLAIM, "place": "between-ports", "entry_date": "2026-04-20/2026-04-22",
                "fear_asked": "yes"}  # fmt: skip
    page = at(desk.second).post("/determinations/new/stca", do="ask", **disputed)
    assert 'data-verdict="undetermined"' in page
    assert "law.readings-differ" in page
    settled = at(desk.second).post("/determinations/new/stca", do="ask",
                                   **{**disputed, "entry_date": "2026-04-20"})  # fmt: skip
    assert 'data-verdict="not-applicable"' in settled


def test_a_claim_from_first_question_to_notice(at, desk):
    browser = at(desk.second)
    file = opened(browser, "stca", "C-100", **CLAIM, **AUNT)
    page = browser.get(file)
    assert 'data-verdict="exception"' in page
    assert "IRPR 159.5(b)(ii)" in page
    entry(browser, file, "interpreter", needed="yes", name="Marie Roy", language="español")
    entry(browser, file, "fear", answer="The gang will find me.")
    entry(browser, file, "evidence", what="Card of the aunt", origin="claimant")
    page = entry(browser, file, "read-back", language="español", result="agreed")
    assert "The gang will find me." in page
    assert "Marie Roy" in page
    assert "Paul Tremblay" in page.partition("Marie Roy")[2]
    assert "land port of entry" in page
    assert "What they are to the claimant. aunt" in page
    draft = browser.get(f"{file}/notice")
    assert "DRAFT, NOT VALID" in draft
    assert "ÉBAUCHE, NON VALIDE" in draft
    said = {"words": WORDS, "other-words": "Demandeur entendu avec interprète; carte vue."}
    page = browser.post(f"{file}/decide", outcome="exception", seen="2", **said)
    assert "Decided by Paul Tremblay" in page
    notice = browser.get(f"{file}/notice")
    assert "DRAFT" not in notice
    english, _, french = notice.partition("Avis de décision")
    assert "carte vue" in french
    assert "carte vue" not in english
    assert "RIPR, art. 159.5b)(ii)" in french
    assert "traduction" not in french
    assert "Paul Tremblay" in notice
    assert "gang" not in notice
    assert "IRPR 159.5(b)(ii)" in notice


def test_nothing_adverse_before_everything_was_asked(at, desk):
    browser = at(desk.second)
    file = opened(browser, "stca", "C-200", **CLAIM)
    page = browser.post(f"{file}/decide", status=409, outcome="applies", words=WORDS, seen="1")
    assert "Not borne out by the facts" in page
    entry(browser, file, "fear", answer="Nothing in particular.")
    page = browser.get(file)
    assert 'data-verdict="applies"' in page
    assert "law-missing" in page
    page = browser.post(f"{file}/decide", status=409, outcome="applies", words=WORDS, seen="2")
    assert "interpreter" in page
    entry(browser, file, "interpreter", needed="no", language="English")
    entry(browser, file, "read-back", language="English", result="agreed")
    entry(browser, file, "evidence", what="A letter that came later")
    browser.post(f"{file}/decide", status=409, outcome="applies", words=WORDS, seen="2")
    entry(browser, file, "read-back", language="English", result="corrected",
          corrections="The letter is of May.")  # fmt: skip
    page = browser.post(f"{file}/decide", outcome="applies", words=WORDS, seen="2")
    assert "Decided by Paul Tremblay" in page
    notice = browser.get(f"{file}/notice")
    assert "leave and judicial review" in notice
    assert "une traduction est à joindre" in notice.partition("Avis de décision")[2]


def test_the_fear_is_asked_for_eligibility_too(at, desk):
    browser = at(desk.second)
    bar = {"removal_order": "yes"}
    file = opened(browser, "asylum-eligibility", "E-210", **bar)
    assert 'data-verdict="undetermined"' in browser.get(file)
    entry(browser, file, "fear", answer="They threatened my brother.")
    assert 'data-verdict="may-not-be-made"' in browser.get(file)


def test_a_kind_decision_is_always_open_and_supersedes(at, desk):
    browser = at(desk.second)
    file = opened(browser, "stca", "C-300", **CLAIM, fear_asked="yes")
    browser.post(f"{file}/decide", outcome="exception", words=WORDS, seen="1")
    browser.post(f"{file}/decide", outcome="not-applicable", words=WORDS, seen="1")
    rows = desk.rows("SELECT d.* FROM determinations.decision d JOIN determinations.file f"
                     " ON f.id = d.file WHERE f.reference = 'C-300' ORDER BY d.at")  # fmt: skip
    assert [r["outcome"] for r in rows] == ["exception", "not-applicable"]
    assert rows[1]["supersedes"] == rows[0]["id"]
    assert {r["author"] for r in rows} == {desk.second.id}


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [({"outcome": "undetermined"}, 400, "No such outcome"),
     ({"words": "short"}, 400, "Reasons needed"), ({"seen": "7"}, 409, "Changed meanwhile"),
     ({"outcome": ""}, 400, "No such outcome")],
)  # fmt: skip
def test_a_decision_that_is_not_whole_is_refused(at, desk, sent, status, code):
    browser = at(desk.second)
    file = opened(browser, "stca", f"R-{code[0]}{len(sent)}{sent.get('outcome', 'x')}", **CLAIM)
    whole = {"outcome": "exception", "words": WORDS, "seen": "1"}
    page = browser.post(f"{file}/decide", status=status, **{**whole, **sent})
    assert code in page
    assert "Decided by" not in page


def test_facts_get_a_version_and_the_first_stays(at, desk):
    browser = at(desk.second)
    file = opened(browser, "stca", "C-400", **CLAIM)
    form = browser.get(f"{file}/facts")
    assert 'value="HND"' in form
    changed = {**CLAIM, "nationalities": "BGR", "seen": "1", "fear_asked": "yes",
               "nationalities.source": "passport"}  # fmt: skip
    page = browser.post(f"{file}/facts", do="keep", **changed)
    assert 'data-verdict="exception"' in page
    assert "(passport)" in page
    browser.post(f"{file}/facts", status=409, do="keep", **changed)
    verdicts = desk.rows("SELECT v.verdict->>'verdict' AS word FROM determinations.version v"
                         " JOIN determinations.file f ON f.id = v.file"
                         " WHERE f.reference = 'C-400' ORDER BY v.number")  # fmt: skip
    assert [v["word"] for v in verdicts] == ["undetermined", "exception"]


def test_a_claim_does_not_exist_for_anybody_else(at, desk):
    browser = at(desk.second)
    file = opened(browser, "stca", "SECRET-500", **CLAIM, **AUNT)
    entry(browser, file, "fear", answer="They know my name.")
    for user in (desk.agnes, desk.carrier_desk, desk.owner, desk.auditor):
        other = at(user)
        missing = other.client.get("/determinations/determination-" + "0" * 26)
        hidden = other.client.get(file)
        assert hidden.status_code == missing.status_code == 404
        assert strip(hidden.text, file) == strip(missing.text, "0" * 26)
        assert "SECRET-500" not in other.client.get("/determinations").text
        asked = other.client.get("/determinations/new/stca")
        assert asked.status_code == 403


def strip(html, word):
    """A page without what differs from one request to the next."""
    html = html.replace(urlsplit(word).path.rsplit("-", 1)[-1], "")
    return re.sub(r"[0-9a-f]{64}|\d\d:\d\d(:\d\d(\.\d+)?)?", "", html)


def test_nothing_of_a_claim_is_sent_or_logged(at, desk, caplog):
    names = ["act.reply", "act.message", "act.case_file", "act.decision", "exchange.outbox",
             "custody.disclosure"]  # fmt: skip
    tables = [n for n in names if desk.value("SELECT to_regclass(:n)::text", n=n)]
    before = [desk.value(f"SELECT count(*) FROM {n}") for n in tables]
    browser = at(desk.second)
    file = opened(browser, "stca", "LOG-600", **CLAIM, **AUNT)
    entry(browser, file, "fear", answer="A very particular fear")
    browser.post(f"{file}/decide", outcome="exception", words=WORDS, seen="2")
    assert [desk.value(f"SELECT count(*) FROM {n}") for n in tables] == before
    assert "LOG-600" not in caplog.text
    assert "particular" not in caplog.text
    record = file.rsplit("/", 1)[-1]
    seen = desk.rows("SELECT * FROM audit.seen WHERE record = :r", r=record)
    assert {"opened", "facts recorded", "interview recorded", "decided"} <= {
        r["what"] for r in seen
    }
    assert {r["purpose"] for r in seen} == {"determination"}
    leaves = desk.rows(
        "SELECT kind FROM ledger.leaf l WHERE l.record IN"
        " (SELECT id FROM determinations.version WHERE file = :f)",
        f=record,
    )
    assert [leaf["kind"] for leaf in leaves] == ["determination"] * 2
    for row in seen:
        assert "stca" not in str(row)


REMOVAL = {
    "order": "departure-order", "in_force": "yes", "has_departed": "no",
    "enforceable_on": "2026-03-01", "stays.none": "on",
    "detentions.0.start": "2026-03-10", "detentions.0.end": "2026-03-20",
}  # fmt: skip


@pytest.mark.points(27)
def test_s11_the_day_table_shows_both_readings(at, desk):
    browser = at(desk.second)
    sent = {"do": "ask", **REMOVAL, "on-day": "2026-04-05"}
    page = browser.post("/determinations/new/removal-order", **sent)
    assert 'data-verdict="departure-order"' in page
    assert "Day 30 is 2026-04-10; the clock stood still for 10 days." in page
    assert "does not count either, it is 2026-04-11" in page
    rows = dict(re.findall(r'<th scope="row">(\d{4}-\d\d-\d\d)</th>(.*?)</tr>', page))
    assert next(iter(rows)) == "2026-03-02"
    assert list(rows)[-1] == "2026-04-11"
    assert len([r for r in rows.values() if "IRPR 224(3)" in r]) == 10
    assert "boundary day" in rows["2026-03-20"]
    assert [d for d in rows if "boundary day" in rows[d]] == ["2026-03-20"]
    assert re.findall(r">(\d+|–)<", rows["2026-03-20"]) == ["9", "–"]
    assert re.findall(r">(\d+|–)<", rows["2026-04-10"]) == ["30", "29"]
    late = browser.post("/determinations/new/removal-order", **{**sent, "on-day": "2026-04-11"})
    assert 'data-verdict="deportation-order"' in late


@pytest.mark.points(5, 27)
def test_a_power_is_offered_only_under_a_delegation_and_else_says_whom_to_ask(at, desk):
    browser = at(desk.second)
    claim = browser.get(opened(browser, "stca", "POW-1", **CLAIM, fear_asked="yes"))
    assert "the Minister's delegate for the Agreement" in unescape(claim)
    assert "Ask through the supervisor before removal" in claim
    removal = opened(browser, "removal-order", "POW-2", **REMOVAL)
    assert "You may use it" not in browser.get(removal)
    assert "Ask the shift supervisor." in browser.get(removal)
    chief = at(desk.chief).get(removal)
    assert "You may use it" in chief
    assert "Demonstration delegation 1" in chief
    assert "34, 35 and 37" in chief


@pytest.mark.points(27)
def test_the_day_an_order_takes_effect_is_counted_as_advice(at, desk):
    browser = at(desk.second)
    facts = {"order": "departure-order", "has_departed": "no", "claim_ended": "ineligible",
             "claim_ended_on": "2026-11-01", "stays.none": "on",
             "detentions.none": "on"}  # fmt: skip
    file = opened(browser, "removal-order", "F-49", **facts)
    page = browser.get(file)
    assert "Order comes into force" in page
    assert "2026-11-08" in page
    assert "Day 30 is 2026-12-08" in page
    assert "from an excerpt" in page
    notice = browser.get(f"{file}/notice")
    assert "coded from an excerpt or from memory" in notice
    assert "LIPR, art. 49(2)b)" in notice.partition("Avis de décision")[2]


@pytest.mark.points(27)
def test_an_open_detention_keeps_the_clock_standing(at, desk):
    facts = {**REMOVAL, "detentions.0.end": "", "on-day": "2026-06-01"}
    page = at(desk.second).post("/determinations/new/removal-order", do="ask", **facts)
    assert "The clock stands still" in page


@pytest.mark.points(28, 29)
def test_the_register_has_every_entry_with_its_clock_and_what_silence_means(at, desk):
    owner = at(desk.owner)
    opened(owner, "listing", "LIST-CC", scheme="criminal-code", listed_on="2024-01-10",
           applied="yes", application_received_on="2026-10-20", decision="none")  # fmt: skip
    opened(owner, "listing", "LIST-CC-OLD", scheme="criminal-code", listed_on="2023-01-10",
           applied="yes", application_received_on="2026-05-01", decision="none")  # fmt: skip
    opened(owner, "listing", "LIST-SATA", scheme="secure-air-travel", applied="yes",
           application_received_on="2026-05-01", decision="none",
           extended_on_notice="no")  # fmt: skip
    opened(owner, "listing", "LIST-UN", scheme="un-list", applied="yes",
           application_received_on="2026-10-01", decision="none")  # fmt: skip
    page = owner.get("/determinations/register")
    rows = dict(re.findall(r">(LIST-[A-Z-]+)</a></th>(.*?)</tr>", page, re.S))
    assert "pending" in rows["LIST-CC"]
    assert "2027-01-18" in rows["LIST-CC"]
    assert "deemed-to-remain" in rows["LIST-CC-OLD"]
    assert "deemed-removed" in rows["LIST-SATA"]
    assert "by silence" in rows["LIST-SATA"]
    assert "SOR/2001-360 2.1" in rows["LIST-UN"]
    assert next(iter(rows)) == "LIST-UN"
    assert at(desk.second).client.get("/determinations/register").status_code == 403


@pytest.mark.points(28, 29)
def test_a_listing_file_is_for_the_people_of_lists(at, desk):
    file = opened(at(desk.owner), "freezing", "FRZ-1", holder="any-person", match="name-only")
    page = at(desk.owner).get(file)
    assert "check-identity" in page
    assert at(desk.second).client.get(file).status_code == 404


def test_on_its_delete_by_date_a_claim_is_gone_and_every_proof_holds(at, desk):
    browser = at(desk.second)
    file = opened(browser, "stca", "GONE-700", **CLAIM, **AUNT)
    entry(browser, file, "fear", answer="Xylophoneword is what I fear.")
    browser.post(f"{file}/decide", outcome="exception", words=WORDS, seen="2")
    record = file.rsplit("/", 1)[-1]
    parts = [
        r["id"]
        for t in ("version", "event", "decision")
        for r in desk.rows(f"SELECT id FROM determinations.{t} WHERE file = :f", f=record)
    ]
    salts = "SELECT count(*) FROM ledger.opening WHERE record = ANY(:parts)"
    assert desk.value(salts, parts=parts) == len(parts) == 4
    began = desk.time.now()
    try:
        desk.time.move(timedelta(days=KEEP.days - 1))
        assert purge(desk.node) == 0
        desk.time.move(timedelta(days=1, minutes=1))
        browser = at(desk.second)
        later = opened(browser, "stca", "LATER-701", **CLAIM)
        assert purge(desk.node) > 0
        left = {
            t: desk.value(f"SELECT count(*) FROM determinations.{t} WHERE file = :f", f=record)
            for t in ("version", "event", "decision")
        }
        assert set(left.values()) == {0}
        assert desk.value("SELECT count(*) FROM determinations.event"
                          " WHERE content::text LIKE '%Xylophoneword%'") == 0  # fmt: skip
        gone = desk.rows("SELECT * FROM custody.destruction WHERE record = :r", r=record)
        assert [(g["kind"], g["rule"]) for g in gone] == [("determination", KEEP.citation)]
        assert desk.value(salts, parts=parts) == 0
        assert browser.client.get(file).status_code == 404
        assert browser.client.get(later).status_code == 200
        assert purge(desk.node) == 0
    finally:
        desk.time.move(began - desk.time.now())
