"""The line between two nodes: mutual TLS with pinned certificates, keys that overlap and end."""

import base64
import http.client
import json
import secrets
import ssl
import threading
from pathlib import Path

import msgspec
import psycopg
import pytest
from joserfc.jwk import ECKey
from typer.testing import CliRunner

from smartborder.agreements.padding import PayloadTooLarge
from smartborder.cli.main import app
from smartborder.kernel.canonical import canonical, sha256_hex
from smartborder.model.exchange import EnvelopeRefused
from smartborder.node.exchange import inbox, keys, prints, query, signing, tls
from smartborder.node.exchange.delivery import send_due
from smartborder.node.exchange.door import Door
from smartborder.node.exchange.files import Found
from smartborder.node.exchange.transport import (
    HttpTransport,
    PartnerRefused,
    PartnerUnreachable,
)
from smartborder.node.exchange.wire import BATCH_PATH, HELLO_PATH, MAX_BODY, PRINTS_PATH
from smartborder.node.home import NodeHome
from smartborder.node.lookouts import writing
from tests.scenarios.test_exchange_query import met
from tests.support.pair import BORIS, content

pytestmark = pytest.mark.node
BY_LIST = "passenger-information"


@pytest.fixture(scope="module")
def door(pair):
    """Canada's door; both certificates are pinned at the other side."""
    homes = (pair.ca.home, pair.us.home)
    for home, other in (homes, homes[::-1]):
        tls.pin_certificate(home, tls.certificate(other, pair.clock))
    made = Door(pair.ca.home, pair.ca.store, 0)
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def line(pair, door):
    made = HttpTransport(f"https://127.0.0.1:{door.server_port}",
                         tls.context(pair.us.home, server=False))  # fmt: skip
    yield made
    made.close()


def stranger(tmp_path, pair, name="stranger"):
    home = NodeHome.create(tmp_path / name, country="FR")
    tls.certificate(home, pair.clock)
    tls.pin_certificate(home, tls.certificate(pair.ca.home, pair.clock))
    return home


def test_a_look_out_crosses_over_mutual_tls(pair, line):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content("Over TLS"))
    assert send_due(pair.us.home, pair.us.store, line) == 1
    assert pair.ca.value("SELECT count(*) FROM lookouts.lookout WHERE id = :i", i=made.id) == 1


def test_a_caller_with_another_certificate_or_none_is_not_heard(pair, door, tmp_path):
    address = f"https://127.0.0.1:{door.server_port}"
    other = HttpTransport(address, tls.context(stranger(tmp_path, pair), server=False))
    with pytest.raises(PartnerUnreachable):
        other.post(HELLO_PATH, b"{}")
    none = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    none.check_hostname, none.verify_mode = False, ssl.CERT_NONE
    with pytest.raises(PartnerUnreachable):
        HttpTransport(address, none).post(HELLO_PATH, b"{}")
    with pytest.raises(PartnerUnreachable):
        HttpTransport(address.replace("https", "http")).post(HELLO_PATH, b"{}")


def test_a_door_with_another_certificate_is_not_spoken_to(pair, door, tmp_path):
    caller = stranger(tmp_path, pair)
    tls.pin_certificate(caller, tls.certificate(pair.us.home, pair.clock))
    with pytest.raises(PartnerUnreachable):
        HttpTransport(f"https://127.0.0.1:{door.server_port}",
                      tls.context(caller, server=False)).post(HELLO_PATH, b"{}")  # fmt: skip


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/queue", {}, 404),
        (BATCH_PATH, {"content-encoding": "gzip"}, 415),
        (BATCH_PATH, {"transfer-encoding": "chunked"}, 415),
        (BATCH_PATH, {"content-length": str(MAX_BODY + 1)}, 413),
        (BATCH_PATH, {"content-length": "-1"}, 413),
        (BATCH_PATH, {"content-length": "2"}, 422),
    ],
)
def test_the_door_knows_its_paths_and_reads_nothing_packed_or_oversized(pair, door, path, headers,
                                                                        status):  # fmt: skip
    context = tls.context(pair.us.home, server=False)
    connection = http.client.HTTPSConnection(
        "127.0.0.1", door.server_port, timeout=5, context=context
    )
    connection.putrequest("POST", path)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(b"{}" if status == 422 else None)
    answer = connection.getresponse()
    assert answer.status == status
    answer.read()
    connection.close()


def test_a_line_without_certificates_says_what_is_missing(tmp_path):
    with pytest.raises(tls.NoCertificate):
        tls.context(NodeHome.create(tmp_path / "bare", country="FR"), server=False)
    with pytest.raises(tls.NoCertificate):
        tls.pin_certificate(NodeHome.load(tmp_path / "bare"), b"no certificate")


