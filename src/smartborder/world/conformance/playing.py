"""Playing the set: each case passed or failed with the reason, then the node's own judgement."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from smartborder.formats import edifact
from smartborder.kernel.resources import read_bytes
from smartborder.kernel.text import Text
from smartborder.model.reply import ReplyCode, ReplyMessage
from smartborder.world.conformance.published import Case, Expect, Step, message, published
from smartborder.world.conformance.wire import Refused, Wire


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one case; ``reason`` only where it failed."""

    id: str
    title: Text
    passed: bool
    reason: Text | None = None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The whole run.

    Attributes:
        run: the node's record of its own judgement: the evidence for going live.
        shown: what the node saw this client do, criterion by criterion.

    """

    run: str
    set: str
    node: str
    client: str
    passed: bool
    cases: tuple[Outcome, ...]
    shown: tuple[dict[str, Any], ...]


class Failed(Exception):
    """A step did not do what the set says."""

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.said = Text(en, fr)


class Reply(NamedTuple):
    """What the carrier's system holds after a step."""

    message: ReplyMessage | None
    state: str | None
    records: tuple[str, ...]
    findings: frozenset[str]


def play(wire: Wire) -> Result:
    """Play every case against the node behind ``wire``.

    Raises:
        NotReached: nobody answers.
        Refused: the key is no test key, or the node refuses the set altogether.

    """
    status = wire.ask("GET", "/v1/status").json()
    if not isinstance(status, dict) or "client" not in status:
        raise Refused("what answers at this address is not a node of this software")
    client = status["client"]
    if client["mode"] != "test":
        raise Refused("certification needs a test key, and this is a live one")
    outcomes = [_Player(wire, status, n).case(c) for n, c in enumerate(published().cases)]
    since = status["now"].replace("+00:00", "Z")
    judged = wire.ask("POST", f"/v1/certification?since={since}").json()
    return Result(
        run=judged["id"], set=published().version, node=status["node"], client=client["id"],
        passed=judged["passed"] and all(o.passed for o in outcomes), cases=tuple(outcomes),
        shown=tuple(judged["criteria"]),
    )  # fmt: skip


