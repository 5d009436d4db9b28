"""Same sender, reference and content: a retry. Anything else is a message of its own."""

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList
from smartborder.model.reason import Finding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Row, Session

_SAME = (
    "SELECT id, state, common_reference, findings FROM act.message"
    " WHERE client = :client AND mode = :mode"
    " AND sender IS NOT DISTINCT FROM :sender"
    " AND interchange_reference IS NOT DISTINCT FROM :interchange"
    " AND reference IS NOT DISTINCT FROM :reference AND state NOT LIKE 'failed%' AND content "
)


def earlier_message(s: Session, client: ReportingClient, message: PassengerList,
                    content: bytes) -> Row | None:  # fmt: skip
    """The message this one repeats, if it is a retry. A failed first try is none.

    The same message twice at the same moment is one and its retry: the second waits until the
    first is recorded. A part whose list is whole by now stands for that list.
    """
    key = _key(client, message)
    s.run("SELECT pg_advisory_xact_lock(hashtextextended(:message, 0))",
          message="/".join(["retry", *map(str, key.values())]))  # fmt: skip
    found = s.first(_SAME + "= :content ORDER BY id LIMIT 1", **key, content=content)
    if found is None or found["state"] != "assembled":
        return found
    return s.first(
        "SELECT id, state, findings FROM act.message WHERE client = :client AND mode = :mode"
        " AND sender IS NOT DISTINCT FROM :sender AND common_reference = :common"
        " AND part IS NULL AND state = 'answered' ORDER BY id DESC LIMIT 1",
        client=client.id, mode=client.mode, sender=message.sender,
        common=found["common_reference"],
    )  # fmt: skip


def reference_reused(s: Session, client: ReportingClient, message: PassengerList,
                     content: bytes) -> Finding | None:  # fmt: skip
    """A finding when an earlier message has this reference and says something else."""
    if s.first(_SAME + "<> :content LIMIT 1", **_key(client, message), content=content) is None:
        return None
    return Finding(
        code="message.reference-reused",
        severity="warning",
        detail=Text(
            "An earlier message with the same reference had other content; this one was taken"
            " as a new message. Give each message a reference of its own.",
            "Un message antérieur portant la même référence avait un autre contenu; celui-ci a"
            " été traité comme un nouveau message. Donnez à chaque message sa propre référence.",
        ),
    )


def _key(client: ReportingClient, message: PassengerList) -> dict[str, str | None]:
    return {
        "client": client.id,
        "mode": client.mode,
        "sender": message.sender,
        "interchange": message.interchange_reference,
        "reference": message.reference,
    }
