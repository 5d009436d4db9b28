"""Beats 1 to 6: two nodes, full queues, a list, a damaged list, a refusal, a correction."""

import time
from collections import Counter

from smartborder.formats import edifact
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList
from smartborder.world.demo import found
from smartborder.world.demo.day import (
    LEG_DAMAGED,
    LEG_LONDON,
    LEG_MORNING,
    LEG_NEW_YORK,
    NO_AUTHORISATION,
    RIGHT_NUMBER,
    damage,
)
from smartborder.world.demo.hits import find_case, place_lookouts
from smartborder.world.demo.notice import announce
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import Stage, until

_REPLIES = {
    "0Z": Text("OK", "OK"),
    "1Z": Text("not OK", "refus"),
    "2Z": Text("contact the agency", "communiquer avec l'agence"),
    "3Z": Text("insufficient data", "données insuffisantes"),
}
"""What a reply's code means, in words."""


def two_countries(stage: Stage) -> Seen:
    """Beat 1."""
    keys = {
        country: str(node.home.signing_key().as_dict(private=False)["x"])[:10]
        for country, node in stage.nodes.items()
    }
    expect(len(set(keys.values())) == 2, "the two nodes share a key")
    servers = {node.supervisor.running().parts["database"].pid for node in stage.nodes.values()}
    told = ", ".join(f"{c} {k}…" for c, k in sorted(keys.items()))
    return Seen(
        line=Text(
            f"two countries, {len(servers)} database servers, 2 key sets ({told}), nothing shared",
            f"deux pays, {len(servers)} serveurs de base de données, 2 jeux de clés ({told}),"
            " rien en commun",
        ),
        record=" ".join(node.home.node_id for node in stage.nodes.values()),
        path="/",
        command="smartborder node status",
    )


def queues_fill(stage: Stage) -> Seen:
    """Beat 2."""
    place_lookouts(stage)
    announce(stage)
    day = stage.day
    sent = (
        stage.nodes["US"]
        .lines["BA host"]
        .send(day.british_us.message(LEG_NEW_YORK, day.new_york, stage.now()))
    )
    more = (
        stage.nodes["CA"]
        .lines["BA host"]
        .send(day.british.message(LEG_LONDON, day.london[:-1], stage.now()))
    )
    expect(sent.status == more.status == 200, f"intake answered {sent.problem} {more.problem}")
    count = len(sent.codes()) + len(more.codes())
    officers = [stage.nodes[country].visitor("world-officer") for country in ("CA", "US")]
    filled = until(lambda: all(found.cases(officer) for officer in officers), 10)
    expect(filled, "a queue stays empty")
    ours, theirs = (found.cases(officer) for officer in officers)
    return Seen(
        line=Text(
            f"{count} travellers on two flights; the queues fill ({len(ours)} and {len(theirs)}"
            " to decide) and show time left, local and UTC",
            f"{count} voyageurs sur deux vols; les files se remplissent ({len(ours)} et"
            f" {len(theirs)} à trancher) et montrent le temps restant, local et UTC",
        ),
        record=ours[0],
        path=f"/cases/{ours[0]}",
        law="IRPR 269",
        command="smartborder node status",
    )


def list_answered(stage: Stage) -> Seen:
    """Beat 3."""
    message = stage.day.air_france.message(LEG_MORNING, stage.day.morning, stage.now())
    began = time.perf_counter()
    answer = stage.nodes["CA"].lines["AF host"].send(message)
    took = time.perf_counter() - began
    codes = Counter(answer.codes())
    expect(sum(codes.values()) == 180 and codes["0Z"] == 178, f"replies were {dict(codes)}")
    told = [", ".join(f"{n} {_REPLIES[code].in_(tongue)}" for code, n in sorted(codes.items()))
            for tongue in ("en", "fr")]  # fmt: skip
    flight = found.flight(stage.nodes["CA"].visitor("world-officer"), LEG_MORNING)
    return Seen(
        line=Text(
            f"AF344 CDG-YUL, 180 travellers, CUSRES back in {took * 1000:.0f} ms: {told[0]}",
            f"AF344 CDG-YUL, 180 voyageurs, CUSRES reçu en {took * 1000:.0f} ms : {told[1]}",
        ),
        record=flight,
        path=f"/flights/{flight}",
        law="IRPR 269",
        command="curl -H 'Authorization: Bearer …' --data-binary @list.edi …/v1/messages",
    )


def damaged_list(stage: Stage) -> Seen:
    """Beat 4."""
    whole = stage.day.transat.message(LEG_DAMAGED, stage.day.damaged, stage.now())
    broken = damage(whole)
    (read,) = edifact.read_messages(broken, travel_year=stage.now().year)
    answer = stage.nodes["CA"].lines["TS host"].send(broken)
    expect(isinstance(read, PassengerList), "the damaged list was not read as a list")
    findings = [f.code for f in read.findings if f.severity != "info"]
    lost = len(stage.day.damaged) - len(answer.codes())
    expect(lost == 0 and findings, f"{lost} lost, findings {findings}")
    told = ", ".join(dict.fromkeys(findings))
    flight = found.flight(stage.nodes["CA"].visitor("world-officer"), LEG_DAMAGED)
    return Seen(
        line=Text(
            f"TS111, a damaged list: {len(findings)} findings ({told}), {lost} of"
            f" {len(stage.day.damaged)} travellers lost",
            f"TS111, une liste abîmée : {len(findings)} constats ({told}), {lost} voyageur perdu"
            f" sur {len(stage.day.damaged)}",
        ),
        record=flight,
        path=f"/flights/{flight}",
        command="smartborder read list.edi",
    )


def not_ok(stage: Stage) -> Seen:
    """Beat 5."""
    answer = (
        stage.nodes["CA"]
        .lines["AF host"]
        .send(stage.day.air_france.message(LEG_MORNING, [NO_AUTHORISATION], stage.now()))
    )
    (reply,) = (r for m in answer.replies for r in m.replies)
    officer = stage.nodes["CA"].visitor("world-officer")
    expect(reply.code == "1Z" and b"IRPR" not in answer.body, f"the carrier saw {reply.code}")
    case = find_case(officer, NO_AUTHORISATION.surname or "")
    expect("259" in officer.see(f"/cases/{case}"), "the case does not show the law")
    return Seen(
        line=Text(
            f"not ok: the officer sees IRPR 259 and the passport in the raw message; the carrier"
            f" sees {reply.code} and nothing else",
            f"refus : l'agent voit l'art. 259 du RIPR et le passeport dans le message brut; le"
            f" transporteur voit {reply.code} et rien d'autre",
        ),
        record=case,
        path=f"/cases/{case}",
        law="IRPR 7.1, 259",
        command="smartborder decide boarding --facts facts.json",
    )


def corrected(stage: Stage) -> Seen:
    """Beat 6."""
    answer = (
        stage.nodes["CA"]
        .lines["AF host"]
        .send(
            stage.day.air_france.message(
                LEG_MORNING, [RIGHT_NUMBER], stage.now(), "passenger-change"
            )
        )
    )
    codes = answer.codes()
    expect(codes == ["0Z"], f"after the correction the code was {codes}")
    her = found.traveller(stage.nodes["CA"].visitor("world-officer"), LEG_MORNING, RIGHT_NUMBER)
    return Seen(
        line=Text(
            "the agent corrects one digit of a passport: OK, both versions kept",
            "l'agent corrige un chiffre du passeport : OK, les deux versions sont conservées",
        ),
        record=her,
        path=f"/travellers/{her}",
        law="IRPR 269",
        command="smartborder read change.edi",
    )
