"""The letter: one text in both languages, signed by the officer who answers for it.

What may neither be confirmed nor denied is in every letter in the same words, whether anything
of the kind exists or not, so that two letters side by side tell nothing.
"""

from datetime import datetime

import msgspec

from smartborder.agreements.parties import of_party
from smartborder.kernel.errors import StateError
from smartborder.kernel.text import LANGUAGES, Language, Text
from smartborder.node.custody import corrections
from smartborder.node.custody.disclosures import disclose
from smartborder.node.home import NodeHome
from smartborder.node.redress.finding import TITLES, Copy, copies
from smartborder.node.redress.requests import RedressLaw, Request, held_open, law_of
from smartborder.node.store.session import Session

SUBJECT: dict[str, Text] = {
    "access": Text("Your request for access", "Votre demande d'accès"),
    "correction": Text("Your request for correction", "Votre demande de correction"),
    "complaint": Text("Your complaint", "Votre plainte"),
}


class CorrectionUnderWay(StateError):
    """A correction is not confirmed by everybody who was given the record: wait, or tell them."""

    code = "redress.correction-under-way"
    title = Text("A correction is still under way", "Une correction est encore en cours")


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One signed letter.

    Attributes:
        body: paragraphs by language.
        signatory: the officer's name as it is printed.
        disclosure: its row in the register of disclosures, printed on it.

    """

    id: str
    request: str
    at: datetime
    signed_by: str
    signatory: str
    body: dict[str, list[str]]
    disclosure: str


def compose(request: Request, found: list[Copy], law: RedressLaw, corrected: dict[str, datetime],
            *, demo: bool) -> dict[str, list[str]]:  # fmt: skip
    """The paragraphs of the letter in each language.

    Args:
        request: what was asked.
        found: the copies with what was decided about each.
        law: the country's words.
        corrected: records that were corrected since the request, and when the last recipient
            confirmed it.
        demo: True where people are synthetic and no counsel has reviewed the law.

    """
    return {language: _paragraphs(language, request, found, law, corrected, demo)
            for language in LANGUAGES}  # fmt: skip


def _paragraphs(language: Language, request: Request, found: list[Copy], law: RedressLaw,
                corrected: dict[str, datetime], demo: bool) -> list[str]:  # fmt: skip
    told = [c for c in found if c.decision == "tell"]
    withheld = [c for c in found if c.decision == "withhold"]
    said = [_RECEIVED.in_(language).format(day=f"{request.opened_at:%Y-%m-%d}",
                                           number=request.id)]  # fmt: skip
    for copy in told:
        where = ", ".join(_party(p, language) for p in copy.gone_to)
        said.append(_TOLD.in_(language).format(
            what=TITLES[copy.kind].in_(language), record=copy.record,
            where=where or _NOBODY.in_(language),
        ))  # fmt: skip
        if copy.record in corrected:
            said.append(_CORRECTED.in_(language).format(
                record=copy.record, at=f"{corrected[copy.record]:%Y-%m-%d %H:%M:%S}Z"
            ))  # fmt: skip
    said += [_WITHHELD.in_(language).format(what=TITLES[c.kind].in_(language)) for c in withheld]
    if request.kind != "access":
        said.append(_PUT_RIGHT.in_(language))
    said.append(_NEITHER.in_(language).format(protects=law.protects.in_(language)))
    said.append(law.complain.in_(language))
    if demo:
        said.append(_DEMO.in_(language))
    return said


_RECEIVED = Text(
    "We received your request {number} on {day}. We looked for you in every record of this node"
    " and in every copy that was given to others or received from them.",
    "Nous avons reçu votre demande {number} le {day}. Nous vous avons cherché dans chaque dossier"
    " de ce nœud et dans chaque copie remise à d'autres ou reçue d'eux.",
)
_TOLD = Text(
    "We hold: {what}, number {record}. It was given to: {where}. The officer who signs gives you a"
    " copy.",
    "Nous détenons : {what}, numéro {record}. Communiqué à : {where}. L'agent signataire vous en"
    " remet copie.",
)
_NOBODY = Text("nobody", "personne")
_PARTNER = Text("the authorities {of_party}", "les autorités {of_party}")
_CORRECTED = Text(
    "Record {record} was corrected; the last of those who had been given it confirmed the"
    " correction on {at}.",
    "Le dossier {record} a été corrigé; le dernier de ceux qui l'avaient reçu a confirmé la"
    " correction le {at}.",
)
_WITHHELD = Text(
    "We hold a record of this kind: {what}. The law does not let us give you its content.",
    "Nous détenons un dossier de ce genre : {what}. La loi ne nous permet pas de vous en"
    " communiquer le contenu.",
)
_PUT_RIGHT = Text(
    "If anything that concerned you was inaccurate, it has been corrected here and with everybody"
    " to whom it had been given, and whatever had been derived from it has been withdrawn.",
    "Si un renseignement vous concernant était inexact, il a été corrigé ici et chez tous ceux à"
    " qui il avait été remis, et ce qui en avait été tiré a été retiré.",
)
_NEITHER = Text(
    "This letter neither confirms nor denies {protects}; if any existed, it could be refused.",
    "La présente lettre ne confirme ni ne nie {protects}; s'il en existait, ils pourraient être"
    " refusés.",
)
_DEMO = Text(
    "Demonstration: synthetic people; law not reviewed by counsel.",
    "Démonstration : personnes fictives; règles de droit non révisées par un juriste.",
)


def _party(party: str, language: Language) -> str:
    kind, _, name = party.partition(":")
    if kind != "partner":
        return name
    return _PARTNER.in_(language).format(of_party=of_party(name).in_(language))


def draft(s: Session, home: NodeHome, request: Request) -> dict[str, list[str]]:
    """The letter as it would go out now."""
    found = copies(s, request.id)
    return compose(request, found, law_of(home.country), _corrected(s, request, found),
                   demo=home.mode == "demo")  # fmt: skip


def _corrected(s: Session, request: Request, found: list[Copy]) -> dict[str, datetime]:
    """Records of the request that everybody confirmed as corrected since it was opened."""
    done: dict[str, datetime] = {}
    for copy in found:
        since = [c for c in corrections.of_record(s, copy.record)
                 if c.way == "out" and c.at >= request.opened_at]  # fmt: skip
        if since and all(c.done_at for c in since):
            done[copy.record] = max(c.done_at for c in since if c.done_at)
    return done


def sign(s: Session, home: NodeHome, request: str, signatory: str) -> Letter:
    """Sign and issue the letter, enter it in the register, and close the request.

    Args:
        s: the signing officer's transaction, bound to the request.
        home: the node.
        request: the open request.
        signatory: the officer's name as it is printed.

    Raises:
        NotOpen: it was answered already.
        CorrectionUnderWay: the letter would say that something is done which is not.

    """
    asked = held_open(s, request)
    for copy in copies(s, request):
        if any(c.way == "out" and c.done_at is None for c in corrections.of_record(s, copy.record)):
            raise CorrectionUnderWay("not confirmed by everybody yet", record=copy.record)
    told = [c.record for c in copies(s, request) if c.decision == "tell"]
    letter = Letter(
        id=s.new_id("letter"), request=request, at=s.now, signed_by=s.actor.id,
        signatory=signatory, body=draft(s, home, asked),
        disclosure=disclose(s, recipient="person:requester", kind="letter", record=request,
                            fields=tuple(told), means="letter"),
    )  # fmt: skip
    s.run(
        "INSERT INTO redress.letter (request, id, at, signed_by, signatory, body, disclosure)"
        " VALUES (:request, :id, :now, :by, :signatory, :body, :disclosure)",
        request=request,
        id=letter.id,
        now=s.now,
        by=letter.signed_by,
        signatory=signatory,
        body=msgspec.json.encode(letter.body).decode(),
        disclosure=letter.disclosure,
    )
    s.run(
        "UPDATE redress.request SET state = 'answered', answered_at = :now,"
        " delete_by = CAST(:now AS date) + CAST(:days AS int) WHERE id = :id",
        now=s.now,
        days=law_of(home.country).keep_days,
        id=request,
    )
    s.leaf("letter", request, {"letter": letter.id, "body": letter.body, "by": s.actor.label})
    s.notify("redress")
    return letter


def of_request(s: Session, request: str) -> Letter | None:
    """The letter that answered a request; None while it is open."""
    row = s.first("SELECT * FROM redress.letter WHERE request = :r", r=request)
    if row is None:
        return None
    s.saw("letter", [row["id"]])
    return msgspec.convert(row, Letter)
