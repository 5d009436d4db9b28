"""How an agreement comes into force and ends: by acts of named officials, on every side.

A version is in force once each party has signed the same digest. Any party alone may suspend
or terminate. Afterwards nothing new is asked or disclosed, while corrections, withdrawals,
destruction and notices about what was exchanged before go on.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.model.agreement import AgreementAct
from smartborder.model.exchange import EnvelopeKind

State = Literal["not-signed", "in-force", "suspended", "terminated"]
Officials = Mapping[str, frozenset[str]]
"""The named officials of each party, by country."""

_SURVIVES: frozenset[EnvelopeKind] = frozenset(
    {"correction", "withdrawal", "destruction", "notice"}
)


class ActRefused(StateError):
    """An act about an agreement that its author may not do, or not now; the act is named."""

    code = "agreement.act-refused"
    title = Text("Act on an agreement refused", "Acte sur un accord refusé")


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where an agreement stands after a series of acts.

    Attributes:
        version, digest: what is in force, or was when it was suspended or terminated; None if
            no version was ever signed by all.
        proposed: the version that still waits for signatures, if any.
        signed: the parties that have signed ``proposed``.
        suspended_by: the parties whose suspension still holds.
        unsigned: True where a version stands as it was shipped, in demo mode, and nobody signed.

    """

    state: State = "not-signed"
    version: int | None = None
    digest: str | None = None
    proposed: int | None = None
    proposed_digest: str | None = None
    signed: frozenset[str] = frozenset()
    suspended_by: frozenset[str] = frozenset()
    unsigned: bool = False


def as_shipped(version: int, digest: str) -> Standing:
    """How an agreement stands in demo mode until its parties sign a version of it."""
    return Standing(state="in-force", version=version, digest=digest, unsigned=True)


def standing(
    acts: Sequence[AgreementAct], parties: frozenset[str], officials: Officials
) -> Standing:
    """Where an agreement stands after ``acts``, in the order in which they were recorded.

    Raises:
        ActRefused: at the first act that does not count; nothing after it is looked at.

    """
    now = Standing()
    for act in acts:
        now = apply(now, act, parties, officials)
    return now


def apply(
    now: Standing, act: AgreementAct, parties: frozenset[str], officials: Officials
) -> Standing:
    """Where an agreement stands after one more act.

    Raises:
        ActRefused: if the author is not a named official of a party, or the act does not fit.

    """
    if act.party not in parties or act.official not in officials.get(act.party, frozenset()):
        raise ActRefused(f"{act.act}: not a named official of a party", agreement=act.agreement)
    same = (now.proposed, now.proposed_digest) == (act.version, act.digest)
    if act.act == "propose" and not same:
        return _propose(now, act)
    if act.act in ("propose", "counter-sign"):  # two proposals of one text are two signatures
        return _counter_sign(now, act, parties)
    if now.version != act.version or now.digest != act.digest or now.state == "terminated":
        raise ActRefused(f"{act.act}: this version is not in force", agreement=act.agreement)
    if act.act == "terminate":
        return msgspec.structs.replace(now, state="terminated", suspended_by=frozenset())
    holders = now.suspended_by
    if act.act == "suspend":
        holders |= {act.party}
    elif act.party in holders:
        holders -= {act.party}
    else:
        raise ActRefused("resume: only who suspended may resume", agreement=act.agreement)
    state: State = "suspended" if holders else "in-force"
    return msgspec.structs.replace(now, state=state, suspended_by=holders)


def _propose(now: Standing, act: AgreementAct) -> Standing:
    higher = act.version > (now.version or 0)
    if not higher and not (now.unsigned and act.version == now.version):
        raise ActRefused("propose: give a higher version", agreement=act.agreement)
    return msgspec.structs.replace(
        now, proposed=act.version, proposed_digest=act.digest, signed=frozenset({act.party})
    )


def _counter_sign(now: Standing, act: AgreementAct, parties: frozenset[str]) -> Standing:
    if (now.proposed, now.proposed_digest) != (act.version, act.digest):
        raise ActRefused("counter-sign: not the proposed text", agreement=act.agreement)
    if act.party in now.signed:
        raise ActRefused("counter-sign: this party has signed", agreement=act.agreement)
    signed = now.signed | {act.party}
    if signed != parties:
        return msgspec.structs.replace(now, signed=signed)
    return Standing(state="in-force", version=act.version, digest=act.digest)


def may_send(now: Standing, kind: EnvelopeKind) -> bool:
    """True if an envelope of ``kind`` may go out while the agreement stands as ``now``."""
    return now.state == "in-force" or (now.version is not None and kind in _SURVIVES)
