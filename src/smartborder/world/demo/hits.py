"""Beats 7 to 9: a look-alike cleared, remembered in the evening, and a partner's true hit."""

import re
import time

from smartborder.agreements.parties import name_of_party
from smartborder.kernel.text import Text
from smartborder.world.demo import found
from smartborder.world.demo.day import (
    LEG_EVENING,
    LEG_LONDON,
    LISTED_NAME,
    LONDON_LISTED,
    LOOK_ALIKE,
    NEW_YORK_LISTED,
    WANTED,
)
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import OnStage, Stage, until
from smartborder.world.visitor import Visitor

_HIT = re.compile(r"/hits/(hit-[0-9a-z]{26})/decide")
_ENCOUNTER = re.compile(r"/encounters/([a-z]+-[0-9a-z]{26})/answer")
_REVIEW = "2027-11-24"


def place_lookouts(stage: Stage) -> None:
    """Each country places look-outs of its own; the partner's cross under the agreement."""
    surname, given, born, number = LISTED_NAME
    place(
        stage.nodes["CA"],
        names=f"{given} {surname}",
        birth_dates=born,
        documents=f"{number} MAR P",
        basis="prior-refusal",
        office="Demo enforcement office",
    )
    for country, listed in (("CA", LONDON_LISTED), ("US", NEW_YORK_LISTED)):
        passport = listed.documents[0]
        place(
            stage.nodes[country],
            names=f"{listed.given_names} {listed.surname}",
            birth_dates=listed.birth_date or "",
            documents=f"{passport.number} {passport.issuer} P",
            basis="prior-refusal",
            office="Demo enforcement office",
        )
    document = WANTED.documents[0]
    place(
        stage.nodes["US"],
        names=f"{WANTED.given_names} {WANTED.surname}",
        birth_dates=WANTED.birth_date or "",
        documents=f"{document.number} {document.issuer} P",
        basis="warrant",
        office="Demo fugitive office",
        caveat="no-onward-transfer",
    )


def look_alike(stage: Stage) -> Seen:
    """Beat 7."""
    officer = stage.nodes["CA"].visitor("world-officer")
    case = find_case(officer, LOOK_ALIKE.surname or "")
    officer.send(f"/cases/{case}/claim")
    page = officer.see(f"/cases/{case}")
    hits = _HIT.findall(page)
    expect(hits, "the look-alike's case shows no hit to decide")
    for hit in hits:
        officer.see(f"/cases/{case}")
        officer.send(f"/hits/{hit}/decide", why="different:birth-date", words="")
    return Seen(
        line=Text(
            "a look-alike: names aligned, birth year and passport differ; cleared in two clicks",
            "un sosie : noms alignés, année de naissance et passeport différents; écarté en deux"
            " clics",
        ),
        record=case,
        path=f"/cases/{case}",
        law="IRPR 269",
        command="smartborder screen --lists lookouts.jsonl --queries traveller.csv",
    )


def remembered(stage: Stage) -> Seen:
    """Beat 8."""
    node = stage.nodes["CA"]
    officer = node.visitor("world-officer")
    before = set(found.cases(officer))
    answer = node.lines["AF host"].send(
        stage.day.air_france.message(LEG_EVENING, stage.day.evening, stage.now())
    )
    expect(answer.codes().count("0Z") == len(stage.day.evening), f"{answer.codes()}")
    fresh = set(found.cases(officer)) - before
    quiet = not any((LOOK_ALIKE.surname or "") in officer.see(f"/cases/{c}") for c in fresh)
    expect(quiet, "the cleared man alarmed again")
    man = found.traveller(officer, LEG_EVENING, LOOK_ALIKE)
    return Seen(
        line=Text(
            f"the same man on the evening flight, {len(stage.day.evening)} travellers: quiet,"
            " 'cleared, when, why, by whom' stands on his page",
            f"le même homme sur le vol du soir, {len(stage.day.evening)} voyageurs : silence,"
            " « écarté, quand, pourquoi, par qui » figure sur sa fiche",
        ),
        record=man,
        path=f"/travellers/{man}",
        command="smartborder screen --lists lookouts.jsonl --queries traveller.csv",
    )


def true_hit(stage: Stage) -> Seen:
    """Beat 9."""
    node = stage.nodes["CA"]
    owner = node.visitor("world-owner")
    arrived = until(lambda: (WANTED.surname or "") in owner.see("/lookouts").upper(), 60)
    expect(arrived, "the partner's look-out has not arrived")
    answer = node.lines["BA host"].send(
        stage.day.british.message(LEG_LONDON, [WANTED], stage.now())
    )
    expect(answer.codes() == ["0Z"], f"the carrier saw {answer.codes()}")
    officer = node.visitor("world-officer")
    case = find_case(officer, WANTED.surname or "")
    page = officer.see(f"/cases/{case}")
    whose = name_of_party("USA")
    expect(whose.en in page or whose.fr in page, "the case does not say whose look-out it is")
    officer.send(f"/cases/{case}/claim")
    page = officer.see(f"/cases/{case}")
    for hit in _HIT.findall(page):
        officer.see(f"/cases/{case}")
        officer.send(f"/hits/{hit}/decide", why="same:document", words="")
    return Seen(
        line=Text(
            "a true hit from the partner's look-out, with its caveats: 'board and refer'; the"
            " carrier still sees OK, secondary gets the referral",
            "une vraie concordance avec le signalement du partenaire et ses réserves : « embarquer"
            " et diriger »; le transporteur voit toujours OK, le contrôle secondaire est averti",
        ),
        record=case,
        path=f"/cases/{case}",
        law="shared-lookouts",
        command="smartborder agreement show shared-lookouts",
    )


def confirmed(stage: Stage) -> Seen:
    """Beat 10."""
    owner = stage.nodes["US"].visitor("world-owner")
    asked = until(lambda: _ENCOUNTER.findall(owner.see("/encounters")), 60)
    expect(asked, "the encounter has not reached the originator")
    owner.send(f"/encounters/{asked[0]}/answer", verdict="confirmed")
    expect(not _ENCOUNTER.findall(owner.see("/encounters")), "the question is still open")
    return Seen(
        line=Text(
            "the originator's desk confirms: it is its subject; its clock stops",
            "le bureau de l'auteur confirme : c'est bien la personne visée; son délai s'arrête",
        ),
        record=asked[0],
        node="US",
        path=f"/encounters#{asked[0]}",
        law="case-query",
        command="smartborder agreement show case-query",
    )


def find_case(officer: Visitor, surname: str, seconds: float = 30) -> str:
    """The open case about a traveller of that surname; the queue fills within a second."""
    end = time.monotonic() + seconds
    looked: set[str] = set()
    while time.monotonic() < end:
        for case in found.cases(officer):
            if case not in looked and surname in officer.see(f"/cases/{case}").upper():
                return case
            looked.add(case)
        time.sleep(0.1)
    expect(False, f"no case about the expected traveller among {len(looked)}")
    return ""


def place(node: OnStage, *, caveat: str | None = None, **form: str) -> str:
    """The node's look-out owner places one through the form; its id."""
    ticked = {f"caveat-{caveat}": "on"} if caveat else {}
    owner = node.visitor("world-owner")
    owner.see("/lookouts/new")
    owner.send("/lookouts", kind="person", nationalities="", sex="", note="",
               instruction="board-and-refer", review_by=_REVIEW, **ticked, **form)  # fmt: skip
    return owner.address.rpartition("/")[2]
