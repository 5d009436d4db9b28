"""Fingerprints: one direct call under a key that exists for it alone; nothing of them is kept.

The receiver makes a key in memory, the sender seals the prints under it, the receiver opens,
searches, and forgets key and prints (IRPR 315.38, 315.43(2)). On both sides remain the
transaction number, the hash of the sealed bytes, and the outcome. No outbox, inbox or job ever
holds them, and no statement carries them to the database.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any, Protocol

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from smartborder import agreements
from smartborder.agreements.padding import build_payload, pad, read_payload, unpad
from smartborder.kernel.canonical import canonical, sha256_hex
from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.model.exchange import EnvelopeRefused
from smartborder.model.passenger_list import Traveller
from smartborder.node.custody.disclosures import disclose
from smartborder.node.exchange import keys, partners, query, query_in, sealing
from smartborder.node.exchange.files import Found
from smartborder.node.exchange.purpose import agreed_purpose
from smartborder.node.exchange.questions import NotPermitted
from smartborder.node.exchange.refusals import remember
from smartborder.node.exchange.transport import Transport
from smartborder.node.exchange.wire import PRINTS_KEY_PATH, PRINTS_PATH, Signed, decode_signed
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Actor, Session, Store

AGREEMENT = "us-visa-sharing"
ANSWERED = ("surname", "given_names", "birth_date", "birth_country", "gender",
            "immigration_status", "visa_application", "eta_application", "work_permit",
            "study_permit", "benefit_application")  # fmt: skip
"""Asked for with prints; of a claimant only the applications may cross (IRPR 315.25(2))."""
SIZE = 65_536
"""Every print set is padded to this before it is sealed; a larger one is refused."""
KEY_SECONDS = 30
_MOST_KEYS = 100


class NoGallery(EnvironmentFault):
    """No fingerprint search is connected to this node: such questions cannot be answered here."""

    code = "prints.no-gallery"
    title = Text("No fingerprint search here", "Aucune recherche d'empreintes ici")


class Gallery(Protocol):
    """A fingerprint search of this country; smartborder has none of its own."""

    def search(self, prints: bytes) -> Found | None:
        """The file of the person whose prints these are, by the site's own matcher."""


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: null in every field where nothing was given, whatever the reason."""

    transaction: str
    fields: dict[str, Any]


class Keys:
    """One-time keys of this process, in memory only; each opens one call and is gone."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[X25519PrivateKey, float]] = {}
        self._lock = Lock()

    def make(self, name: str, now: float) -> bytes:
        """A new key's public half; keys nobody used in time are dropped."""
        made = X25519PrivateKey.generate()
        with self._lock:
            alive = [(k, v) for k, v in self._held.items() if v[1] > now]
            self._held = dict(alive[-_MOST_KEYS:])
            self._held[name] = (made, now + KEY_SECONDS)
        return made.public_key().public_bytes_raw()

    def take(self, name: str, now: float) -> X25519PrivateKey:
        """The key, once.

        Raises:
            EnvelopeRefused: there is none, it was used, or it is too old.

        """
        with self._lock:
            found = self._held.pop(name, None)
        if found is None or found[1] <= now:
            raise EnvelopeRefused("no such one-time key")
        return found[0]


def search(home: NodeHome, store: Store, actor: Actor, for_case: tuple[str, str], prints: bytes,
           transport: Transport) -> Answered:  # fmt: skip
    """Ask the partner whose prints these are, in a case; the prints are never written down.

    ``for_case``: what the case was opened for, and its id.

    Raises:
        NotOfTheCase: the case was opened for something else.
        NoTraveller: no open case with a traveller.
        NotPermitted: the agreement says no.
        EnvelopeRefused: the partner's answer is not its own, or not to this.
        PartnerUnreachable, PartnerRefused: no answer.

    """
    partner = home.partner.node_id if home.partner else ""
    _, case = for_case
    with store.act(actor, *for_case) as s:
        partners.ensure(s, home)
        verify = keys.verifier(keys.pinned(s, partner))
        number, now = s.new_id("transaction"), iso(s.now)
        row = query.traveller(s)
        purpose = agreed_purpose(s, row["purpose"], row["id"])
        person = query.identity(msgspec.convert(row["person"], Traveller))
        if not _may_ask(home, (home.node_id, partner), purpose, now, person["citizenships"]):
            raise NotPermitted("no clause lets prints be asked with here", case=case)
    offered = decode_signed(transport.post(PRINTS_KEY_PATH, b"{}"))
    said = _said(offered, verify, partner, home.node_id)
    sealed = sealing.seal(pad(prints, SIZE), keys.public(str(said["x"])), keys.fresh_nonce())
    statement = {"sender": home.node_id, "receiver": partner, "transaction": number,
                 "purpose": purpose, "key": said["key"], "sha256": sha256_hex(sealed)}  # fmt: skip
    answer = decode_signed(transport.post(PRINTS_PATH, msgspec.json.encode(
        _sign(home, statement, sealed)
    )))  # fmt: skip
    told = _said(answer, verify, partner, home.node_id)
    if told.get("transaction") != number or told.get("sha256") != sha256_hex(answer.part):
        raise EnvelopeRefused("the answer is to something else")
    fields = read_payload(keys.opener(home)(answer.part))
    outcome = "match" if any(v is not None for v in fields.values()) else "nothing"
    with store.act(actor, *for_case) as s:
        _keep(s, "out", partner, number, statement["sha256"], outcome, case)
        s.saw("prints-answer", [number])
    return Answered(transaction=number, fields=fields)


