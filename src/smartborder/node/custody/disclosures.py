"""The register of disclosures: whatever leaves us, to whom, why, under what, which fields."""

from collections.abc import Sequence

from smartborder.node.custody import onward
from smartborder.node.store.session import Session


def disclose(
    s: Session,
    *,
    recipient: str,
    kind: str,
    record: str,
    fields: Sequence[str],
    means: str,
    agreement: str | None = None,
    purpose: str | None = None,
) -> str:
    """Write a disclosure into the register; the id of its row, to be printed on what leaves.

    Args:
        s: the transaction in which it is disclosed.
        recipient: ``partner:USA``, ``person:requester``, ``court:...``; never a person's name.
        kind: what it is (``lookout``, ``case``, ``flight-sheet``).
        record: id of the record it is about.
        fields: names of the fields that leave.
        means: ``exchange``, ``print``, ``export``, ``letter``.
        agreement: ``id@version`` of the agreement, if it goes under one.
        purpose: why; the purpose of the transaction if not given.

    Raises:
        OnwardRefused: the record is a partner's and its originator has not agreed.

    """
    made = s.new_id("disclosure")
    entered = s.run(
        "INSERT INTO custody.disclosure (id, at, actor, recipient, kind, record, case_id,"
        " purpose, agreement, fields, means) SELECT :id, :now, :actor, :recipient, :kind,"
        f" :record, :case, :purpose, :agreement, :fields, :means WHERE NOT {onward.HELD_BACK}",
        id=made,
        now=s.now,
        actor=s.actor.label,
        recipient=recipient,
        kind=kind,
        record=record,
        case=s.case,
        purpose=purpose or s.purpose,
        agreement=agreement,
        fields=list(fields),
        means=means,
        controlled=list(onward.CONTROLLED),
        authority=recipient.partition(":")[0],
    )
    if not entered:
        raise onward.OnwardRefused("ask its originator", record=record)
    s.leaf("disclosure", made, {"recipient": recipient, "record": record, "means": means,
                                "fields": list(fields)})  # fmt: skip
    return made


def was_given(s: Session, record: str, recipient: str) -> bool:
    """Whether a recipient was ever given a record."""
    return bool(s.value(
        "SELECT 1 FROM custody.disclosure WHERE record = :record AND recipient = :recipient"
        " LIMIT 1", record=record, recipient=recipient,
    ))  # fmt: skip
