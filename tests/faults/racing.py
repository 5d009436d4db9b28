"""The class of faults where two true things cross: a correction, and the answer to a question."""

import random
from concurrent.futures import ThreadPoolExecutor

import msgspec

from smartborder.model.screening import ListedDocument
from smartborder.node.act.intake import receive
from smartborder.node.custody.purging import end_received
from smartborder.node.exchange import questions
from smartborder.node.lookouts import writing
from tests.faults.classes import about, fault
from tests.scenarios.test_lookouts import AIRLINE, passenger
from tests.support.pair import ANNA, Pair


@fault("correction racing a question")
def racing(pair: Pair, chance: random.Random) -> list[str]:
    """A look-out is corrected or withdrawn while a question about it is answered: later wins."""
    lookout, documents, hit, case = encounter(pair)
    withdrawn = chance.random() < 0.3

    def change() -> None:
        with pair.us.act() as s:
            if withdrawn:
                writing.withdraw(s, pair.us.home, lookout)
            else:
                office = f"Desk {chance.random()}"
                changed = about(pair, "Changed", office=office, documents=documents)
                writing.correct(s, pair.us.home, lookout, changed, 1)

    with pair.ca.store.act(ANNA, "passenger-information", case) as s:
        questions.ask(s, pair.ca.home, hit)
    both = [change, pair.ca.send]
    chance.shuffle(both)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(one) for one in both]:
            done.result()
    pair.settle()
    end_received(pair.ca.node)
    with pair.ca.act() as s:
        (asked,) = questions.of_hit(s, hit)
    given = {k: v for k, v in (asked.answer or {}).items() if v is not None and k != "hit"}
    kept = msgspec.json.decode(msgspec.json.encode(pair.us.lookout(lookout)))
    assert not (withdrawn and given), "a withdrawn look-out is still in an answer"
    assert given == {k: kept[k] for k in given}, "an answer says what was corrected since"
    return [] if withdrawn else [lookout]


def encounter(pair: Pair) -> tuple[str, tuple[ListedDocument, ...], str, str]:
    """A look-out of the US, and a confirmed hit on it in a case in Canada."""
    at = pair.clock.now()
    message = passenger(flight=str(at.microsecond % 900 + 100), departs=f"{at:%y%m%d}1830",
                        arrives=f"{at:%y%m%d}2010")  # fmt: skip
    number = message.split(b"DOC+P:110:111+")[1].split(b"'")[0].decode()
    documents = (ListedDocument(number=number, issuer="HUN"),)
    with pair.us.act() as s:
        lookout = writing.create(s, pair.us.home, about(pair, "Zoltan PRUEFER",
                                                        documents=documents)).id  # fmt: skip
    pair.settle()
    (stored,) = receive(pair.ca.node, AIRLINE, message).messages
    row = pair.ca.rows(
        "UPDATE act.hit h SET state = 'confirmed', decided_at = :now FROM act.traveller_version v"
        " WHERE v.message = :m AND h.traveller = v.traveller AND h.entry = :e"
        " RETURNING h.id, h.case_id", now=at, m=stored, e=f"lookout:{lookout}",
    )[0]  # fmt: skip
    return lookout, documents, row["id"], row["case_id"]
