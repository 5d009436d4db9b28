"""The main job: lists of 200 over HTTP, checked against 50,000 look-out names, committed, answered.

Bars: 1,000 travellers a second on 2 cores, aim 2,500; single interactive queries at 50 a second
with p99 <= 150 ms. They are measured three times: the first 300 after a start, the next 300,
and once more behind the lists, while the ledger's entries of 20,000 travellers still wait for
their place. The second is held against the bar; the other two are printed beside it, and so are
600 queries while a new version of the 50,000 names is imported and taken into use. The peer does
one stage of it: pydifact reading the same message. No peer known to us answers interactively, so
the ratio flatters the peer.
"""

import statistics
import tempfile
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.machine import rates
from smartborder.formats import edifact
from smartborder.model.dates import PartialDate
from smartborder.model.passenger_list import Leg, Traveller
from smartborder.model.screening import ListedDate, ListedName, ListEntry
from smartborder.node.act import checking, registers
from smartborder.node.act.intake import receive
from smartborder.node.act.registers import Holding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.home import NodeHome
from smartborder.node.process.supervisor import Supervisor
from smartborder.node.store.install import install
from smartborder.node.store.session import SYSTEM, Store
from smartborder.programmes.opening import open_node
from smartborder.world.carrier import Line
from smartborder.world.flights import Airline
from smartborder.world.people import Population

NAMES = 50_000
TRAVELLERS = 200
MESSAGES = 20
SINGLES = 300
SINGLES_PER_SECOND = 50


def run() -> dict[str, Any]:
    """Measure on a node of our own, in a temporary folder, and clear it away."""
    with tempfile.TemporaryDirectory(prefix="sb-bench-") as folder:
        home = NodeHome.create(Path(folder) / "node", country="CA", port=8191)
        home = install(home.changed(web_workers=2))
        home.save()
        supervisor = Supervisor(home)
        try:
            supervisor.start()
            return _measure(home)
        finally:
            supervisor.destroy()


def _measure(home: NodeHome) -> dict[str, Any]:
    population = Population(7, today=date(2026, 11, 24))
    lists = [population.party(TRAVELLERS) for _ in range(MESSAGES * 5 + 1)]
    singles = [population.party(SINGLES) for _ in range(3)]
    importing = population.party(SINGLES) + population.party(SINGLES)
    key = _furnish(home, [p for people in [*lists, *singles, importing] for p in people])
    line = Line(f"http://127.0.0.1:{home.port}", key)
    airline = Airline("AF", "AFHOST", "SBCAN")
    now = datetime.now(UTC)
    messages = [airline.message(_leg(n), people, now) for n, people in enumerate(lists)]
    _warm(line, messages[-1])
    first = _singles(line, airline, singles[0], now)
    latency = _singles(line, airline, singles[1], now)
    figures = []
    for turn in range(5):
        batch = messages[turn * MESSAGES : (turn + 1) * MESSAGES]
        began = time.perf_counter()
        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(line.send, batch))
        figures.append(MESSAGES * TRAVELLERS / (time.perf_counter() - began))
        if any(a.status != 200 or len(a.codes()) != TRAVELLERS for a in answers):
            raise RuntimeError("a message was not answered in full")
    behind = _singles(line, airline, singles[2], now)
    during = _singles_during_an_import(home, line, airline, importing, now)
    ours = statistics.median(figures)
    peer = _pydifact(messages[0])
    return {
        "name": "intake",
        "ours": round(ours),
        "peer": round(peer),
        "ratio": round(ours / peer, 2),
        "unit": "travellers/s on 2 cores (peer: pydifact, reading only, 1 core)",
        "conditions": {
            "bar": 1000,
            "aim": 2500,
            "lookout_names": NAMES,
            "travellers_per_message": TRAVELLERS,
            "runs": [round(f) for f in figures],
            "single_p50_ms": _at(latency, 0.5),
            "single_p99_ms": _at(latency, 0.99),
            "single_p99_ms_after_start": _at(first, 0.99),
            "single_p99_ms_behind_20000_travellers": _at(behind, 0.99),
            "single_p50_ms_during_an_import": _at(during, 0.5),
            "single_p99_ms_during_an_import": _at(during, 0.99),
            "single_longest_ms_during_an_import": round(during[-1] * 1000, 1),
            "single_bar_ms": 150,
            "stages_ms": _stages(home, messages),
            **rates(),
        },
    }


def _warm(line: Line, message: bytes) -> None:
    """Send until every worker has built its look-outs; which one answers is not ours to say."""
    quick = 0
    while quick < 20:
        began = time.perf_counter()
        line.send(message)
        quick = quick + 1 if time.perf_counter() - began < 0.5 else 0


def _at(latency: list[float], share: float) -> float:
    return round(latency[int(len(latency) * share)] * 1000, 1)


def _leg(n: int) -> Leg:
    day = f"2026-11-{25 + n // 90}"
    return Leg(carrier="AF", number=str(300 + n), origin="CDG", destination="YUL",
               departs=datetime.fromisoformat(f"{day}T13:30"),
               arrives=datetime.fromisoformat(f"{day}T15:10"))  # fmt: skip


