"""The two nodes of the exchange benchmark: Canada as a whole node, the United States beside it."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import msgspec

from smartborder.agreements.envelope import describe_part, pseudonym, seal_batch
from smartborder.model.dates import PartialDate
from smartborder.model.exchange import CustodyTerms, Header
from smartborder.model.screening import ListedDate, ListedDocument, ListedName
from smartborder.node.act.intake import receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.exchange import crossings, files, keys
from smartborder.node.exchange.crossings import Crossing
from smartborder.node.exchange.delivery import send_due
from smartborder.node.exchange.transport import HttpTransport
from smartborder.node.exchange.wire import Posted
from smartborder.node.home import NodeHome, PartnerAddress
from smartborder.node.lookouts import keeping, writing
from smartborder.node.lookouts.sealed import by_id
from smartborder.node.lookouts.writing import Content
from smartborder.node.process.supervisor import Supervisor
from smartborder.node.store.cluster import Cluster
from smartborder.node.store.install import install
from smartborder.node.store.session import SYSTEM, Actor, Store
from smartborder.programmes.opening import open_node
from smartborder.world.flights import Airline
from smartborder.world.people import Population

CASES = 20


def crossing(n: int) -> dict[str, Any]:
    """What one record of a land crossing says."""
    return {
        "surname": f"TRAVELLER{n}", "given_names": "CAMILLE", "birth_date": "1985-03-14",
        "nationality": "FRA", "document_type": "P", "document_number": f"12AB{n:06}",
        "document_issuer": "FRA", "crossing_port": "0901", "crossing_at": "2026-11-24T12:00:00Z",
    }  # fmt: skip


class Pair:
    """Both nodes while the benchmark runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        homes = [NodeHome.create(self._folder / c, country=c.upper(), port=port)
                 for c, port in (("ca", 8193), ("us", 8195))]  # fmt: skip
        for home, other in ((homes[0], homes[1]), (homes[1], homes[0])):
            partner = PartnerAddress(
                node_id=other.node_id, url=f"http://127.0.0.1:{other.port}",
                public_key=keys.public_signing_key(other),
            )  # fmt: skip
            home.changed(partner=partner, web_workers=2).save()
        self.ca_home, self.us_home = (install(NodeHome.load(h.path)) for h in homes)
        self.node = Supervisor(self.ca_home)
        self.cluster = Cluster(self.us_home)
        try:
            self.node.start()
            self.cluster.start()
            self.us, self.ca = Store(self.us_home), Store(self.ca_home)
            self.line = HttpTransport(f"http://127.0.0.1:{self.ca_home.port}")
            send_due(self.us_home, self.us, self.line)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.node.destroy()
        self.cluster.destroy()

    def batches(self, count: int, size: int) -> list[bytes]:
        """Signed and sealed batches of crossings, made before the clock starts."""
        with self.us.act(SYSTEM, "benchmark") as s:
            for n in range(size):
                crossings.record(s, self.us_home, msgspec.convert(crossing(n), Crossing))
            rows = s.rows("SELECT * FROM exchange.outbox WHERE state = 'waiting' ORDER BY n"
                          " LIMIT :n", n=size)  # fmt: skip
            partner = s.value("SELECT encryption_key FROM exchange.partner")
            s.run("DELETE FROM exchange.outbox WHERE state = 'waiting'")
            return [self._batch(s, rows, partner) for _ in range(count)]

    def _batch(self, s: Any, rows: list[Any], key: dict[str, str]) -> bytes:
        headers, parts, seal = [], {}, keys.sealer(key)
        for row in rows:
            sealed = seal(bytes(row["payload"]))
            part = describe_part("record", "application/jose", sealed)
            parts[part.sha256] = sealed
            record = s.new_id("envelope")
            subject = pseudonym(b"bench", row["agreement"], record)
            headers.append(Header(
                id=record, kind=row["kind"], sender=self.us_home.node_id,
                receiver=row["partner"], agreement=row["agreement"],
                agreement_version=row["agreement_version"],
                agreement_digest=row["agreement_digest"], channel=row["channel"],
                stage=row["stage"], purpose=row["purpose"], caveats=tuple(row["caveats"]),
                custody=msgspec.convert(row["custody"], CustodyTerms), subject=subject,
                sequence=1, sent_at=s.now, parts=(part,),
            ))  # fmt: skip
        batch = seal_batch(s.new_id("batch"), headers, s.now, keys.signer(self.us_home))
        return msgspec.json.encode(Posted(batch=batch, parts=parts))

    def fill(self, count: int) -> None:
        """Crossings in the outbox, each through the gate."""
        for start in range(0, count, 500):
            with self.us.act(SYSTEM, "benchmark") as s:
                for n in range(start, min(start + 500, count)):
                    crossings.record(s, self.us_home, msgspec.convert(crossing(n), Crossing))

    def fill_plainly(self, count: int) -> None:
        """As many more rows in the outbox, copied from one."""
        self.fill(1)
        with self.us.act(SYSTEM, "benchmark") as s:
            s.run(
                "INSERT INTO exchange.outbox (id, partner, kind, agreement, agreement_version,"
                " agreement_digest, channel, stage, purpose, caveats, custody, subject, sequence,"
                " record, answer, payload, made_at) SELECT o.id || i, partner, kind, agreement,"
                " agreement_version, agreement_digest, channel, stage, purpose, caveats, custody,"
                " o.subject || i, 1, record, '{}', payload, made_at FROM exchange.outbox o,"
                " generate_series(1, :count) i WHERE o.state = 'waiting'",
                count=count,
            )

    def cases(self) -> list[str]:
        """Open cases of the United States about travellers of whom Canada has files."""
        party = Population(7, today=datetime.now(UTC).date()).party(4 * CASES)
        people = [p for p in party if p.nationality not in ("CAN", "USA")][:CASES]
        papers = [(p, p.documents[0]) for p in people]
        with self.ca.act(SYSTEM, "registers") as s:
            facts = {
                "permanent_resident_of": [], "refugee_claimant_in": [],
                "alleges_persecution_in": [], "previous_finding": ["document-issued"],
            }  # fmt: skip
            files.load(s, [
                files.File(document=d.number or "", issuer=d.issuer or "",
                           fields={"surname": p.surname, "birth_date": p.birth_date},
                           facts={**facts, "citizenships": [p.nationality]})
                for p, d in papers
            ], source="benchmark")  # fmt: skip
        with self.us.act(Actor("officer", "bench"), "lookouts") as s:
            for p, d in papers:
                about = Content(
                    names=(ListedName(text=f"{p.given_names} {p.surname}"),),
                    birth_dates=(_listed(p.birth_date or ""),),
                    documents=(ListedDocument(number=d.number or "", type="P", issuer=d.issuer),),
                    basis="warrant", office="Bench",
                    review_by=(s.now + timedelta(days=200)).date(),
                )  # fmt: skip
                writing.create(s, self.us_home, about)
        node = open_node(self.us_home, store=self.us)
        airline = Airline("BA", "BAHOST", "SBUSA")
        leg = _leg()
        client = ReportingClient(id="bench", carriers=frozenset({"BA"}), address="BAHOST")
        receive(node, client, airline.message(leg, people, datetime.now(UTC)))
        with self.us.act(SYSTEM, "benchmark") as s:
            found = s.rows("SELECT id FROM act.case_file WHERE state = 'open'")
        while send_due(self.us_home, self.us, self.line):
            pass
        return [str(r["id"]) for r in found]

    def correction_seconds(self) -> float:
        """From a correction here until the partner holds it and has confirmed it back."""
        with self.us.act(Actor("officer", "bench"), "lookouts") as s:
            row = s.one("SELECT id, version FROM lookouts.lookout WHERE current LIMIT 1")
            held = keeping.current(s, row["id"]).lookout
            content = Content(**{f: getattr(held, f) for f in Content.__struct_fields__})
            changed = msgspec.structs.replace(content, office=f"Bench {row['version']}")
            began = time.perf_counter()
            writing.correct(s, self.us_home, row["id"], changed, row["version"])
        while time.perf_counter() - began < 30:
            send_due(self.us_home, self.us, self.line)
            with self.ca.act(SYSTEM, "benchmark") as s:
                there = by_id(s, [row["id"]]).get(row["id"])
            if there is not None and there.office == changed.office:
                return time.perf_counter() - began
        raise RuntimeError("the correction did not arrive")


def _listed(day: str) -> ListedDate:
    return ListedDate(date=PartialDate(*(int(x) for x in day.split("-"))))


def _leg() -> Any:
    from smartborder.model.passenger_list import Leg

    day = datetime.now(UTC).date() + timedelta(days=1)
    return Leg(carrier="BA", number="173", origin="LHR", destination="JFK",
               departs=datetime.fromisoformat(f"{day}T11:20"),
               arrives=datetime.fromisoformat(f"{day}T14:15"))  # fmt: skip
