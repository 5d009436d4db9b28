"""The document check: what the law's verdict allows to be answered without an officer."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartborder.model.country import load_country
from smartborder.model.passenger_list import TravelDocument, Traveller
from smartborder.node.act.programme import CheckContext, CheckSubject, Entitlement, FlightFacts
from smartborder.node.act.registers import KINDS
from smartborder.programmes.visas.documents import DocumentCheck

DAY = date(2026, 11, 24)
FLIGHT = FlightFacts(carrier="AF", number="344", direction="inbound", origin="CDG",
                     destination="YUL", departs_on=DAY)  # fmt: skip
FRENCH = Traveller(
    surname="ROUSSEL", given_names="SOLENE", birth_date="1990-05-01", nationality="FRA",
    documents=(TravelDocument(type="P", number="12AB34567", issuer="FRA", expires="2030-12-31"),),
)  # fmt: skip
CHECK = DocumentCheck()


def ask(person=FRENCH, registers=KINDS, held=(), near=(), flight=FLIGHT):
    context = CheckContext(
        pack=load_country("CA"), flight=flight, on=DAY, as_known=DAY, registers=frozenset(registers)
    )
    subject = CheckSubject(
        traveller="t", person=person, near=tuple(near), entitlements={h.kind: h for h in held}
    )
    (result,) = CHECK([subject], context)
    return result


def held(kind, **more):
    return Entitlement(kind=kind, document="12AB34567", issuer="FRA", **more)


@pytest.mark.parametrize("kind", ["travel-authorisation", "visa"])
def test_a_french_passport_flies_with_authorisation_or_visa(kind):
    assert ask(held=[held(kind)]).result == "ok"


def test_with_neither_the_rule_answers_alone_under_a_named_delegation():
    result = ask()
    assert result.result == "not-ok"
    assert result.delegated_by == "director-general-traveller-programs"
    assert any("259" in (r.citation or "") for r in result.reasons)


@pytest.mark.parametrize(
    "gone",
    [{"valid_to": date(2026, 11, 23)}, {"valid_from": date(2026, 11, 25)}, {"status": "revoked"}],
)
def test_an_authorisation_that_is_not_valid_on_the_day_is_none(gone):
    assert ask(held=[held("travel-authorisation", **gone)]).result == "not-ok"


def test_valid_to_the_last_day():
    assert ask(held=[held("travel-authorisation", valid_to=DAY)]).result == "ok"


def test_a_register_that_is_not_complete_makes_an_officer_decide():
    result = ask(registers=KINDS - {"travel-authorisation", "visa"})
    assert result.result == "contact-government"


def test_one_character_off_asks_again_and_names_both_numbers():
    near = Entitlement(kind="travel-authorisation", document="12AB34568", issuer="FRA")
    result = ask(near=[near])
    assert result.result == "insufficient"
    compared = result.reasons[0].compared
    assert (compared.ours, compared.theirs) == ("12AB34568", "12AB34567")


def test_a_prescribed_person_is_for_an_officer_whatever_else_is_in_order():
    """IRPR 258.1: the register knows the number; the birth date is for an officer to compare."""
    papers = held("travel-authorisation")
    assert ask(held=[papers, held("prescribed-person")]).result == "contact-government"
    assert ask(held=[papers]).result == "ok"
    assert ask(held=[papers], registers=KINDS - {"prescribed-person"}).result == (
        "contact-government"
    )


def test_a_number_one_off_a_prescribed_persons_is_no_slip_to_be_put_right():
    near = Entitlement(kind="prescribed-person", document="12AB34568", issuer="FRA")
    assert ask(near=[near]).result == "not-ok"


def test_an_expired_neighbour_is_no_neighbour():
    near = Entitlement(kind="visa", document="12AB34568", issuer="FRA", valid_to=date(2020, 1, 1))
    assert ask(near=[near]).result == "not-ok"


def test_flights_that_do_not_land_with_us_are_not_asked_about():
    away = msgspec.structs.replace(FLIGHT, direction="outbound")
    assert ask(flight=away).result == "ok"


@pytest.mark.parametrize(
    ("embarks", "disembarks", "result"),
    [
        ("CDG", "YUL", "not-ok"),
        ("CDG", "YYZ", "not-ok"),  # stays aboard to the second of our ports
        ("LHR", "YUL", "not-ok"),  # boarded a leg before
        (None, None, "not-ok"),
        ("YUL", "YYZ", "ok"),  # boards behind the border
        ("LHR", "CDG", "ok"),  # leaves before it
    ],
)
def test_the_law_is_asked_about_whoever_is_aboard_where_the_flight_crosses(
    embarks, disembarks, result
):
    person = msgspec.structs.replace(FRENCH, embarks=embarks, disembarks=disembarks)
    answer = ask(person=person)
    assert answer.result == result
    if result == "ok":
        assert [r.code for r in answer.reasons] == ["documents.not-across-the-border"]


@pytest.mark.parametrize("nationality", ["XXA", "XXB", "XXC"])
def test_stateless_people_and_refugees_are_never_an_error(nationality):
    person = msgspec.structs.replace(FRENCH, nationality=nationality)
    assert ask(person=person, held=[held("visa")]).result in ("ok", "contact-government")


@pytest.mark.parametrize("kind", ["PD", "PS", "M"])
def test_papers_of_an_office_are_left_to_an_officer(kind):
    """A list cannot say whether somebody travels as a diplomat or with a visiting force."""
    papers = msgspec.structs.replace(FRENCH.documents[0], type=kind)
    person = msgspec.structs.replace(FRENCH, documents=(papers,))
    assert ask(person=person).result == "contact-government"


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    nationality=st.sampled_from(["FRA", "CAN", "USA", "IND", "MAR", "XXA", "XXB", None]),
    kind=st.sampled_from(["P", "PD", "I", "A", "C", "F", "T", "V", "M", None]),
    number=st.sampled_from(["12AB34567", None]),
    expires=st.sampled_from(["2030-12-31", "2026-11-23", None]),
    role=st.sampled_from(["passenger", "crew", "in-transit-passenger"]),
    registers=st.just(set(KINDS)) | st.sets(st.sampled_from(sorted(KINDS))),
    kinds=st.just(set()) | st.sets(st.sampled_from(sorted(KINDS))),
)
def test_no_rule_says_not_ok_but_for_a_prescribed_document_that_is_missing(
    nationality, kind, number, expires, role, registers, kinds
):
    """Red line 1, whatever is reported and on file: section 259, under a delegation, or nobody."""
    papers = TravelDocument(type=kind, number=number, issuer=nationality, expires=expires)
    person = msgspec.structs.replace(
        FRENCH, nationality=nationality, documents=(papers,), role=role
    )
    result = ask(person=person, registers=registers, held=[held(k) for k in kinds])
    if result.result == "not-ok":
        assert (result.verdict.verdict, result.verdict.needs_officer) == ("no-board", False)
        assert result.delegated_by
        assert any("259" in (r.citation or "") for r in result.reasons)
        assert nationality != "CAN"
        assert "prescribed-person" not in kinds
