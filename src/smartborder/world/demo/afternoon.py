"""Beats 12, 17 and 18: two dates of law, the close-out of a flight, and an outcome that counts."""

import json
import re
import tempfile
from collections import Counter

from smartborder.agreements.parties import name_of_party
from smartborder.kernel.text import Text
from smartborder.world.demo import found
from smartborder.world.demo.day import (
    LEG_LONDON,
    LEG_MORNING,
    NO_AUTHORISATION,
    RIGHT_NUMBER,
    WANTED,
    WRONG_NUMBER,
)
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import Stage
from smartborder.world.shell import command

_ARRIVAL = re.compile(r"/secondary/(arrival-[0-9a-z]{26})")
_TRAVELLER = re.compile(r"/arrivals/(traveller-[0-9a-z]{26})/refer")
_ROW = re.compile(r"<tr\b.*?</tr>", re.S)
_SHARE = re.compile(r"\((\d+)/(\d+)\)")
_TAG = re.compile(r"<[^>]*>")
NO_SHOWS = 3
_OUTCOMES = {
    "granted": Text("granted", "accordée"),
    "partial": Text("granted in part", "accordée en partie"),
    "conditional": Text("granted on conditions", "accordée sous conditions"),
    "refused": Text("refused", "refusée"),
    "held-for-officer": Text("for an officer to decide", "à trancher par un agent"),
}
"""What a gate may answer, in words."""


def two_dates(stage: Stage) -> Seen:
    """Beat 12."""
    request = {
        "from": "CAN", "to": "USA", "channel": "query", "stage": "query", "match": None,
        "purpose": "authorised-to-travel", "fields": ["surname", "birth_date"],
        "subject": {"citizenships": ["FRA"], "permanent_resident_of": ["CAN"]},
    }  # fmt: skip
    outcomes = {}
    for day in ("2025-01-16", "2025-01-17"):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({**request, "on": day}, file)
            file.flush()
            answer = command("agreement", "check", "us-visa-sharing", "--request", file.name)
        outcomes[day] = answer["outcome"]
    expect(len(set(outcomes.values())) == 2, f"both dates gave {outcomes}")
    words = {day: _OUTCOMES[outcome] for day, outcome in outcomes.items()}
    told = [", ".join(f"{day} {word.in_(tongue)}" for day, word in words.items())
            for tongue in ("en", "fr")]  # fmt: skip
    return Seen(
        line=Text(
            f"the same permanent resident, asked about on two dates: {told[0]}",
            f"le même résident permanent, objet d'une demande à deux dates : {told[1]}",
        ),
        record="us-visa-sharing",
        path="/agreements/us-visa-sharing",
        law="IRPR 315.21, SOR/2024-257",
        command="smartborder agreement check us-visa-sharing --request request.json",
    )


def close_out(stage: Stage) -> Seen:
    """Beat 17."""
    node = stage.nodes["CA"]
    officer = node.visitor("world-officer")
    aboard = [RIGHT_NUMBER if p is WRONG_NUMBER else p for p in stage.day.morning[NO_SHOWS:]]
    node.lines["AF host"].send(
        stage.day.air_france.message(LEG_MORNING, aboard, stage.now(), "flight-close-out")
    )
    flight = found.flight(officer, LEG_MORNING)
    page = officer.see(f"/flights/{flight}")
    boarded = len(aboard) - 1
    figures = Counter(re.findall(r">\s*(\d+)\s*<", page))
    expect(figures[str(boarded)] and figures[str(NO_SHOWS)], f"the flight page shows {figures}")
    expect(
        (NO_AUTHORISATION.surname or "-") in page, "nobody stands on the page as boarded without OK"
    )
    return Seen(
        line=Text(
            f"close-out of AF344: {boarded} boarded, {NO_SHOWS} no-shows, 1 boarded without OK:"
            " a case for the carrier desk",
            f"clôture d'AF344 : {boarded} embarqués, {NO_SHOWS} absents, 1 embarqué sans OK : un"
            " dossier pour le bureau des transporteurs",
        ),
        record=flight,
        path=f"/flights/{flight}",
        law="IRPR 269(3), 270",
    )


def no_result(stage: Stage) -> Seen:
    """Beat 18."""
    node = stage.nodes["CA"]
    node.lines["BA host"].send(stage.day.british.message(LEG_LONDON, [WANTED], stage.now()))
    lane = node.visitor("world-officer")
    lane.see("/arrivals")
    page = lane.send("/arrivals", document=WANTED.documents[0].number or "")
    traveller = _TRAVELLER.findall(page)
    expect(traveller, "the lane does not know the expected traveller")
    lane.send(f"/arrivals/{traveller[0]}/refer", why="lookout", words="")
    analyst = node.visitor("world-analyst")
    some, outcomes = _hit_rate(analyst.see("/figures/desk"))
    secondary = node.visitor("world-secondary")
    arrivals = _ARRIVAL.findall(secondary.see("/secondary"))
    expect(arrivals, "secondary does not see the referral")
    secondary.see(f"/secondary/{arrivals[0]}")
    secondary.send(f"/secondary/{arrivals[0]}", outcome="no-result", words="")
    rate = _hit_rate(analyst.see("/figures/desk"))
    expect(rate == (some, outcomes + 1), f"the hit rate of the partner's list became {rate}")
    return Seen(
        line=Text(
            "secondary records 'no result' in two clicks; the hit rate of the list's owner falls on"
            " the screen",
            "le contrôle secondaire consigne « sans résultat » en deux clics; le taux de"
            " concordances fondées du propriétaire de la liste baisse à l'écran",
        ),
        record=arrivals[0],
        path=f"/secondary/{arrivals[0]}",
    )


def _hit_rate(page: str) -> tuple[int, int]:
    """What secondary found of the hits on the partner's list, and of how many outcomes."""
    owner = name_of_party("USA")
    for row in _ROW.findall(page):
        name = _TAG.sub("", row.partition("</th>")[0])
        if owner.en in name or owner.fr in name:
            some, outcomes = _SHARE.findall(row)[-1]
            return int(some), int(outcomes)
    expect(False, "the figures do not show the partner's list")
    return 0, 0