def test_keys_overlap_are_switched_to_es256_and_end(pair, tmp_path):
    """A FIPS site moves to P-256 while both keys are pinned; then the old one is revoked."""
    run = CliRunner()
    us, ca = str(pair.us.home.path), str(pair.ca.home.path)
    old = signing.public_signing_key(pair.us.home)
    made = run.invoke(app, ["exchange", "new-key", "--algorithm", "ES256", "--home", us, "--json"])
    assert made.exit_code == 0, made.output
    fresh = json.loads(made.output)["key"]
    assert (fresh["kty"], "d" in fresh) == ("EC", False)
    (tmp_path / "key.json").write_text(json.dumps(fresh))
    with pytest.raises(signing.UnusableKey):
        signing.make(pair.us.home, "ES256")  # one waits already
    before = signed(pair, "With the old KEY")
    assert run.invoke(app, ["exchange", "switch-key", "--home", us]).exit_code == 0
    unknown = signed(pair, "Not pinned YET")
    with pytest.raises(EnvelopeRefused, match="signature"):
        inbox.receive(pair.ca.home, pair.ca.store, unknown)
    with pair.ca.act() as s:
        keys.pin(s, "USA", fresh, valid_from=s.now, by="test")
    for body in (before, unknown):  # both keys are good while they overlap
        inbox.receive(pair.ca.home, pair.ca.store, body)
    late = signed(pair, "Signed and SENT")
    with pair.ca.act() as s:
        keys.revoke(s, fresh["kid"])
    with pytest.raises(EnvelopeRefused, match="signature"):
        inbox.receive(pair.ca.home, pair.ca.store, late)
    with pair.ca.act() as s:
        s.run("UPDATE exchange.partner_key SET revoked_at = NULL, valid_to = :t WHERE kid = :k",
              t=s.now, k=fresh["kid"])  # fmt: skip
    with pytest.raises(EnvelopeRefused, match="signature"):
        inbox.receive(pair.ca.home, pair.ca.store, late)  # past its last instant
    with pair.ca.act() as s:
        s.run("UPDATE exchange.partner_key SET valid_to = NULL, valid_from = :t WHERE kid = :k",
              t=s.now.replace(year=2027), k=fresh["kid"])  # fmt: skip
    with pytest.raises(EnvelopeRefused, match="signature"):
        inbox.receive(pair.ca.home, pair.ca.store, late)  # before its first
    with pair.ca.act() as s:
        s.run("UPDATE exchange.partner_key SET valid_from = :t WHERE kid = :k",
              t=s.now, k=fresh["kid"])  # fmt: skip
    inbox.receive(pair.ca.home, pair.ca.store, late)
    assert old["kid"] != fresh["kid"]
    assert run.invoke(app, ["exchange", "identity", "--home", ca, "--json"]).exit_code == 0


def signed(pair, name):
    """A batch about one look-out, as it would be posted now, and forgotten by its sender."""
    bodies = []

    def fault(path, body, deliver):
        if path != BATCH_PATH:
            return deliver(body)
        bodies.append(body)
        raise PartnerUnreachable("kept")

    with pair.us.act() as s:
        writing.create(s, pair.us.home, content(name))
        s.run("UPDATE exchange.partner SET next_try = NULL, failures = 0, hello_at = :n", n=s.now)
    pair.us.cable.fault = fault
    pair.us.send()
    pair.us.cable.fault = None
    with pair.us.act() as s:
        s.run("UPDATE exchange.outbox SET state = 'applied' WHERE state = 'sent'")
        s.run("UPDATE exchange.batch_out SET receipted_at = :n WHERE receipted_at IS NULL", n=s.now)
    return bodies[-1]


def test_another_kind_of_key_or_a_private_one_is_not_pinned():
    for bad in (
        {"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA", "kid": "k"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA", "kid": "k"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AA"},
        {"kty": "oct", "k": "AA", "kid": "k"},
    ):
        with pytest.raises(signing.UnusableKey):
            signing.checked(bad)


def test_a_signature_cannot_choose_its_algorithm():
    key = ECKey.generate_key("P-256", private=True)
    verify = signing.verifier({"k": signing.checked({**key.as_dict(private=False), "kid": "k"})})
    for head in (b'{"alg":"none","kid":"k"}', b'{"alg":"HS256","kid":"k"}', b'{"kid":"k"}'):
        text = base64.urlsafe_b64encode(head).rstrip(b"=").decode()
        assert not verify(b"data", f"{text}..AAAA")


class Synthetic:
    """A fingerprint search for tests: knows one set of prints by its bytes."""

    def __init__(self, known, file):
        self.known, self.file = known, file

    def search(self, prints):
        return self.file if prints == self.known else None


FACTS = {"citizenships": ["HUN"], "permanent_resident_of": [], "refugee_claimant_in": [],
         "alleges_persecution_in": [], "previous_finding": ["fingerprint-match"]}  # fmt: skip


def everywhere(pair):
    """Every byte either node has written down: data folder with its WAL, logs, home, a dump."""
    with psycopg.connect(pair.ca.home.dsn("admin"), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
        data = Path(admin.execute("SHOW data_directory").fetchone()[0])
    places = [data, pair.ca.home.path, pair.us.home.path]
    for place in places:
        for file in place.rglob("*"):
            if file.is_file():
                yield file, file.read_bytes()


def forms(canary):
    """The canary as it may stand somewhere: raw, hex, and base64 at each of three offsets."""
    yield canary
    yield canary.hex().encode()
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + canary)
        yield text[(4 if shift else 0) : -4]