def offer(home: NodeHome, store: Store, held: Keys) -> bytes:
    """A one-time key for one call."""
    with store.act(Actor("system", "exchange"), "exchange") as s:
        name, now = s.new_id("key"), s.now
    x = keys.text_of(held.make(name, now.timestamp()))
    partner = home.partner.node_id if home.partner else ""
    statement = {"sender": home.node_id, "receiver": partner, "key": name, "x": x}
    return msgspec.json.encode(_sign(home, statement, b""))


def receive(home: NodeHome, store: Store, held: Keys, gallery: Gallery | None,
            body: bytes) -> bytes:  # fmt: skip
    """Search for the prints of one call and answer in one shape and size.

    Raises:
        EnvelopeRefused: not the partner's, or its key is gone.
        NoGallery: nothing here can search.

    """
    try:
        asked = decode_signed(body)
        partner = home.partner.node_id if home.partner else "?"
        with store.act(Actor("partner", partner), "exchange") as s:
            partners.ensure(s, home)
            said = _said(asked, keys.verifier(keys.pinned(s, partner)), partner, home.node_id)
            if said.get("sha256") != sha256_hex(asked.part):
                raise EnvelopeRefused("the prints are not the ones that were signed")
            if not _may_ask(home, (partner, home.node_id), str(said.get("purpose")), iso(s.now),
                            [query_in.UNKNOWN]):  # fmt: skip
                raise EnvelopeRefused("the agreement does not let prints be asked with")
            own = held.take(str(said.get("key")), s.now.timestamp())
            if gallery is None:
                raise NoGallery("connect the site's fingerprint search")
            found = gallery.search(unpad(sealing.unseal(asked.part, own)))
            del own
            return _answer(s, home, partner, said, found)
    except EnvelopeRefused as error:
        remember(home, store, error)
        raise


def _answer(s: Session, home: NodeHome, partner: str, said: dict[str, Any],
            found: Found | None) -> bytes:  # fmt: skip
    compiled = agreements.load(AGREEMENT)
    answer = agreements.check(compiled, agreements.decode_request({
        "from": home.node_id, "to": partner, "channel": "query", "stage": "response",
        "match": found is not None, "purpose": said["purpose"], "on": iso(s.now),
        "mode": home.mode, "subject": found.facts if found else {}, "fields": list(ANSWERED),
    }))  # fmt: skip
    payload = build_payload(answer, found.fields if found else {})
    key = s.value("SELECT encryption_key FROM exchange.partner WHERE node_id = :p", p=partner)
    number = str(said["transaction"])
    given = found is not None and bool(answer.granted)
    _keep(s, "in", partner, number, str(said["sha256"]), "match" if given else "nothing", None)
    if found is not None:
        disclose(s, recipient=f"partner:{partner}", kind="prints-answer", record=found.id,
                 fields=answer.granted, agreement=f"{compiled.id}@{compiled.version}",
                 means="exchange", purpose=str(said["purpose"]))  # fmt: skip
    part = keys.seal(payload, key)
    statement = {"sender": home.node_id, "receiver": partner, "transaction": number,
                 "sha256": sha256_hex(part)}  # fmt: skip
    return msgspec.json.encode(_sign(home, statement, part))


def _may_ask(home: NodeHome, parties: tuple[str, str], purpose: str, on: str,
             citizenships: list[str]) -> bool:  # fmt: skip
    answer = agreements.check(agreements.load(AGREEMENT), agreements.decode_request({
        "from": parties[0], "to": parties[1], "channel": "query", "stage": "query", "match": None,
        "purpose": purpose, "on": on, "mode": home.mode, "fields": ["fingerprints"],
        "subject": {"citizenships": citizenships},
    }))  # fmt: skip
    return bool(answer.granted)


def _sign(home: NodeHome, statement: dict[str, Any], part: bytes) -> Signed:
    return Signed(statement=statement, part=part, signature=keys.signer(home)(canonical(statement)))


def _said(signed: Signed, verify: Callable[[bytes, str], bool], sender: str,
          receiver: str) -> dict[str, Any]:  # fmt: skip
    said = signed.statement
    if (said.get("sender"), said.get("receiver")) != (sender, receiver):
        raise EnvelopeRefused("not from this partner to this node")
    if not verify(canonical(said), signed.signature):
        raise EnvelopeRefused("the signature is not the partner's")
    return dict(said)


def _keep(s: Session, way: str, partner: str, number: str, digest: str, outcome: str,
          case: str | None) -> None:  # fmt: skip
    s.run(
        "INSERT INTO exchange.prints (transaction, way, partner, digest, outcome, case_id, at)"
        " VALUES (:number, :way, :partner, :digest, :outcome, :case, :now)",
        number=number, way=way, partner=partner, digest=digest, outcome=outcome, case=case,
        now=s.now,
    )  # fmt: skip
    s.leaf("prints", number, {"way": way, "digest": digest, "outcome": outcome})
