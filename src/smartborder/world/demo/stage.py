"""The stage: two nodes as processes, furnished, with their people, airlines and the cable."""

import shutil
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from smartborder.node.home import NodeHome
from smartborder.node.process.supervisor import Supervisor
from smartborder.world.cable import Cable
from smartborder.world.carrier import Line
from smartborder.world.demo.day import BEGINS, Day
from smartborder.world.shell import command
from smartborder.world.visitor import Visitor

ROLES = {
    "officer": ["officer"],
    "supervisor": ["supervisor"],
    "carrier-desk": ["carrier-desk"],
    "secondary": ["secondary"],
    "lookout-owner": ["lookout-owner"],
    "analyst": ["analyst"],
    "privacy": ["privacy-officer"],
    "auditor": ["auditor"],
    "administrator": ["administrator"],
}
"""One account per role for the person at the demo; the world's own people sign in beside them."""
_CAST = {"world-officer": ["officer"], "world-second": ["supervisor"],
         "world-owner": ["lookout-owner"], "world-second-owner": ["lookout-owner"],
         "world-secondary": ["secondary"], "world-analyst": ["analyst"],
         "world-privacy": ["privacy-officer"]}  # fmt: skip
_NAMES = {
    "CA": ("Agnès Roy", "Marc Pelletier", "Lucie Hébert", "Paul Tremblay", "Jeanne Morin",
           "Amir Haddad", "Claire Beaulieu", "Denis Fortin", "Sophie Gagné", "Émile Bouchard",
           "Nadia Lavoie", "Hugo Martel", "Irène Caron", "Yves Dubé", "Rose Nadeau",
           "Guy Lambert"),
    "US": ("Ruth Ellison", "Dan Whitlock", "Maria Ortega", "Sam Kowalski", "Grace Liu",
           "Peter Novak", "Anne Delgado", "Frank Meyer", "Joy Okafor", "Walter Quinn",
           "Linda Sato", "Carl Jensen", "Ida Monroe", "Neil Farrow", "Vera Stone",
           "Hugh Palmer"),
}  # fmt: skip
"""Made-up names of the people with these accounts, in the same order."""
_EMPTY_REGISTERS = ("permanent-resident", "refugee-travel-document", "temporary-travel-document",
                    "entry-permit", "prescribed-person")  # fmt: skip
PORTS = {"CA": 8101, "US": 8102}
_SILENT_SECONDS = 15
"""How long a partner may be silent in the demo: nobody watches an empty screen for a minute."""


class OnStage:
    """One node of the demo, as its outside sees it."""

    def __init__(self, home: NodeHome) -> None:
        self.home = home
        self.address = f"http://{home.host}:{home.port}"
        self.supervisor = Supervisor(home)
        self.links: dict[str, str] = {}
        self.lines: dict[str, Line] = {}
        self._visitors: dict[str, Visitor] = {}

    def visitor(self, login: str) -> Visitor:
        """A member of the cast, signed in by one-time link on first use."""
        if login not in self._visitors:
            visitor = Visitor(self.address)
            visitor.see(self.links.pop(login).removeprefix(self.address))
            if "/enter/" in visitor.address:
                visitor.send("/enter")
            self._visitors[login] = visitor
        return self._visitors[login]


