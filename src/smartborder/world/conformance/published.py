"""The set as it is published: cases of steps, and messages of our own with places to fill in."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from smartborder.kernel.resources import list_names, read_bytes, read_yaml
from smartborder.kernel.text import Text
from smartborder.model.reply import ReplyCode, ReplyKind

_ROOM = "smartborder.world.conformance"


class Expect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must come back.

    Attributes:
        travellers: unique references (RFF+ABO, without the mark of the run), in order; None
            where it does not matter.
        meanings: what the codes may mean; empty for anything in the node's table.
        findings: codes that must be among the findings.
        state: of the transmission.
        silent: no reply comes with the call.
        same_record: the message of the step before stands for this one too.

    """

    kind: ReplyKind = "reply"
    travellers: tuple[str, ...] | None = None
    meanings: tuple[ReplyCode, ...] = ()
    findings: tuple[str, ...] = ()
    state: str | None = None
    silent: bool = False
    same_record: bool = False


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing the carrier's system does: send, send again, rehearse, fetch or acknowledge."""

    send: str | None = None
    reference: str | None = None
    again: bool = False
    rehearse: str | None = None
    fetch: bool = False
    acknowledge: Literal["http", "message"] | None = None
    expect: Expect = Expect()


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is proved."""

    id: str
    title: Text
    steps: tuple[Step, ...]


class Set(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All cases of one version of the set."""

    version: str
    cases: tuple[Case, ...]


@cache
def published() -> Set:
    """The set of this version of the software."""
    return msgspec.convert(read_yaml(_ROOM, "set/set.yaml"), Set)


def files() -> dict[str, bytes]:
    """Every file of the set by name, as published."""
    return {name: read_bytes(_ROOM, f"set/{name}") for name in list_names(_ROOM, "set")}


def message(name: str, values: Mapping[str, str]) -> bytes:
    """A message of the set with its places filled in.

    Lines are for people; on the wire a segment follows the one before without a break.
    """
    text = read_bytes(_ROOM, f"set/{name}").decode()
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text.replace("'\n", "'").encode()
