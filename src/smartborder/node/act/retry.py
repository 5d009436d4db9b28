"""Same sender, reference and content: a retry. Anything else is a message of its own."""

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList
from smartborder.model.reason import Finding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Row, Session

REUSED = Finding(
    code="message.reference-reused",
    severity="warning",
    detail=Text(
        "An earlier message with the same reference had other content; this one was taken"
        " as a new message. Give each message a reference of its own.",
        "Un message antérieur portant la même référence avait un autre contenu; celui-ci a"
        " été traité comme un nouveau message. Donnez à chaque message sa propre référence.",
    ),
)
_SAME_REFERENCE = (
    "SELECT id, state, common_reference, findings, content = :content AS same FROM act.message"
    " WHERE client = :client AND mode = :mode AND sender IS NOT DISTINCT FROM :sender"
    " AND interchange_reference IS NOT DISTINCT FROM :interchange"
    " AND reference IS NOT DISTINCT FROM :reference AND state NOT LIKE 'failed%'"
    " ORDER BY content = :content DESC, id LIMIT 1"
)


def earlier_message(s: Session, client: ReportingClient, message: PassengerList,
                    content: bytes) -> tuple[Row | None, Finding | None]:  # fmt: skip
    """The message this one repeats, if it is a retry; a finding if its reference was used for
    something else. A failed first try is neither.

    The same message twice at the same moment is one and its retry: the second waits until the
    first is recorded. A part whose list is whole by now stands for that list.
    """
    key = _key(client, message)
    s.later("SELECT pg_advisory_xact_lock(hashtextextended(:message, 0))",
            message="/".join(["retry", *map(str, key.values())]))  # fmt: skip
    found = s.first(_SAME_REFERENCE, **key, content=content)
    if found is not None and not found["same"]:
        return None, REUSED
    if found is None or found["state"] != "assembled":
        return found, None
    whole = s.first(
        "SELECT id, state, findings FROM act.message WHERE client = :client AND mode = :mode"
        " AND sender IS NOT DISTINCT FROM :sender AND common_reference = :common"
        " AND part IS NULL AND state = 'answered' ORDER BY id DESC LIMIT 1",
        client=client.id, mode=client.mode, sender=message.sender,
        common=found["common_reference"],
    )  # fmt: skip
    return whole, None


def _key(client: ReportingClient, message: PassengerList) -> dict[str, str | None]:
    return {
        "client": client.id,
        "mode": client.mode,
        "sender": message.sender,
        "interchange": message.interchange_reference,
        "reference": message.reference,
    }
