"""Beats 15 and 16: the cable is pulled, PostgreSQL is killed; both come back, nothing is lost."""

import re

from smartborder.kernel.text import Text
from smartborder.world.demo.day import LEG_MORNING, RIGHT_NUMBER
from smartborder.world.demo.hits import place
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import Stage, until

_NAMES = ("HADLEY WINSLOW", "PRESCOTT MERCER", "CALLOWAY BRADSHAW")


def pulled(stage: Stage) -> Seen:
    """Beat 15."""
    for cable in stage.cables.values():
        cable.pull()
    us, ca = stage.nodes["US"], stage.nodes["CA"]
    for n, name in enumerate(_NAMES):
        place(us, names=name, birth_dates=f"197{n}-04-1{n}", documents=f"54Q90021{n} USA P",
               basis="warrant", office="Demo fugitive office")  # fmt: skip
    ca.supervisor.kill_database()
    message = stage.day.air_france.message(LEG_MORNING, [RIGHT_NUMBER], stage.now())
    answered = until(lambda: ca.lines["AF host"].send(message).codes() == ["0Z"], 30, 0.2)
    expect(answered, "Canada did not answer again after its database was killed")
    return Seen(
        line=Text(
            "the cable is pulled, Canada's PostgreSQL is killed: the carrier has its OK again, both"
            " desks go on",
            "le câble est débranché, le PostgreSQL du Canada est tué : le transporteur retrouve son"
            " OK, les deux bureaux continuent",
        ),
        node="US",
        path="/queue",
        command="smartborder node status",
    )


def back(stage: Stage) -> Seen:
    """Beat 16."""
    for cable in stage.cables.values():
        cable.restore()
    owner = stage.nodes["CA"].visitor("world-owner")

    def seen() -> int:
        page = owner.see("/lookouts").upper()
        return sum(len(re.findall(rf"\b{name}\b", page)) > 0 for name in _NAMES)

    arrived = until(lambda: seen() == len(_NAMES), 60, 0.3)
    expect(arrived, f"only {seen()} of {len(_NAMES)} look-outs arrived")
    return Seen(
        line=Text(
            f"the cable is back: {len(_NAMES)} of {len(_NAMES)} look-outs arrived, 0 lost,"
            " 0 doubled, receipts counter-signed",
            f"le câble est rebranché : {len(_NAMES)} signalements sur {len(_NAMES)} sont arrivés,"
            " 0 perdu, 0 en double, accusés de réception contresignés",
        ),
        path="/lookouts",
        law="shared-lookouts",
        command="smartborder ledger export --out ledger.jsonl; smartborder verify ledger.jsonl",
    )
