"""The arrivals lane among 200,000 stored travellers: a document is read, the page is there.

Bar: the expected traveller in less than 2 seconds after the zone was scanned or the number typed.
Measured from the officer's form to the whole page, audited read and drawing included, in one
process and without a network: the slowest of 200 of each kind. Half of the travellers are on
flights of the day; a number that nobody has brings the list of the day's flights instead. No peer
known to us has a lane.
"""

import re
import tempfile
import time
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from benchmarks.machine import rates
from smartborder.formats.mrz import check_digit
from smartborder.node.access import sign_in, users
from smartborder.node.home import NodeHome
from smartborder.node.store.install import install, serving
from smartborder.node.store.session import SYSTEM, Session, Store
from smartborder.web.app import create

STORED = 200_000
ON_A_FLIGHT = 200
ASKED = 200
_BAR_MS = 2000

_FLIGHTS = """
INSERT INTO act.flight (id, mode, carrier, number, departs_on, origin, destination, direction,
    origin_zone, destination_zone, scheduled_departure, scheduled_arrival, created_at)
SELECT 'flight-' || n, 'live', 'AF', n::text, CAST(:now AS date) - n % 2 * 30, 'CDG', 'YUL',
    'inbound', 'Europe/Paris', 'America/Toronto', at - interval '8 hours', at, at
FROM generate_series(1, :flights) n,
    LATERAL (SELECT CAST(:now AS timestamptz) - n % 2 * interval '30 days'
             + (n % 600 - 400) * interval '1 minute' AS at) x
"""
_TRAVELLERS = """
INSERT INTO act.traveller (id, flight, mode, client, role, version, document, name_key,
    birth_date, fingerprint, reply, presence, created_at, updated_at)
SELECT 'traveller-' || n, 'flight-' || 1 + n % :flights, 'live', 'bench', 'passenger', 1,
    'AB' || lpad(n::text, 7, '0') || '/FRA', 'CAMILLE MARCHAND', '1985-03-14',
    sha256(n::text::bytea), 'ok', 'boarded', :now, :now
FROM generate_series(1, :stored) n
"""
_VERSIONS = """
INSERT INTO act.traveller_version (traveller, version, message, person, received_at)
SELECT 'traveller-' || n, 1, 'message-' || n % :flights, jsonb_build_object(
    'surname', 'MARCHAND', 'given_names', 'CAMILLE', 'sex', 'F', 'birth_date', '1985-03-14',
    'nationality', 'FRA', 'documents', jsonb_build_array(jsonb_build_object('type', 'P',
    'number', 'AB' || lpad(n::text, 7, '0'), 'issuer', 'FRA', 'expires', '2030-12-31'))), :now
FROM generate_series(1, :stored) n
"""


def run() -> dict[str, Any]:
    """Measure on a node of our own, in a temporary folder, and clear it away."""
    with tempfile.TemporaryDirectory(prefix="sb-bench-") as folder:
        home = install(NodeHome.create(Path(folder) / "node", country="CA", port=8194))
        with serving(home):
            store = Store(home)
            try:
                with store.act(SYSTEM, "benchmark") as s:
                    stored(s)
                return _figure(_measure(home, store))
            finally:
                store.close()


def stored(s: Session) -> None:
    """200,000 travellers on a thousand flights, half of them of today."""
    sizes = {"flights": STORED // ON_A_FLIGHT, "stored": STORED, "now": s.now}
    for sql in (_FLIGHTS, _TRAVELLERS, _VERSIONS):
        s.run(sql, **{name: v for name, v in sizes.items() if f":{name}" in sql})


def zone(n: int) -> str:
    """The machine-readable zone of a traveller's passport (ICAO 9303-4)."""
    number, born, ends = f"AB{n:07}", "850314", "301231"
    optional = "<" * 14
    parts = [f"{field}{check_digit(field)}" for field in (number, born, ends, optional)]
    lower = f"{parts[0]}FRA{parts[1]}F{parts[2]}{parts[3]}{check_digit(''.join(parts))}"
    return "P<FRAMARCHAND<<CAMILLE".ljust(44, "<") + "\n" + lower


def _measure(home: NodeHome, store: Store) -> dict[str, list[float]]:
    with TestClient(create(home, store=store)) as client:
        form = _signed_in(client, home, store)
        today = [n for n in range(1, STORED) if (1 + n % (STORED // ON_A_FLIGHT)) % 2 == 0]
        some = today[:: len(today) // ASKED][:ASKED]
        kinds = {
            "scanned": [(zone(n), "MARCHAND") for n in some],
            "typed": [(f"AB{n:07}", "MARCHAND") for n in some],
            "unknown": [(f"ZZ{n:07}", "AF") for n in some],
        }
        return {kind: sorted(_ask(client, form, *q) for q in asked)
                for kind, asked in kinds.items()}  # fmt: skip


def _ask(client: TestClient[Litestar], form: str, document: str, shown: str) -> float:
    began = time.perf_counter()
    answer = client.post("/arrivals", data={"_form": form, "document": document})
    took = time.perf_counter() - began
    if answer.status_code != 200 or shown not in answer.text:
        raise RuntimeError(f"the lane answered {answer.status_code}")
    return took * 1000


def _signed_in(client: TestClient[Litestar], home: NodeHome, store: Store) -> str:
    """An officer at the lane; the token of her forms."""
    with store.act(SYSTEM, users.PURPOSE) as s:
        officer = users.add(s, login="bench", name="Agnès Roy", roles=["officer"])
        token = sign_in.begin(s, officer).token
    client.headers["accept"] = "text/html"
    client.cookies.set(f"sb-{home.country.lower()}-{home.port}-session", token)
    found = re.search(r'name="_form" value="([0-9a-f]{64})"', client.get("/arrivals").text)
    if found is None:
        raise RuntimeError("nobody is signed in")
    return found[1]


def _figure(took: dict[str, list[float]]) -> dict[str, Any]:
    slowest = max(times[-1] for times in took.values())
    return {
        "name": "arrivals",
        "ours": round(slowest, 1),
        "peer": None,
        "ratio": None,
        "unit": "ms from the form to the page, slowest of 600",
        "conditions": {
            "bar_ms": _BAR_MS,
            "stored_travellers": STORED,
            **{f"{kind}_p50_ms": round(t[len(t) // 2], 1) for kind, t in took.items()},
            **{f"{kind}_slowest_ms": round(t[-1], 1) for kind, t in took.items()},
            **rates(),
        },
    }
