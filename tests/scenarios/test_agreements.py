"""What stands between two nodes: named officials sign, suspend and terminate; both sides know."""

import json

import msgspec
import pytest
from typer.testing import CliRunner

from smartborder import agreements
from smartborder.agreements.lifecycle import ActRefused
from smartborder.cli import main
from smartborder.kernel.canonical import canonical
from smartborder.node.access import users
from smartborder.node.agreements import acting, standing
from smartborder.node.exchange import gate, keys
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.lookouts import reading, writing
from smartborder.node.store.session import SYSTEM, NotFound
from tests.support.pages import account, send, signed_in, web_client
from tests.support.pair import content, joined

pytestmark = pytest.mark.node
ID = "shared-lookouts"


@pytest.fixture
def pair(node_home):
    with joined(node_home) as pair:
        yield pair


def does(side, what, agreement=ID):
    with side.act() as s:
        return acting.act(s, side.home, agreement, what, "because")


def stands(side, agreement=ID):
    with side.act() as s:
        return standing.now(s, side.home, agreements.load(agreement))


def shares(pair):
    """Whether a new look-out of the United States reaches Canada."""
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content()).id
    pair.settle()
    with pair.ca.act() as s:
        try:
            reading.one(s, made)
        except NotFound:
            return False
    return True


def test_both_keys_attest_one_text_and_each_node_holds_both_signatures(pair):
    does(pair.ca, "propose")
    pair.settle()
    assert stands(pair.us).signed == {"CAN"}
    does(pair.us, "counter-sign")
    pair.settle()
    compiled = agreements.load(ID)
    for side in (pair.ca, pair.us):
        now = stands(side)
        assert (now.state, now.version, now.digest) == ("in-force", 2, compiled.digest)
        assert not now.unsigned
        with side.act() as s:
            signed = standing.acts(s, ID)
        assert {r.party for r in signed} == {"CAN", "USA"}
        for r in signed:
            key = keys.public_signing_key((pair.ca if r.party == "CAN" else pair.us).home)
            verify = keys.verifier({key["kid"]: keys.OKPKey.import_key(key)})
            assert verify(canonical(r.act), r.signature)
        assert side.value("SELECT count(*) FROM ledger.leaf WHERE kind = 'agreement'") == 2
    assert shares(pair)


def test_either_side_alone_suspends_on_both_and_only_it_resumes(pair):
    assert shares(pair)
    does(pair.ca, "suspend")  # the recipient does
    pair.settle()
    assert stands(pair.us).suspended_by == {"CAN"}
    assert not shares(pair)
    with pytest.raises(ActRefused):
        does(pair.us, "resume")
    does(pair.ca, "resume")
    pair.settle()
    assert shares(pair)


def test_after_termination_nothing_new_crosses_and_the_withdrawal_still_does(pair):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content()).id
    pair.settle()
    does(pair.us, "terminate")
    pair.settle()
    assert stands(pair.ca).state == "terminated"
    assert not shares(pair)
    with pair.us.act() as s:
        writing.withdraw(s, pair.us.home, made)
    pair.settle()
    with pair.ca.act() as s:
        assert not reading.one(s, made).in_force
    with pytest.raises(ActRefused):
        does(pair.us, "resume")


def test_only_an_official_acts_and_never_on_the_acts_themselves(pair):
    with pair.us.store.act(SYSTEM, "agreements") as s, pytest.raises(ActRefused):
        acting.act(s, pair.us.home, ID, "suspend", "")
    for what, agreement in (("suspend", acting.ABOUT), ("burn", ID), ("counter-sign", ID)):
        with pytest.raises(ActRefused):
            does(pair.us, what, agreement)


def forged(pair, change):
    """An act that the United States sends as if it were sound; its state after the receipt."""
    does(pair.us, "suspend")
    with pair.us.act() as s:
        (true,) = standing.acts(s, ID)
        act, signature = change(pair, true.act)
        gate.send(s, pair.us.home, Outgoing(
            kind="notice", agreement=acting.ABOUT, channel="push", stage="response",
            purpose=acting.PURPOSE, subject="forged", record="forged", fields=("agreement_act",),
            facts={}, values={"agreement_act": {"act": msgspec.to_builtins(act),
                                                "signature": signature or true.signature}},
        ))  # fmt: skip
    pair.settle()
    return pair.us.value("SELECT state FROM exchange.outbox WHERE record = 'forged'")


def resigned(pair, act):
    return act, keys.signer(pair.us.home)(canonical(act))


@pytest.mark.parametrize("change", [
    lambda pair, act: (msgspec.structs.replace(act, act="terminate"), None),
    lambda pair, act: resigned(pair, msgspec.structs.replace(act, party="CAN")),
    lambda pair, act: resigned(pair, msgspec.structs.replace(act, digest="0" * 64)),
    lambda pair, act: resigned(pair, msgspec.structs.replace(act, agreement=acting.ABOUT)),
], ids=["unsigned", "for-us", "other-text", "on-acts"])  # fmt: skip
def test_a_forged_act_is_refused_and_on_record(pair, change):
    assert forged(pair, change) == "dead"
    assert stands(pair.ca).state == "suspended"
    assert pair.ca.value("SELECT count(*) FROM exchange.refusal") == 1


def test_in_production_nothing_crosses_before_both_have_signed(pair):
    home = pair.us.home.changed(mode="production")
    compiled = agreements.load(ID)
    with pair.us.act() as s:
        assert not standing.may_cross(s, home, compiled, "disclosure")
        assert not standing.may_cross(s, home, compiled, "correction")


def test_an_official_acts_by_command_with_the_password_of_the_role(pair):
    with pair.ca.store.act(SYSTEM, users.PURPOSE) as s:
        for login, role in (("claire", "counsel"), ("otto", "officer")):
            user = users.add(s, login=login, name=login.title(), roles=[role])
            users.set_password(s, user.id, "a long pass phrase of nobody")

    def command(*words, password="a long pass phrase of nobody"):
        line = ["agreement", "act", ID, *words, "--home", str(pair.ca.home.path)]
        return CliRunner().invoke(main.app, line, input=password + "\n")

    assert command("suspend", "--as", "otto").exception is not None
    assert command("suspend", "--as", "claire", password="wrong").exception is not None
    done = command("suspend", "--as", "claire")
    assert json.loads(done.output.splitlines()[-1])["standing"]["state"] == "suspended"
    listed = CliRunner().invoke(main.app, ["agreement", "standing", "--home",
                                           str(pair.ca.home.path)])  # fmt: skip
    (row,) = [r for r in map(json.loads, listed.output.splitlines()) if r["agreement"] == ID]
    assert [a["act"]["act"] for a in row["acts"]] == ["suspend"]


def test_counsel_suspends_on_screen_and_an_officer_only_reads(pair):
    with web_client(pair.ca) as client:
        for login, role, may in (("odile", "officer", False), ("cora", "counsel", True)):
            signed_in(client, account(pair.ca, login, role), "fr")
            assert "Signalements communs" in client.get("/agreements").text
            page = client.get(f"/agreements/{ID}")
            assert "Accord type, article 4" in page.text
            assert ('value="suspend"' in page.text) is may
        done = send(client, f"/agreements/{ID}", f"/agreements/{ID}/act", what="suspend",
                    why="essai")  # fmt: skip
        assert "Cora a suspendu la version 2" in " ".join(done.text.split())
        assert client.get("/agreements/nothing").status_code == 404