def _furnish(home: NodeHome, people: list[Traveller]) -> str:
    """Registers for everybody, a live client without limit, and the look-out names."""
    from smartborder.node.access import clients
    from smartborder.node.lookouts.list_import import import_list

    store = Store(home)
    with store.act(SYSTEM, "benchmark") as s:
        for kind in sorted(registers.KINDS):
            wanted = kind in ("visa", "travel-authorisation")
            papers = [p.documents[0] for p in (people if wanted else [])]
            held = (Holding(document=d.number or "", issuer=d.issuer or "") for d in papers)
            registers.load(s, kind, held, source="benchmark", complete_as_of=s.now)
        client = clients.add(s, name="bench", kind="airline-host", carriers=["AF"],
                             per_minute=100_000)  # fmt: skip
        clients.go_live(s, client.id, "benchmark")
        key = clients.make_key(s, clients.find(s, client.id), "live")
    with store.act(SYSTEM, "benchmark") as s:
        import_list(s, entries())
    store.close()
    return key


def entries(seed: int = 11) -> list[ListEntry]:
    """Synthetic look-out names: 50,000, drawn from syllables so that no traveller is among them."""
    r = Random(seed)
    letters = "bdfgklmnrstvz"
    parts = [a + b for a in letters for b in "aeio"]

    def word() -> str:
        return "".join(r.choice(parts) for _ in range(r.randrange(2, 5))).upper()

    return [
        ListEntry(
            id=f"bench:{n}", list="bench",
            names=(ListedName(text=f"{word()} {word()} {word()}"),),
            birth_dates=(ListedDate(date=PartialDate(r.randrange(1940, 2005), 1 + n % 12, 9)),),
            version="1",
        )
        for n in range(NAMES)
    ]  # fmt: skip


def _singles(line: Line, airline: Airline, people: list[Traveller], now: datetime) -> list[float]:
    """Latencies of single queries sent 50 a second, sorted; a late start counts as waiting."""
    messages = [airline.message(_leg(1), [p], now) for p in people]
    start = time.perf_counter() + 0.2

    def send(n: int) -> float:
        due = start + n / SINGLES_PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        line.send(messages[n])
        return time.perf_counter() - due

    with ThreadPoolExecutor(16) as pool:
        return sorted(pool.map(send, range(len(messages))))


def _singles_during_an_import(home: NodeHome, line: Line, airline: Airline,
                              people: list[Traveller], now: datetime) -> list[float]:  # fmt: skip
    """Latencies while every name of the list changes; the import begins with the first query."""
    from smartborder.node.lookouts.list_import import import_list

    def replace() -> None:
        store = Store(home)
        with store.act(SYSTEM, "benchmark") as s:
            import_list(s, entries(13))
        store.close()

    with ThreadPoolExecutor(1) as other:
        importing = other.submit(replace)
        latency = _singles(line, airline, people, now)
        importing.result()
    return latency


def _stages(home: NodeHome, messages: list[bytes]) -> dict[str, float]:
    """Milliseconds per message of 200, stage by stage, in one process."""
    node = open_node(home)
    client = ReportingClient(id="stages", carriers=frozenset({"AF"}))
    fresh = [m.replace(b"AF3", b"AF7") for m in messages[:8]]
    receive(node, client, fresh[0])
    took: dict[str, list[float]] = {"read": [], "checks": [], "whole": []}
    for message in fresh[1:]:
        began = time.perf_counter()
        edifact.read_messages(message, travel_year=2026)
        took["read"].append(time.perf_counter() - began)
        began = time.perf_counter()
        receive(node, client, message)
        took["whole"].append(time.perf_counter() - began)
    took["checks"] = _checks_alone(node, fresh)
    node.close()
    ms = {stage: round(statistics.median(t) * 1000, 1) for stage, t in took.items()}
    return {**ms, "record_and_reply": round(ms["whole"] - ms["read"] - ms["checks"], 1)}


def _checks_alone(node: Any, messages: list[bytes]) -> list[float]:
    from smartborder.node.act.programme import CheckContext, CheckSubject, FlightFacts

    took = []
    with node.store.act(SYSTEM, "benchmark") as s:
        screener = node.lookouts.current(s)
        for message in messages[1:]:
            (report,) = edifact.read_messages(message, travel_year=2026)
            subjects = [CheckSubject(traveller=str(n), person=p)
                        for n, p in enumerate(report.travellers)]  # fmt: skip
            context = CheckContext(
                pack=node.pack, on=date(2026, 11, 25), as_known=date(2026, 11, 24),
                registers=checking.complete_registers(s), screener=screener,
                flight=FlightFacts(carrier="AF", number="1", direction="inbound", origin="CDG",
                                   destination="YUL", departs_on=date(2026, 11, 25)),
            )  # fmt: skip
            began = time.perf_counter()
            checking.run_checks(node.checks, subjects, context)
            took.append(time.perf_counter() - began)
    return took


def _pydifact(message: bytes) -> float:
    """Travellers a second that pydifact reads (no findings, no types), median of five."""
    from pydifact.segmentcollection import Interchange

    text = message.decode()
    figures = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(5):
            began = time.perf_counter()
            for found in Interchange.from_str(text).get_messages():
                list(found.segments)
            figures.append(TRAVELLERS / (time.perf_counter() - began))
    return statistics.median(figures)
