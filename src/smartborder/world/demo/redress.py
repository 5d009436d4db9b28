"""Beat 19: taken for somebody else; the look-out is corrected everywhere, and a letter says so."""

import json
import re
import tempfile
import time
from pathlib import Path

from smartborder.kernel.text import Text
from smartborder.world.demo.day import MISTAKEN
from smartborder.world.demo.hits import find_case, place
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import OnStage, Stage, until
from smartborder.world.shell import command

LISTED = "MORGEN PENHALLE"
"""Somebody else: the look-out about him has the traveller's birth date by a slip of the pen."""
RIGHT_DATE = "1959-11-03"
_OWN = ("names", "birth_dates", "documents", "basis", "office")
"""What the look-out's owner writes into an empty form; a form to correct is sent whole."""
_CONTENT = {
    "kind": "person", "names": LISTED, "birth_dates": MISTAKEN.birth_date or "", "documents": "",
    "nationalities": "", "sex": "", "basis": "prior-refusal", "note": "",
    "instruction": "board-and-refer", "office": "Demo enforcement office",
    "review_by": "2027-11-24",
}  # fmt: skip
_LOOKOUT = re.compile(r"/lookouts/(lookout-[0-9a-z]{26})")
_REQUEST = re.compile(r"/redress/(redress-[0-9a-z]{26})/find")


def redress(stage: Stage) -> Seen:
    """Beat 19."""
    owner = stage.nodes["CA"].visitor("world-owner")
    place(stage.nodes["CA"], **{k: _CONTENT[k] for k in _OWN})
    lookout = _LOOKOUT.findall(owner.address)[0]
    officer = stage.nodes["US"].visitor("world-officer")
    case = find_case(officer, MISTAKEN.surname or "", 20)
    request = _ask(stage.nodes["CA"], lookout)
    began = time.monotonic()
    owner.see(f"/lookouts/{lookout}/correct")
    owner.send(f"/lookouts/{lookout}/correct", **{**_CONTENT, "birth_dates": RIGHT_DATE})
    privacy = stage.nodes["CA"].visitor("world-privacy")
    confirmed = until(lambda: '"partner:USA confirmed"' in privacy.see(f"/redress/{request}"), 20)
    took = time.monotonic() - began
    expect(confirmed, "the partner did not confirm the correction")
    gone = until(lambda: case not in officer.see("/queue"), 10)
    expect(gone, "the hit that was derived from the wrong date is still open")
    letter = privacy.send(f"/redress/{request}/letter")
    expect('lang="en"' in letter and 'lang="fr"' in letter, "the letter is not in both languages")
    owner.see(f"/lookouts/{lookout}")
    owner.send(f"/lookouts/{lookout}/withdraw")
    receipt = until(lambda: f'id="receipt-{lookout}"' in privacy.see("/redress"), 20)
    expect(receipt, "the partner did not certify that its copy is destroyed")
    entries = _verified(stage.nodes["US"])
    return Seen(
        line=Text(
            f"redress: a wrong birth date corrected, the partner confirms in {took:.1f} s, the"
            " derived hit is withdrawn, a letter in both languages; the look-out withdrawn, the"
            f" copy destroyed with a receipt, and all {entries} entries still verify",
            f"recours : une date de naissance corrigée, le partenaire confirme en {took:.1f} s, la"
            " correspondance dérivée est levée, une lettre dans les deux langues; le signalement"
            f" retiré, la copie détruite avec accusé, et les {entries} écritures restent conformes",
        ),
        record=request,
        path=f"/redress/{request}",
        law="IRPR 315.27; shared-lookouts SL-11, SL-12",
        command="smartborder agreement show shared-lookouts",
    )


def _ask(node: OnStage, lookout: str) -> str:
    """The traveller writes; the privacy officer finds what it is about. The request's id."""
    privacy = node.visitor("world-privacy")
    document = MISTAKEN.documents[0]
    privacy.see("/redress/new")
    page = privacy.send(
        "/redress", kind="correction", surname=MISTAKEN.surname or "",
        given_names=MISTAKEN.given_names or "", birth_date=MISTAKEN.birth_date or "",
        document=document.number or "", issuer=document.issuer or "",
        address="12 Harbour Lane, Bristol", said="I am taken for somebody else",
    )  # fmt: skip
    request = _REQUEST.findall(page)[0]
    page = privacy.send(f"/redress/{request}/find")
    expect(f'id="{lookout}"' in page, "the request does not find the look-out")
    expect(
        'data-given="partner:USA"' in page, "the request does not say who was given the look-out"
    )
    return str(request)


def _verified(node: OnStage) -> int:
    """How many entries of the node's ledger verify from outside, after the destruction."""
    with tempfile.TemporaryDirectory() as folder:
        ledger, key = Path(folder) / "ledger.jsonl", Path(folder) / "key.jwk"
        key.write_text(json.dumps(node.home.signing_key().as_dict(private=False)))
        command("ledger", "export", "--out", str(ledger), "--home", str(node.home.path))
        found = command("verify", str(ledger), "--key", str(key))
    expect(found["ok"], "the ledger does not verify after the destruction")
    return int(found["entries"])