class Stage:
    """Both nodes; everything on it goes away with :meth:`clear`."""

    def __init__(self, place: Path, seed: int, say: Callable[[str], None]) -> None:
        self.place = place
        self.day = Day(seed)
        self.nodes: dict[str, OnStage] = {}
        self.cables: dict[str, Cable] = {}
        self._say = say
        self._offset = 0

    def build(self) -> None:
        """Make, connect, start and furnish both nodes, side by side."""
        self.place.mkdir(parents=True, exist_ok=True)
        self._offset = int((BEGINS - datetime.now(UTC)).total_seconds())
        with ThreadPoolExecutor(2) as both:
            list(both.map(self._make, PORTS))
            self.nodes = {country: self.nodes[country] for country in PORTS}  # Canada first
            self._connect()
            self._say("starting both nodes ...")
            list(both.map(self._start, self.nodes.values()))

    def now(self) -> datetime:
        """The demo's clock."""
        return datetime.now(UTC) + timedelta(seconds=self._offset)

    def clear(self) -> None:
        """End every process and remove every file of the demo."""
        for cable in self.cables.values():
            cable.pull()
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda node: node.supervisor.destroy(), self.nodes.values()))
        shutil.rmtree(self.place, ignore_errors=True)

    def _make(self, country: str) -> None:
        self._say(f"making the node of {country}: keys, database, tables ...")
        port = _free(PORTS[country])
        path = self.place / country.lower()
        command("node", "init", "--country", country, "--home", str(path), "--port", str(port))
        home = NodeHome.load(path).changed(
            clock_offset_seconds=self._offset, partner_silent_seconds=_SILENT_SECONDS
        )
        home.save()
        self.nodes[country] = OnStage(home)

    def _connect(self) -> None:
        """Each node's line to the other goes through a cable that the demo can pull."""
        for ours, theirs in (("CA", "US"), ("US", "CA")):
            self.cables[ours] = Cable(self.nodes[theirs].home.port)
            home = connect(
                self.nodes[ours].home,
                self.nodes[theirs].home,
                f"http://127.0.0.1:{self.cables[ours].port}",
            )
            self.nodes[ours].home = home

    def _start(self, node: OnStage) -> None:
        node.supervisor = Supervisor(node.home)
        node.supervisor.start(tied=True)
        folder = self.place / f"furnishing-{node.home.country.lower()}"
        file = furnishing(folder, self.day, node.home.country)
        made = command("node", "furnish", str(file), "--home", str(node.home.path))
        node.links = made["links"]
        node.lines = {name: Line(node.address, key) for name, key in made["keys"].items()}


def connect(home: NodeHome, partner: NodeHome, url: str) -> NodeHome:
    """Write the partner's address and public key into a node's settings, as engineers do."""
    from smartborder.node.home import PartnerAddress

    public = {k: str(v) for k, v in partner.signing_key().as_dict(private=False).items()}
    changed = home.changed(
        partner=PartnerAddress(node_id=partner.node_id, url=url, public_key=public)
    )
    changed.save()
    return changed


def furnishing(folder: Path, day: Day, country: str) -> Path:
    """Write the set-up file and the register files of one node; the set-up file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    registers: list[dict[str, Any]] = [{"kind": kind} for kind in _EMPTY_REGISTERS]
    for kind in ("visa", "travel-authorisation"):
        (folder / f"{kind}.csv").write_text(day.register_lines(kind))
        registers.append({"kind": kind, "file": f"{kind}.csv"})
    people = [
        {"login": login, "name": name, "roles": roles}
        for (login, roles), name in zip({**ROLES, **_CAST}.items(), _NAMES[country], strict=True)
    ]
    systems = [
        {"name": f"{carrier} host", "carriers": [carrier], "address": f"{carrier}HOST",
         "live_evidence": "demo conformance run"}
        for carrier in ("AF", "TS", "BA")
    ]  # fmt: skip
    file = folder / "node.yaml"
    file.write_text(yaml.safe_dump({"people": people, "systems": systems, "registers": registers}))
    return file


def _free(port: int) -> int:
    """``port``, or the next one that nobody listens on."""
    for candidate in range(port, port + 200, 2):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", candidate)):
                return candidate
    return port


def until(true: Callable[[], Any], seconds: float, step: float = 0.05) -> Any:
    """The first truthy value of ``true`` within ``seconds``; its last value otherwise."""
    end = time.monotonic() + seconds
    while not (value := true()) and time.monotonic() < end:
        time.sleep(step)
    return value
