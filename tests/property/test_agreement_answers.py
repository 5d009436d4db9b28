"""What must hold of every agreement, whatever is asked about whomever."""

import json
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from smartborder import agreements
from smartborder.agreements.vocabulary import vocabulary
from smartborder.model.agreement import Answer

WORDS = vocabulary()
COUNTRIES = ["CAN", "USA", "GBR", "NZL", "MEX", "HND", "XXX", "XXA"]
INSTANTS = ["2016-01-01", "2025-01-16", "2026-11-24T15:00:00Z", "2027-06-01"]
DAYS = [
    "2014-02-01",
    "2016-06-01",
    "2025-01-16",
    "2025-01-17",
    "2026-11-24",
    "2026-11-24T15:00:00Z",
]


def values(name: str) -> st.SearchStrategy[Any]:
    """Any value that a fact may have."""
    word = WORDS.facts[name]
    match word.type:
        case "flag":
            return st.booleans()
        case "countries":
            return st.lists(st.sampled_from(COUNTRIES), max_size=2, unique=True)
        case "country":
            return st.sampled_from(COUNTRIES)
        case "word":
            return st.sampled_from(word.values)
        case "words":
            return st.lists(st.sampled_from(word.values), max_size=2, unique=True)
        case "instant":
            return st.sampled_from(INSTANTS)
        case "texts":
            return st.lists(st.sampled_from(["o1", "o2", "surname"]), max_size=2)
        case _:
            return st.sampled_from(["o1", "o2"])


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """An agreement and any request that it could be asked."""
    agreement = draw(st.sampled_from(agreements.all_ids()))
    compiled = agreements.load(agreement)
    document = compiled.document
    known = draw(st.sets(st.sampled_from((*compiled.facts, "officer_reviewed")), max_size=6))
    countries = [part.country for part in document.parties]
    channel = draw(st.sampled_from(document.channels))
    fields = sorted(compiled.agreement.permits) + ["hit", "note", "plate", "protection_claim", "x"]
    return agreement, {
        "from": draw(st.sampled_from(countries)),
        "to": draw(st.sampled_from(countries)),
        "channel": channel.code,
        "stage": draw(st.sampled_from(channel.stages)),
        "match": draw(st.sampled_from([True, False, None])),
        "purpose": draw(st.sampled_from([term.code for term in document.purposes])),
        "on": draw(st.sampled_from(DAYS)),
        "subject": {name: draw(values(name)) for name in sorted(known)},
        "fields": draw(st.lists(st.sampled_from(fields), min_size=1, max_size=8)),
    }


def ask(question: tuple[str, dict[str, Any]], **subject: Any) -> Answer:
    agreement, request = question
    changed = {**request, "subject": {**request["subject"], **subject}}
    return agreements.check(agreements.load(agreement), agreements.decode_request(changed))


@settings(max_examples=80, deadline=None)
@given(questions())
def test_every_field_is_granted_or_withheld_and_never_both(
    question: tuple[str, dict[str, Any]],
) -> None:
    answer = ask(question)
    asked = list(dict.fromkeys(question[1]["fields"]))
    withheld = [row.field for row in answer.withheld]
    assert sorted([*answer.granted, *withheld]) == sorted(asked)
    assert answer.permitted is bool(answer.granted)
    assert (answer.outcome in ("granted", "partial", "conditional")) is answer.permitted
    assert set(answer.granted) <= set(agreements.load(question[0]).agreement.permits)
    if not answer.permitted:
        assert answer.obligations == ()
        assert answer.reasons


@settings(max_examples=80, deadline=None)
@given(questions())
def test_the_wire_tells_nothing_but_what_was_granted(question: tuple[str, dict[str, Any]]) -> None:
    answer = ask(question)
    request = question[1]
    wire = answer.partner_sees
    assert list(wire) == ["agreement", "version", "channel", "stage", "purpose", "fields"]
    assert list(wire["fields"]) == list(dict.fromkeys(request["fields"]))
    given_ = {name for name, value in wire["fields"].items() if value is not None}
    assert given_ == set(answer.granted)
    text = json.dumps({k: v for k, v in msgspec.to_builtins(wire).items() if k != "fields"})
    for row in answer.withheld:
        assert row.clause == "purpose" or f'"{row.clause}"' not in text
    for reason in answer.reasons:
        assert reason.detail.en not in json.dumps(msgspec.to_builtins(wire))


@settings(max_examples=80, deadline=None)
@given(questions(), st.data())
def test_knowing_less_never_lets_more_cross(
    question: tuple[str, dict[str, Any]], data: st.DataObject
) -> None:
    subject = question[1]["subject"]
    guarded = [name for name in sorted(subject) if WORDS.facts[name].absent == "unknown"]
    if not guarded:
        return
    forgotten = data.draw(st.sampled_from(guarded))
    assert set(ask(question, **{forgotten: None}).granted) <= set(ask(question).granted)


@settings(max_examples=60, deadline=None)
@given(questions())
def test_red_lines_hold_in_every_agreement(question: tuple[str, dict[str, Any]]) -> None:
    assert ask(question, match_basis="name-only").granted == ()
    assert ask(question, mistreatment_risk="substantial", officer_decision="release").granted == ()
    assert ask(question, officer_decision="refuse").granted == ()
    receiver = question[1]["to"]
    if agreements.load(question[0]).protects_existence:
        own = ask(question, citizenships=["HND", receiver])
        feared = ask(question, alleges_persecution_in=[receiver])
        assert own.granted == feared.granted == ()
    unread = ask(question, officer_reviewed=False).granted
    assert not [name for name in unread if WORDS.fields[name].free_text]


@settings(max_examples=60, deadline=None)
@given(questions())
def test_a_citizen_of_either_side_is_never_the_subject_where_the_text_says_so(
    question: tuple[str, dict[str, Any]],
) -> None:
    if question[0] == "us-visa-sharing":
        assert ask(question, citizenships=["MEX", "USA"]).granted == ()
        assert ask(question, citizenships=["CAN"]).granted == ()
        assert ask(question, citizenships=None).granted == ()
    if question[0] == "entry-exit":
        with_citizen = ask(question, citizenships=["CAN"])
        assert with_citizen.granted == ask(question, citizenships=["HND"]).granted
