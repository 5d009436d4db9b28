"""Reported values marked in the raw text, in whatever form the message carries them."""

from hypothesis import given
from hypothesis import strategies as st

from smartborder.model.passenger_list import TravelDocument, Traveller
from smartborder.node.desk.marking import marked

TEXT = "NAD+FL+++SALENKO:VIKTOR JAN'DTM+329:710402'DOC+P:110:111+12 AB-345'DTM+36:20310402'"
WHO = Traveller(documents=(TravelDocument(number="12 AB-345"),))


def marks(*values):
    return [p.text for p in marked(TEXT, WHO, values) if p.mark]


def test_a_name_is_marked_word_by_word():
    assert marks("Viktor Salenko") == ["SALENKO", "VIKTOR"]


def test_a_date_is_marked_in_the_form_of_the_message():
    assert marks("1971-04-02") == ["710402"]
    assert marks("2031-04-02") == ["20310402"]


def test_a_number_is_marked_as_it_was_written():
    assert marks("12AB345") == ["12 AB-345"]


def test_a_value_inside_another_word_is_not_marked():
    assert marks("JA", "10402") == []


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_the_text_stays_what_it_was(text, values):
    assert "".join(p.text for p in marked(text, WHO, values)) == text
