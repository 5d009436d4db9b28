"""``bench edifact``: a list of 200 to typed records with all findings, pydifact beside it.

Bar: 250 messages a second on one core; aim: 400. The message is generated, its people synthetic.
pydifact 0.2.3 splits the same text into untyped segments; it refuses UNG, which is taken out
for it.
"""

import gc
import random
import time
import warnings
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from benchmarks.machine import median_of_five, per_second
from smartborder.formats.edifact import read_messages, write_paxlst
from smartborder.model.passenger_list import Bags, Leg, PassengerList, TravelDocument, Traveller

BAR, AIM = 250, 400
_COUNTRIES = ("CAN", "USA", "FRA", "GBR", "DEU", "IND", "NGA", "BRA", "JPN", "MEX")


def message(travellers: int = 200, seed: int = 7) -> bytes:
    """A full list as a carrier sends it: about twelve segments a traveller, with UNG."""
    chance = random.Random(seed)
    people = tuple(_person(chance, number) for number in range(travellers))
    leg = Leg(
        carrier="XX",
        number="412",
        origin="CDG",
        destination="YUL",
        departs=datetime.fromisoformat("2026-06-01T13:40"),
        arrives=datetime.fromisoformat("2026-06-01T15:30"),
    )
    report = PassengerList(
        version="D:05B",
        purpose="passenger-list",
        transaction="XX0412260601",
        reporting_party="XX DEPARTURE CONTROL",
        contacts=(("TE", "15550100"),),
        itinerary=(leg,),
        travellers=people,
    )
    data = write_paxlst(
        report,
        at=datetime.fromisoformat("2026-06-01T09:00"),
        sender="XX",
        recipient="SBCAN",
        control_reference="REF1",
    )
    group = b"'UNG+PAXLST+XX+SBCAN+260601:0900+REF1+UN+D:05B'UNH"
    return data.replace(b"'UNH", group, 1).replace(b"'UNZ", b"'UNE+1+REF1'UNZ")


def _person(chance: random.Random, number: int) -> Traveller:
    country = chance.choice(_COUNTRIES)
    born = date(1940, 1, 1) + timedelta(days=chance.randrange(30000))
    until = date(2026, 7, 1) + timedelta(days=chance.randrange(3500))
    locator = f"Q{number // 2:05}"
    return Traveller(
        surname=f"TESTER{chance.choice('ABCDEFGH')}{number:03}",
        given_names=f"GIVEN{chance.choice('KLMNOPQR')} {chance.choice('STUVWXYZ')}",
        sex=chance.choice(("M", "F")),
        birth_date=born.isoformat(),
        nationality=country,
        residence=country,
        embarks="CDG",
        disembarks="YUL",
        documents=(
            TravelDocument(
                type="P",
                number=f"{chance.randrange(10**8):08}",
                issuer=country,
                expires=until.isoformat(),
            ),
        ),
        references=(("AVF", locator), ("ABO", f"U{number:05}")),
        bags=Bags(count=1) if number % 4 == 0 else None,
    )


def run() -> dict[str, object]:
    """The bar in the shape of ``bench NAME --json``; median of five, the peer in the same run."""
    from benchmarks.machine import rates

    data = message()
    (read,) = read_messages(data, travel_year=2026)
    segments = data.count(b"'") - 1
    plain = data.decode().replace("UNG+PAXLST+XX+SBCAN+260601:0900+REF1+UN+D:05B'", "")
    plain = plain.replace("UNE+1+REF1'", "")
    gc.collect()
    step = partial(read_messages, data, travel_year=2026)
    ours = median_of_five(lambda: _per_cpu_second(step, 0.5))
    peer = median_of_five(lambda: _per_cpu_second(_pydifact(plain), 0.5))
    wall = median_of_five(lambda: per_second(step, 0.5))
    return {
        "name": "edifact",
        "ours": round(ours, 1),
        "peer": round(peer, 1),
        "ratio": round(ours / peer, 1),
        "unit": "messages/s of one core",
        "conditions": {
            "travellers": len(getattr(read, "travellers", ())),
            "segments": segments,
            "bytes": len(data),
            "findings": len(read.findings),
            "peer": "pydifact 0.2.3, untyped segments, UNG taken out",
            "clock": "process CPU time, so that other work on the machine does not count",
            "by_the_wall_clock": round(wall, 1),
            "bar": BAR,
            "aim": AIM,
            **rates(),
        },
    }


def _per_cpu_second(step: Callable[[], object], seconds: float) -> float:
    """How often ``step`` can be done in a second of one core's time."""
    began = time.process_time()
    done = 0
    while (spent := time.process_time() - began) < seconds:
        step()
        done += 1
    return done / spent


def _pydifact(text: str) -> Callable[[], object]:
    from pydifact.segmentcollection import Interchange

    def step() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for one in Interchange.from_str(text).get_messages():
                list(one.segments)

    return step
