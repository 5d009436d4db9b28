"""Files of determinations: opened, read, and given new versions of their facts; never changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from smartborder.kernel.canonical import sha256_hex
from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text
from smartborder.model.country import CountryPack, Retention
from smartborder.model.verdict import Verdict
from smartborder.node.determinations.asking import Proposal, ask
from smartborder.node.determinations.decided import Decided
from smartborder.node.determinations.families import Family, family_of
from smartborder.node.home import NodeHome
from smartborder.node.store.session import NotFound, Row, Session

PURPOSE = "determination"
"""The one purpose of all of them: the audit trail tells no kind of case from another."""
KEEP = Retention(days=1825, citation="Node policy, until the country pack sets a period")
REFERENCE = 60
"""Characters of an officer's own file number."""


class ReferenceNeeded(InputError):
    """Give your own file number, 1 to 60 characters; no name of a person."""

    code = "determination.reference"
    title = Text("File number needed", "Numéro de dossier requis")


class ChangedMeanwhile(StateError):
    """Somebody recorded other facts since you opened the page: look at them, then send again."""

    code = "determination.changed"
    title = Text("Changed meanwhile", "Modifié entre-temps")
    status = 409


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One state of the facts and what the law said of it."""

    number: int
    facts: dict[str, Any]
    on: date
    as_known: date
    verdict: Verdict
    rule_version: str
    made_at: datetime
    made_by: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something done in an interview: interpreter, the question of fear, evidence, read-back."""

    id: str
    kind: str
    content: dict[str, str]
    at: datetime
    actor: str
    actor_name: str


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A determination as it stands, newest version and newest decision first."""

    id: str
    rule: str
    country: str
    reference: str
    opened_at: datetime
    opened_by: str
    delete_by: datetime
    versions: tuple[Version, ...] = ()
    events: tuple[Event, ...] = ()
    decisions: tuple[Decided, ...] = ()

    @property
    def now(self) -> Version:
        """The newest version."""
        return self.versions[0]

    @property
    def family(self) -> Family:
        """Who may see and decide it."""
        return family_of(self.rule)

    @property
    def proposal(self) -> Proposal:
        """The newest proposal."""
        now = self.now
        return Proposal(rule=self.rule, verdict=now.verdict, rule_version=now.rule_version)

    def happened(self, kind: str) -> tuple[Event, ...]:
        """What was done of one kind, oldest first."""
        return tuple(e for e in self.events if e.kind == kind)


def keep_rule(pack: CountryPack) -> Retention:
    """How long a country keeps a file, and under which rule."""
    return pack.retention.get("determination", KEEP)


def open_file(
    s: Session,
    home: NodeHome,
    rule: str,
    reference: str,
    facts: Mapping[str, Any],
    *,
    on: date | None = None,
    as_known: date | None = None,
) -> str:
    """A new file with its first version; its id.

    Raises:
        ReferenceNeeded: no usable file number.
        UnknownRule, RuleNotHere, FactsUnusable, NotReviewed: see :func:`.asking.ask`.

    """
    named = " ".join(reference.split())
    if not named or len(named) > REFERENCE:
        raise ReferenceNeeded("give your own file number, 1 to 60 characters", field="reference")
    proposal = ask(home, rule, facts, now=s.now, on=on, as_known=as_known)
    file = s.new_id("determination")
    keep = keep_rule(home.pack)
    s.run(
        "INSERT INTO determinations.file VALUES (:id, :family, :rule, :country, :reference, :now,"
        " :by, :delete_by)",
        id=file, family=family_of(rule).id, rule=rule, country=proposal.verdict.country,
        reference=named, now=s.now, by=s.actor.id, delete_by=s.now + timedelta(days=keep.days),
    )  # fmt: skip
    _append(s, file, 1, facts, proposal)
    return file


def add_version(
    s: Session,
    home: NodeHome,
    file: File,
    facts: Mapping[str, Any],
    *,
    seen: int,
    on: date | None = None,
    as_known: date | None = None,
) -> int:
    """Facts as they are known now, beside those recorded before; the new version's number.

    ``facts`` are all of them, not only what changed; ``seen`` is the number of the version that
    the officer had before them; the two days are those of :func:`.asking.ask`.

    Raises:
        ChangedMeanwhile: ``seen`` is not the newest.
        FactsUnusable, NotReviewed: see :func:`.asking.ask`.

    """
    s.value("SELECT pg_advisory_xact_lock(hashtextextended(:id, 0))", id=file.id)
    newest = s.value("SELECT max(number) FROM determinations.version WHERE file = :f", f=file.id)
    if newest != seen:
        raise ChangedMeanwhile("other facts were recorded since the page was opened")
    proposal = ask(home, file.rule, facts, now=s.now, on=on, as_known=as_known)
    _append(s, file.id, seen + 1, facts, proposal)
    return seen + 1


def one(s: Session, file_id: str, families: Sequence[Family]) -> File:
    """One file whole; who reads it is noted.

    Raises:
        NotFound: there is none, or it is of a family that is not open to this person.

    """
    row = s.one("SELECT * FROM determinations.file WHERE id = :id", id=file_id)
    if row["family"] not in {f.id for f in families}:
        raise NotFound("no such record, or not under this purpose")
    s.saw("determination", [file_id], "opened")
    return _file(
        row,
        versions=s.rows("SELECT * FROM determinations.version WHERE file = :id"
                        " ORDER BY number DESC", id=file_id),
        events=s.rows("SELECT e.*, coalesce(u.name, e.actor) AS actor_name"
                      " FROM determinations.event e LEFT JOIN access.user u ON u.id = e.actor"
                      " WHERE e.file = :id ORDER BY e.at, e.id", id=file_id),
        decisions=s.rows("SELECT * FROM determinations.decision WHERE file = :id"
                         " ORDER BY at DESC, id DESC", id=file_id),
    )  # fmt: skip


def listed(
    s: Session, families: Sequence[Family], *, rules: Sequence[str] = (), most: int = 100
) -> list[File]:
    """Files of some families, the newest first, each with its newest version and decision."""
    rows = s.rows(
        "SELECT f.* FROM determinations.file f WHERE f.family = ANY(:families)"
        " AND (:every OR f.rule = ANY(:rules)) ORDER BY f.opened_at DESC, f.id DESC LIMIT :most",
        families=[f.id for f in families], every=not rules, rules=list(rules), most=most,
    )  # fmt: skip
    ids = [r["id"] for r in rows]
    versions = _newest(s.rows(
        "SELECT DISTINCT ON (file) * FROM determinations.version WHERE file = ANY(:ids)"
        " ORDER BY file, number DESC", ids=ids,
    ))  # fmt: skip
    decisions = _newest(s.rows(
        "SELECT DISTINCT ON (file) * FROM determinations.decision WHERE file = ANY(:ids)"
        " ORDER BY file, at DESC, id DESC", ids=ids,
    ))  # fmt: skip
    s.saw("determination", ids, "listed")
    return [
        _file(r, versions=versions[r["id"]], decisions=decisions.get(r["id"], [])) for r in rows
    ]


def _newest(rows: Sequence[Row]) -> dict[str, list[Row]]:
    return {row["file"]: [row] for row in rows}


def _append(
    s: Session, file: str, number: int, facts: Mapping[str, Any], proposal: Proposal
) -> None:
    given = msgspec.json.encode(dict(facts))
    said = msgspec.json.encode(proposal.verdict)
    record = s.new_id("version")
    s.insert(
        "determinations.version",
        ("id", "file", "number", "facts", "on_day", "as_known", "verdict", "rule_version",
         "made_at", "made_by"),
        [(record, file, number, msgspec.Raw(given), proposal.verdict.on,
          proposal.verdict.as_known, msgspec.Raw(said), proposal.rule_version, s.now,
          s.actor.id)],
    )  # fmt: skip
    s.leaf("determination", record, {"file": file, "number": number, "facts": sha256_hex(given),
                                     "verdict": sha256_hex(said),
                                     "rule_version": proposal.rule_version})  # fmt: skip
    s.saw("determination", [file], "facts recorded")


def _file(
    row: Row, *, versions: Sequence[Row], events: Sequence[Row] = (), decisions: Sequence[Row] = ()
) -> File:
    plain = {k: v for k, v in row.items() if k != "family"}
    return File(
        **plain,
        versions=tuple(
            msgspec.convert({**v, "on": v["on_day"]}, Version, strict=False) for v in versions
        ),
        events=tuple(msgspec.convert(e, Event) for e in events),
        decisions=tuple(msgspec.convert(d, Decided) for d in decisions),
    )