def test_prints_cross_in_one_call_and_are_nowhere_afterwards(pair, door, line):
    case, _ = met(pair, "640")
    canary = secrets.token_bytes(48)
    door.gallery = Synthetic(canary, Found(
        id="file-1", method="document", facts=FACTS,
        fields={"surname": "PRUEFER", "birth_date": "1970-02-03", "immigration_status": "visitor"},
    ))  # fmt: skip
    asked = [prints.search(pair.us.home, pair.us.store, BORIS, (BY_LIST, case), p, line)
             for p in (canary, canary[::-1])]  # fmt: skip
    assert asked[0].fields["surname"] == "PRUEFER"
    assert set(asked[1].fields.values()) == {None}
    for side in (pair.us, pair.ca):
        rows = side.rows(
            "SELECT transaction, outcome FROM exchange.prints ORDER BY at, transaction"
        )
        assert sorted((r["transaction"], r["outcome"]) for r in rows) == sorted([
            (asked[0].transaction, "match"), (asked[1].transaction, "nothing")
        ])  # fmt: skip
        leaves = side.value("SELECT count(*) FROM ledger.leaf WHERE kind = 'prints'")
        assert leaves == 2
    assert door.once._held == {}
    wanted = [*forms(canary), *forms(canary[::-1])]
    found = [str(file) for file, content in everywhere(pair) if any(w in content for w in wanted)]
    assert found == []


def test_s10_prints_of_a_claimant_bring_her_permit_and_the_log_proves_that_the_claim_stayed(
    pair, door, line
):
    """IRPR 315.25(2); a claimant in the US who once had a study permit and a claim in Canada."""
    case, _ = met(pair, "642")
    permit = {"study_permit": "approved 2019-08-30", "visa_application": "approved 2019-08-30"}
    claim = {"protection_claim": "made 2021-02-03", "protection_decision": "refused 2022-05-06",
             "claim_narrative": "as told at the hearing"}  # fmt: skip
    theirs = Found(
        id="file-s10", method="document", facts={**FACTS, "refugee_claimant_in": ["USA"]},
        fields={"surname": "PRUEFER", "birth_date": "1970-02-03", **permit, **claim},
    )  # fmt: skip
    door.gallery = Synthetic(b"hers", theirs)
    told = prints.search(pair.us.home, pair.us.store, BORIS, (BY_LIST, case), b"hers", line)
    given = {k: v for k, v in told.fields.items() if v is not None}
    assert {k: given[k] for k in permit} == permit
    assert not set(given) & set(claim)
    (entry,) = pair.ca.rows(
        "SELECT id, recipient, fields FROM custody.disclosure WHERE record = 'file-s10'"
    )
    assert set(entry["fields"]) >= set(given)
    assert not set(entry["fields"]) & set(claim)
    (leaf,) = pair.ca.rows(
        "SELECT l.commitment, o.salt FROM ledger.leaf l JOIN ledger.opening o ON o.leaf = l.id"
        " WHERE l.record = :d", d=entry["id"],
    )  # fmt: skip
    entered = {"recipient": "partner:USA", "record": "file-s10", "means": "exchange",
               "fields": list(entry["fields"])}  # fmt: skip
    assert leaf["commitment"].hex() == sha256_hex(bytes(leaf["salt"]) + canonical(entered))


def test_a_one_time_key_opens_one_call_and_not_for_long():
    held = prints.Keys()
    held.make("a", 100.0)
    held.make("b", 100.0)
    held.take("a", 110.0)
    for name, now in (("a", 110.0), ("b", 100.0 + prints.KEY_SECONDS), ("c", 100.0)):
        with pytest.raises(EnvelopeRefused):
            held.take(name, now)
    for n in range(500):
        held.make(str(n), 100.0)
    assert len(held._held) <= 101


def test_prints_need_a_case_a_gallery_and_the_partners_own_signature(pair, door, line):
    case, _ = met(pair, "641")
    with pytest.raises(query.NoTraveller):
        prints.search(pair.us.home, pair.us.store, BORIS, (BY_LIST, "case-none"), b"p", line)
    with pytest.raises(PayloadTooLarge):
        prints.search(pair.us.home, pair.us.store, BORIS, (BY_LIST, case), bytes(prints.SIZE), line)
    door.gallery = None
    with pytest.raises(PartnerUnreachable):  # 503: nothing here can search
        prints.search(pair.us.home, pair.us.store, BORIS, (BY_LIST, case), b"p", line)
    forged = msgspec.json.encode({"statement": {"sender": "USA", "receiver": "CAN"},
                                  "part": "", "signature": "e30..AA"})  # fmt: skip
    with pytest.raises(PartnerRefused):
        line.post(PRINTS_PATH, forged)
