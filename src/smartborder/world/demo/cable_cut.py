"""Beats 15 and 16: the cable is pulled, PostgreSQL is killed; both come back, nothing is lost."""

import re

from smartborder.kernel.text import Text
from smartborder.world.demo.day import LEG_MORNING, RIGHT_NUMBER
from smartborder.world.demo.hits import place
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import Stage, until
from smartborder.world.visitor import Visitor

_BANNER = "sb-banner--warning"
_NAMES = ("HADLEY WINSLOW", "PRESCOTT MERCER", "CALLOWAY BRADSHAW")


def pulled(stage: Stage) -> Seen:
    """Beat 15."""
    for cable in stage.cables.values():
        cable.pull()
    us, ca = stage.nodes["US"], stage.nodes["CA"]
    placed = [
        place(us, names=name, birth_dates=f"197{n}-04-1{n}", documents=f"54Q90021{n} USA P",
              basis="warrant", office="Demo fugitive office")
        for n, name in enumerate(_NAMES)
    ]  # fmt: skip
    ca.supervisor.kill_database()
    message = stage.day.air_france.message(LEG_MORNING, [RIGHT_NUMBER], stage.now())
    answered = until(lambda: ca.lines["AF host"].send(message).codes() == ["0Z"], 30, 0.2)
    expect(answered, "Canada did not answer again after its database was killed")
    officers = [node.visitor("world-officer") for node in (ca, us)]
    warned = until(lambda: all(_BANNER in o.see("/exchange/banner") for o in officers), 60, 0.5)
    expect(warned, "no banner says how long the partner has been silent")
    expect(all(o.see("/queue") for o in officers), "a desk stands still")
    return Seen(
        line=Text(
            "the cable is pulled, Canada's PostgreSQL is killed: the carrier has its OK again, both"
            " desks go on and say how old the partner's data are",
            "le câble est débranché, le PostgreSQL du Canada est tué : le transporteur retrouve son"
            " OK, les deux bureaux continuent et indiquent l'âge des données du partenaire",
        ),
        record=placed[0],
        node="US",
        path=f"/lookouts/{placed[0]}",
        command="smartborder node status",
    )


def back(stage: Stage) -> Seen:
    """Beat 16."""
    for cable in stage.cables.values():
        cable.restore()
    ours, theirs = (stage.nodes[country].visitor("world-owner") for country in ("CA", "US"))
    one_each = [1] * len(_NAMES)
    there = until(lambda: [len(_listed(ours, n)) for n in _NAMES] == one_each, 60, 0.3)
    arrived = [record for name in _NAMES for record in _listed(ours, name)]
    expect(there, f"{len(arrived)} look-outs for {len(_NAMES)} are there")
    receipts = until(lambda: all(_receipt(theirs, name) for name in _NAMES), 30, 0.3)
    expect(receipts, "a receipt is missing")
    return Seen(
        line=Text(
            f"the cable is back: {len(_NAMES)} of {len(_NAMES)} look-outs arrived, 0 lost,"
            " 0 doubled, receipts counter-signed",
            f"le câble est rebranché : {len(_NAMES)} signalements sur {len(_NAMES)} sont arrivés,"
            " 0 perdu, 0 en double, accusés de réception contresignés",
        ),
        record=arrived[0],
        path=f"/lookouts/{arrived[0]}",
        law="shared-lookouts",
        command="smartborder ledger export --out ledger.jsonl; smartborder verify ledger.jsonl",
    )


def _listed(owner: Visitor, name: str) -> list[str]:
    """Ids of the look-outs in force under that name."""
    return re.findall(
        rf'/lookouts/([a-z]+-[0-9a-z]{{26}})"[^>]*>\s*{name}\s*<', owner.see("/lookouts")
    )


def _receipt(owner: Visitor, name: str) -> bool:
    """Whether the look-out's page at its originator says that the partner has received it."""
    return any("received" in owner.see(f"/lookouts/{record}") for record in _listed(owner, name))
