"""What a look-out lets the carrier see: OK, unless it holds and more than a name agrees."""

from datetime import date

import pytest

from smartborder.kernel.text import Text
from smartborder.model.country import load_country
from smartborder.model.passenger_list import Traveller
from smartborder.model.reason import Reason
from smartborder.model.screening import Hit
from smartborder.node.act.programme import CheckContext, CheckSubject, FlightFacts
from smartborder.programmes.visas.lookouts import LookoutCheck

DAY = date(2026, 11, 24)
FLIGHT = FlightFacts(carrier="AF", number="344", direction="inbound", origin="CDG",
                     destination="YUL", departs_on=DAY)  # fmt: skip
NAME, DOCUMENT, BIRTH = "name-same", "document-same", "birth-date-same"


class Held:
    """Look-outs in force: one, with an instruction, that meets everybody."""

    version = "0.1"

    def __init__(self, instruction, reasons, verdict):
        self._instruction = instruction
        self._hit = Hit(
            entry="lookout:l1", entry_version="v1", list="lookout", name="X", score=0.97,
            verdict=verdict, would_change=(),
            reasons=tuple(Reason(code=f"screening.{r}", detail=Text("x", "y")) for r in reasons),
        )  # fmt: skip

    def screen(self, people, as_of):
        return [(self._hit,) for _ in people]

    def instruction(self, entry):
        return self._instruction


def ask(instruction="hold-reply", reasons=(NAME, BIRTH), verdict="match", born="1980-09-09",
        cleared=()):  # fmt: skip
    context = CheckContext(pack=load_country("CA"), flight=FLIGHT, on=DAY, as_known=DAY,
                           screener=Held(instruction, reasons, verdict))  # fmt: skip
    person = Traveller(surname="TOLLAND", birth_date=born)
    subject = CheckSubject(traveller="t", person=person, cleared=frozenset(cleared))
    (result,) = LookoutCheck()([subject], context)
    return result


@pytest.mark.parametrize("asked", ["board-and-refer", "protective", "officer-safety", "silent"])
def test_every_instruction_but_one_is_for_officers_alone(asked):
    assert ask(asked, (NAME, BIRTH, DOCUMENT)).result == "ok"


@pytest.mark.parametrize(
    ("reasons", "verdict", "result"),
    [
        ((NAME, BIRTH), "match", "contact-government"),
        ((NAME, DOCUMENT), "match", "contact-government"),
        ((NAME,), "match", "ok"),  # a name alone leaves nothing
        ((NAME, BIRTH), "possible", "ok"),
    ],
)
def test_a_held_reply_rests_on_more_than_a_name_and_is_never_a_refusal(reasons, verdict, result):
    assert ask(reasons=reasons, verdict=verdict).result == result


@pytest.mark.parametrize(
    ("born", "reasons", "result"),
    [
        ("2008-11-25", (NAME, DOCUMENT), "ok"),  # 17 for one day more, on a parent's passport
        ("2008-11-24", (NAME, DOCUMENT), "contact-government"),  # 18 today
        ("2008", (NAME, DOCUMENT), "ok"),  # perhaps a child
        ("2026-03-01", (NAME, BIRTH), "contact-government"),  # a look-out for that very child
        (None, (NAME, DOCUMENT), "contact-government"),
    ],
)
def test_a_child_is_held_only_by_a_look_out_for_a_child(born, reasons, result):
    assert ask(born=born, reasons=reasons).result == result


def test_a_pair_that_an_officer_cleared_holds_nothing_in_that_version():
    assert ask(cleared=[("lookout:l1", "v1")]).result == "ok"
    assert ask(cleared=[("lookout:l1", "v0")]).result == "contact-government"


def test_a_silent_hit_leaves_no_reason_that_others_read():
    quiet = ask("silent")
    assert (quiet.reasons, len(quiet.hits)) == ((), 1)
