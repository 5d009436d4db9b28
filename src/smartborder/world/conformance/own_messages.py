"""A carrier's own messages against the published rules: read as the node would read them. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from smartborder.formats import edifact
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList
from smartborder.model.reply import ReplyMessage
from smartborder.world.conformance.playing import Outcome

_NO_PEOPLE = frozenset({"flight-cancel", "flight-change", "flight-status"})
_CANCELS_ALL = frozenset({"passenger-cancel", "crew-cancel"})


NO_ACKNOWLEDGEMENT = Text(
    "a CUSRES of yours is an acknowledgement: BGM+312 and our RFF+TN",
    "votre CUSRES est un accusé de réception : BGM+312 et notre RFF+TN",
)


def check(name: str, data: bytes, travel_year: int) -> list[Outcome]:
    """One outcome for each message in ``data``; ``id`` is the file's name and the position.

    Args:
        name: of the file, for people.
        data: its bytes.
        travel_year: pivot for two-digit years where a message has no flight date.

    """
    try:
        messages = edifact.read_messages(data, travel_year=travel_year)
    except InputError:
        said = Text("The file is empty.", "Le fichier est vide.")
        return [Outcome(id=name, title=Text(name, name), passed=False, reason=said)]
    return [_outcome(f"{name}#{n}", message) for n, message in enumerate(messages, start=1)]


def _outcome(name: str, message: object) -> Outcome:
    faults = list(_faults(message))
    title = Text(f"{name}: {_kind(message)}", f"{name} : {_kind(message)}")
    if not faults:
        return Outcome(id=name, title=title, passed=True)
    return Outcome(id=name, title=title, passed=False, reason=Text(
        "; ".join(f.en for f in faults), "; ".join(f.fr for f in faults)))  # fmt: skip


def _kind(message: object) -> str:
    if isinstance(message, PassengerList):
        return f"PAXLST {message.purpose}"
    return str(getattr(message, "format", "?"))


def _faults(message: object) -> Iterator[Text]:
    """What a carrier must put right before it goes live, in the order it meets the eye."""
    for finding in getattr(message, "findings", ()):
        if finding.severity == "error":
            place = f" ({finding.segment})" if finding.segment else ""
            yield Text(f"{finding.code}{place}", f"{finding.code}{place}")
    if isinstance(message, ReplyMessage):
        if message.kind != "acknowledgement" or not message.transaction:
            yield NO_ACKNOWLEDGEMENT
        return
    if not isinstance(message, PassengerList):
        yield Text("no PAXLST and no CUSRES", "ni PAXLST ni CUSRES")
        return
    yield from _head(message)
    yield from _people(message)


def _head(message: PassengerList) -> Iterator[Text]:
    if not message.transaction:
        yield Text("no RFF+TN: a reply could not be matched",
                   "aucun RFF+TN : la réponse ne pourrait être associée")  # fmt: skip
    if not message.sender or not message.interchange_reference:
        yield Text("no sender or reference in UNB", "expéditeur ou référence absents de UNB")
    whole = any(
        leg.carrier and leg.number and leg.origin and leg.destination and leg.departs
        for leg in message.itinerary
    )
    if not whole and message.purpose != "master-crew-list":
        yield Text("no flight with number, both ports and time of departure",
                   "aucun vol avec numéro, deux ports et heure de départ")  # fmt: skip


def _people(message: PassengerList) -> Iterator[Text]:
    people = message.travellers
    if not people and message.purpose not in _NO_PEOPLE | _CANCELS_ALL:
        yield Text("nobody on it", "personne n'y figure")
    lacking = sum(not p.reference for p in people)
    if lacking:
        yield Text(f"{lacking} without a unique reference (RFF+ABO)",
                   f"{lacking} sans référence unique (RFF+ABO)")  # fmt: skip
    if twice := sum(n > 1 for n in _counted(p.reference for p in people)):
        yield Text(f"{twice} unique references used twice", f"{twice} références en double")
    passengers = [p for p in people if p.role in ("passenger", "in-transit-passenger")]
    if lost := sum(not p.locator for p in passengers):
        yield Text(f"{lost} passengers without a locator (RFF+AVF)",
                   f"{lost} passagers sans localisateur (RFF+AVF)")  # fmt: skip
    if bare := sum(not p.surname or not (p.birth_date or p.documents) for p in people):
        yield Text(f"{bare} without a name, or without birth date and document",
                   f"{bare} sans nom, ou sans date de naissance ni document")  # fmt: skip


def _counted(values: Iterable[str | None]) -> list[int]:
    return list(Counter(v for v in values if v).values())
