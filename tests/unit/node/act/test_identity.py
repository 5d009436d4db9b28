"""Who of a message is who of a flight."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartborder.model.passenger_list import TravelDocument, Traveller
from smartborder.node.act.identity import (
    People,
    changed_fields,
    cleared_values,
    fingerprint,
    identify,
    name_key,
)

SOLENE = Traveller(
    surname="ROUSSEL", given_names="SOLÈNE MARIE", birth_date="1990-05-01", nationality="FRA",
    reference="TR1", locator="ABC123", seat="12B", segment="NAD#8",
    documents=(TravelDocument(type="P", number="12AB34567", issuer="FRA"),),
)  # fmt: skip


def people(*travellers):
    return People((f"t{n}", identify(t)) for n, t in enumerate(travellers))


def but(**changes):
    return msgspec.structs.replace(SOLENE, **changes)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (but(surname="X", given_names="Y", documents=(), locator=None), True),  # reference
        (but(reference="TR9", seat=None), True),  # locator and document, name agrees
        (but(reference="TR9", surname="TAZI", given_names="OMAR"), False),  # copied passport
        (but(reference=None, locator=None, documents=()), True),  # name and birth date
        (
            but(reference=None, locator=None, documents=(), surname="SOLENE",
                given_names="MARIE ROUSSEL"),
            True,
        ),  # either order, accents apart
        (but(reference=None, locator=None, documents=(), birth_date="1990-05-02"), False),
        (but(reference="TR9", locator=None, documents=()), False),  # another reference: another
    ],
)  # fmt: skip
def test_the_keys_decide_in_their_order(other, same):
    assert people(SOLENE).same(identify(other)) == ("t0" if same else None)


def test_what_is_only_alike_is_offered_not_merged():
    twin = but(reference="TR9", locator=None, documents=())
    assert people(SOLENE).same(identify(twin)) is None
    assert people(SOLENE).double(identify(twin)) == "t0"


def test_two_of_one_name_and_birth_date_are_told_apart_by_nobody():
    other = but(reference="TR2", locator="ZZZ999", documents=())
    unknown = but(reference=None, locator=None, documents=())
    assert people(SOLENE, other).same(identify(unknown)) is None


@pytest.mark.parametrize(
    ("change", "reopens"),
    [
        ({"seat": "14C"}, False),
        ({"locator": "NEW999"}, False),
        ({"residence": "CAN"}, False),
        ({"surname": "ROUSSELL"}, True),
        ({"birth_date": "1990-05-11"}, True),
        ({"nationality": "BEL"}, True),
        ({"documents": (TravelDocument(type="P", number="12AB34568", issuer="FRA"),)}, True),
    ],
)
def test_a_clearance_reopens_only_for_what_it_was_given_on(change, reopens):
    changed = but(**change)
    assert (cleared_values(changed) != cleared_values(SOLENE)) is reopens
    assert changed_fields(SOLENE, changed) == tuple(change)


def test_the_place_in_the_message_is_no_change():
    assert changed_fields(SOLENE, but(segment="NAD#99", raw=(1, 2))) == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_order_of_names_never_matters(one, two):
    a = Traveller(surname=one, given_names=two)
    b = Traveller(surname=two, given_names=one)
    assert name_key(a) == name_key(b)
    assert fingerprint(a) == fingerprint(b)


INFANT = but(reference=None, given_names="LEO", birth_date="2026-03-01")
MOTHER = but(reference=None)


@pytest.mark.parametrize(("known", "other"), [(MOTHER, INFANT), (INFANT, MOTHER)])
def test_an_infant_on_its_mothers_passport_and_booking_is_a_person_of_its_own(known, other):
    assert people(known).same(identify(other)) is None
    assert people(known).same(identify(known)) == "t0"


def test_of_several_on_one_document_the_name_finds_its_own():
    assert people(MOTHER, INFANT).same(identify(MOTHER)) == "t0"
    assert people(MOTHER, INFANT).same(identify(INFANT)) == "t1"


@pytest.mark.parametrize("change", [{"birth_date": "1990-05-11"}, {"given_names": "SOLENE"}])
def test_one_value_put_right_on_the_same_booking_and_document_is_the_same_person(change):
    right = msgspec.structs.replace(MOTHER, **change)
    assert people(MOTHER).same(identify(right)) == "t0"
