"""A request of a person about himself: access, correction or complaint; one type for all three.

It has a legal deadline, belongs to the privacy officer, and is the only place from which copies
of a person's records may be looked for.
"""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

import msgspec

from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.resources import ResourceMissing, read_yaml
from smartborder.kernel.text import Text
from smartborder.model.reason import Confidence
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

PURPOSE = "redress"
Kind = Literal["access", "correction", "complaint"]
KINDS: tuple[Kind, ...] = ("access", "correction", "complaint")
LONGEST = 2000
"""Characters of what the person says."""
LONGEST_LINE = 300
"""Characters of any other field."""


class RequestUnusable(InputError):
    """Give surname, given names, a birth date (YYYY-MM-DD), and where to write to."""

    code = "redress.unusable"
    title = Text("Request incomplete", "Demande incomplète")

    @property
    def fields(self) -> tuple[str, ...]:
        """What cannot be used as typed, in the order of the form."""
        return tuple(str(self.where.get("fields", "")).split())


class NotOpen(StateError):
    """The request was answered, or is not the one you hold: copies are not looked for any more."""

    code = "redress.not-open"
    title = Text("Request no longer open", "Demande close")


class Requester(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, as he identified himself.

    Attributes:
        birth_date: ISO 8601.
        document, issuer: travel document, if he gave one.
        address: where the letter goes.

    """

    surname: str
    given_names: str
    birth_date: str
    document: str = ""
    issuer: str = ""
    address: str

    def __post_init__(self) -> None:
        """Nothing may be missing that a letter or a search needs.

        Raises:
            RequestUnusable: naming every field at once.

        """
        bad = [name for name in self.__struct_fields__ if not self._usable(name)]
        if bad:
            raise RequestUnusable(
                "surname, given names, birth date (YYYY-MM-DD) and address are needed",
                fields=" ".join(bad),
            )

    def _usable(self, name: str) -> bool:
        value: str = getattr(self, name)
        if len(value) > LONGEST_LINE:
            return False
        if name == "birth_date":
            return _is_day(value)
        return bool(value.strip()) or name in ("document", "issuer")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One request."""

    id: str
    kind: Kind
    person: Requester
    said: str
    opened_at: datetime
    due_at: datetime
    state: Literal["open", "answered"]
    answered_at: datetime | None = None


class RedressLaw(msgspec.Struct, frozen=True, kw_only=True):
    """What the country's law says about requests.

    Attributes:
        days: within how many days a request is answered.
        keep_days: how long the request itself is kept after its answer.
        protects: what may be neither confirmed nor denied, in words with sections.
        complain: where the person may go if the answer does not satisfy him.

    """

    days: int
    days_citation: str
    keep_days: int
    keep_citation: str
    confidence: Confidence
    protects: Text
    complain: Text


@cache
def law_of(country: str) -> RedressLaw:
    """The law of the pack, or the neutral pack's policy where it holds none."""
    try:
        data = read_yaml("smartborder.countries", f"{country.lower()}/redress.yaml")
    except ResourceMissing:
        data = read_yaml("smartborder.countries", "neutral/redress.yaml")
    return msgspec.convert(data, RedressLaw)


def open_request(s: Session, home: NodeHome, kind: str, person: Requester, said: str) -> str:
    """Open a request; its clock starts. Its id.

    Raises:
        RequestUnusable: an unknown kind, or words without end.

    """
    if kind not in KINDS:
        raise RequestUnusable(f"kind is one of {', '.join(KINDS)}", fields="kind")
    if len(said) > LONGEST:
        raise RequestUnusable(f"at most {LONGEST} characters", fields="said")
    record = s.new_id("redress")
    s.run(
        "INSERT INTO redress.request (id, kind, person, said, opened_at, opened_by, due_at)"
        " VALUES (:id, :kind, :person, :said, :now, :by, :due)",
        id=record,
        kind=kind,
        person=msgspec.json.encode(person).decode(),
        said=said.strip(),
        now=s.now,
        by=s.actor.label,
        due=s.now + timedelta(days=law_of(home.country).days),
    )
    s.leaf("redress", record, {"kind": kind, "opened-by": s.actor.label})
    s.notify("redress")
    return record


def one(s: Session, request: str) -> Request:
    """One request.

    Raises:
        NotFound: there is none of that id.

    """
    row = s.one("SELECT * FROM redress.request WHERE id = :id", id=request)
    s.saw("redress", [request])
    return msgspec.convert(row, Request)


def listed(s: Session) -> list[Request]:
    """Open requests, the most urgent first, then the newest answered ones."""
    rows = s.rows(
        "SELECT * FROM redress.request ORDER BY state <> 'open', CASE WHEN state = 'open'"
        " THEN due_at END, answered_at DESC LIMIT 200"
    )
    s.saw("redress", [r["id"] for r in rows], "list")
    return [msgspec.convert(r, Request) for r in rows]


def held_open(s: Session, request: str) -> Request:
    """The open request that this transaction is about, locked.

    Raises:
        NotOpen: it was answered, or the transaction is about something else.

    """
    row = s.first(
        "SELECT * FROM redress.request WHERE id = :id AND state = 'open' FOR UPDATE", id=request
    )
    if row is None or s.case != request:
        raise NotOpen("open the request first", request=request)
    s.saw("redress", [request])
    return msgspec.convert(row, Request)


def forget(s: Session) -> list[str]:
    """Destroy answered requests past the time they are kept, letters and all; their ids."""
    return [str(r["id"]) for r in s.rows(
        "DELETE FROM redress.request WHERE delete_by < :today RETURNING id", today=s.now.date()
    )]  # fmt: skip


def _is_day(value: str) -> bool:
    """Whether it is a day as forms ask for it: other spellings of ISO 8601 would not be found."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