class _Player:
    """One case with values of its own, so that no case meets the travellers of another."""

    def __init__(self, wire: Wire, status: Mapping[str, Any], number: int) -> None:
        self.wire = wire
        self.meanings: dict[str, ReplyCode] = status["reply_codes"]
        now = datetime.fromisoformat(status["now"])
        self.run = f"{now:%H%M%S}{now.microsecond // 10000:02}{number:02}"
        self.now = now
        self.sent = 0
        self.values = _values(status, now, self.run, number)
        self.body = b""
        self.last = Reply(None, None, (), frozenset())
        self.waiting: dict[str, Any] = {}

    def case(self, case: Case) -> Outcome:
        """Play one case."""
        try:
            for step in case.steps:
                self._step(step)
        except Failed as failed:
            return Outcome(id=case.id, title=case.title, passed=False, reason=failed.said)
        except Refused as refused:
            said = Text(f"The node refused: {refused}", f"Le nœud a refusé : {refused}")
            return Outcome(id=case.id, title=case.title, passed=False, reason=said)
        return Outcome(id=case.id, title=case.title, passed=True)

    def _step(self, step: Step) -> None:
        if step.send:
            self.sent += 1
            reference = f"{self.run}{step.reference or self.sent}"[:14]
            self.body = message(step.send, {**self.values, "reference": reference})
        before = self.last
        if step.send or step.again:
            self.last = self._post(self.body)
            self._compare(step.expect, before)
        elif step.rehearse:
            self.wire.ask("POST", f"/v1/rehearsals/{self.run}{step.rehearse}/changed-reply").json()
        elif step.fetch:
            self._fetch(step.expect)
        elif step.acknowledge:
            self._acknowledge(step.acknowledge)

    def _post(self, body: bytes) -> Reply:
        answer = self.wire.ask("POST", "/v1/messages", body).json()
        return Reply(
            self._read(answer["reply"].encode("latin-1")),
            answer["state"],
            tuple(answer["messages"]),
            frozenset(f["code"] for f in answer["findings"]),
        )

    def _read(self, body: bytes) -> ReplyMessage | None:
        if not body:
            return None
        read = edifact.read_messages(body, travel_year=self.now.year, meanings=self.meanings)
        if len(read) != 1 or not isinstance(read[0], ReplyMessage):
            raise Failed("the reply is not one CUSRES", "la réponse n'est pas un CUSRES unique")
        return read[0]

    def _compare(self, expect: Expect, before: Reply) -> None:
        got = self.last
        if expect.state and got.state != expect.state:
            raise Failed(f"state {got.state}, expected {expect.state}",
                         f"état {got.state}, attendu {expect.state}")  # fmt: skip
        lacking = sorted(set(expect.findings) - got.findings)
        if lacking:
            raise Failed(f"no finding {', '.join(lacking)}", f"constat absent : {lacking[0]}")
        if expect.same_record and got.records != before.records:
            raise Failed("a retry made a second record",
                         "un renvoi a créé un second enregistrement")  # fmt: skip
        self._reply(expect, got.message)

    def _reply(self, expect: Expect, reply: ReplyMessage | None) -> None:
        if expect.silent:
            if reply is not None:
                raise Failed("a reply came too early", "une réponse est venue trop tôt")
            return
        if reply is None:
            raise Failed("no reply came", "aucune réponse n'est venue")
        if reply.kind != expect.kind:
            raise Failed(f"kind {reply.kind}, expected {expect.kind}",
                         f"genre {reply.kind}, attendu {expect.kind}")  # fmt: skip
        if expect.travellers is not None:
            wanted = [self.run + t for t in expect.travellers]
            given = [r.traveller_ref or "" for r in reply.replies]
            if given != wanted:
                raise Failed(f"answered for {given}, expected {wanted}",
                             f"réponse pour {given}, attendu {wanted}")  # fmt: skip
        for answer in reply.replies:
            if answer.code not in self.meanings:
                raise Failed(f"code {answer.code} is not in the node's table",
                             f"le code {answer.code} n'est pas dans la table du nœud")  # fmt: skip
            if expect.meanings and answer.meaning not in expect.meanings:
                raise Failed(f"{answer.meaning} was not to be expected",
                             f"{answer.meaning} n'était pas attendu")  # fmt: skip

    def _fetch(self, expect: Expect) -> None:
        found = self.wire.ask("GET", "/v1/replies").json()
        if not found:
            raise Failed("no changed reply waits", "aucune réponse modifiée n'attend")
        self.waiting = found[-1]
        answer = self.wire.ask("GET", f"/v1/replies/{self.waiting['id']}")
        if answer.status >= 400:
            answer.json()
        self._reply(expect, self._read(answer.body))

    def _acknowledge(self, how: str) -> None:
        if how == "http":
            self.wire.ask("POST", f"/v1/replies/{self.waiting['id']}/acknowledgement").json()
        else:
            self._post(message("acknowledgement.edi", {
                **self.values, "reference": f"{self.run}ACK"[:14],
                "transaction": self.waiting["control_reference"],
            }))  # fmt: skip
        still = [r["id"] for r in self.wire.ask("GET", "/v1/replies").json()]
        if self.waiting["id"] in still:
            raise Failed("it still waits after the acknowledgement",
                         "elle attend encore après l'accusé de réception")  # fmt: skip


def _values(status: Mapping[str, Any], now: datetime, run: str, number: int) -> dict[str, str]:
    """What is filled into the messages: a flight of tomorrow that crosses this border."""
    leaves = (now + timedelta(hours=26)).replace(tzinfo=None)
    lands, later = leaves + timedelta(hours=8), leaves + timedelta(hours=3)
    client = status["client"]
    return {
        "run": run,
        "carrier": client["carriers"][0],
        "number": str(8000 + (now.minute * 60 + now.second) % 100 * 20 + number),
        "origin": "LHR" if status["country"] == "FR" else "CDG",
        "destination": _port(status["country"]),
        "sender": client["address"],
        "recipient": status["edifact_id"],
        "prepared": f"{now:%y%m%d:%H%M}",
        "departs": f"{leaves:%y%m%d%H%M}",
        "arrives": f"{lands:%y%m%d%H%M}",
        "later": f"{later:%y%m%d%H%M}",
        "later_arrives": f"{later + timedelta(hours=8):%y%m%d%H%M}",
    }


def _port(country: str) -> str:
    """A port of that country; any other where we know none, which crosses no border of it."""
    rows = (line.split(",") for line in
            read_bytes("smartborder.countries", "ports.csv").decode().splitlines()[1:])  # fmt: skip
    return next((code for code, of, *_ in rows if of == country), "ZZZ")
