"""Any text may be a name; the matcher answers, never raises, and keeps its promises."""

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from smartborder.engines.screening import Snapshot
from smartborder.engines.screening.documents import DocumentIndex
from smartborder.engines.screening.evidence import date_relation
from smartborder.engines.screening.names import LONGEST_NAME, name_key
from smartborder.engines.screening.script import _spelt, is_vowelless, to_latin
from smartborder.engines.screening.snapshot import query_keys
from smartborder.engines.screening.wordkeys import word_keys
from smartborder.engines.screening.words import Words
from smartborder.model.dates import PartialDate
from smartborder.model.screening import ListedDate, ListedDocument, ListedName, ListEntry, Query

KINDS = st.sampled_from(["person", "organisation", "vessel"])
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="أحمدعبدالرحمنبن ياوهقغخ\u200f", max_size=40),
    st.text(alphabet="김이박정은서준 王李小明プーチン", max_size=20),
    st.text(alphabet="ab -'.,()0", max_size=30),
)
PARTIAL = st.builds(
    PartialDate,
    st.integers(1900, 2030),
    st.one_of(st.none(), st.integers(1, 12)),
    st.one_of(st.none(), st.integers(1, 31)),
)
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@given(TEXTS)
def test_latin_is_plain_ascii(text: str) -> None:
    latin = to_latin(text)
    assert latin.isascii()
    assert latin == latin.lower()


@given(TEXTS, KINDS)
def test_keys_are_stable_and_bounded(text: str, kind: str) -> None:
    key = name_key(text, kind)
    assert key == name_key(text, kind)
    assert all(word.isalnum() and word.isascii() for word in key.words)
    assert len("".join(key.words)) <= LONGEST_NAME * 3


@given(WORDS)
def test_word_keys_are_never_empty(word: str) -> None:
    keys = word_keys(word)
    assert keys.fold
    assert keys.sound
    assert keys.coarse


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS, min_size=1, max_size=6))
def test_similarity_is_symmetric_bounded_and_one_for_equals(a: list[str], b: list[str]) -> None:
    size = min(len(a), len(b))
    left, right = Words(a[:size]), Words(b[:size])
    at = list(range(size))
    import numpy as np

    index = np.array(at)
    there = left.similarity(index, index, right)
    back = right.similarity(index, index, left)
    assert np.allclose(there, back, atol=1e-6)
    assert ((there >= 0) & (there <= 1)).all()
    assert (left.similarity(index, index, left) == 1).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, KINDS, st.one_of(st.none(), PARTIAL)), max_size=6), TEXTS, KINDS)
def test_any_list_answers_any_query(
    listed: list[tuple[str, str, PartialDate | None]], asked: str, kind: str
) -> None:
    entries = [
        ListEntry(
            id=f"t:{i}",
            list="t",
            kind=k,
            names=(ListedName(text=text),),
            birth_dates=(ListedDate(date=born),) if born else (),
            documents=(ListedDocument(number=text or "0"),),
        )
        for i, (text, k, born) in enumerate(listed)
    ]
    snapshot = Snapshot.build(entries)
    queries = [
        Query(id="q", name=asked, kind=kind, document_number=asked or None),
        Query(id="d", name=asked, birth_date=PartialDate(1970, 2, 30)),
    ]
    for exhaustive in (False, True):
        answers = snapshot.screen(queries, as_of=date(2026, 1, 1), exhaustive=exhaustive)
        assert len(answers) == 2
        for hits in answers:
            assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
            assert all(0 <= h.score <= 1 and h.reasons for h in hits)
            assert all(r.detail.en and r.detail.fr for h in hits for r in h.reasons)


FULL = ["Orlanth", "Kresimir", "Vaduvescu"]
SNAPSHOT = Snapshot.build([ListEntry(id="t:1", list="t", names=(ListedName(text=" ".join(FULL)),))])


@given(st.permutations(FULL), st.sampled_from([" ", "  ", "\u00a0", " \u200f", ", "]))
def test_order_and_spacing_never_lose_a_full_name(words: list[str], gap: str) -> None:
    (hits,) = SNAPSHOT.screen([Query(id="q", name=gap.join(words).upper())])
    assert [h.verdict for h in hits] == ["match"]


@given(st.integers(0, 2), st.integers(1, 6), st.sampled_from(["drop", "swap", "double", "vowel"]))
def test_one_slip_never_loses_a_full_name(word: int, at: int, slip: str) -> None:
    text = FULL[word].lower()
    at = min(at, len(text) - 2)
    changed = {
        "drop": text[:at] + text[at + 1 :],
        "swap": text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        "double": text[:at] + text[at] + text[at:],
        "vowel": text[:at] + ("e" if text[at] in "aiou" else text[at]) + text[at + 1 :],
    }[slip]
    words = [*FULL[:word], changed, *FULL[word + 1 :]]
    (hits,) = SNAPSHOT.screen([Query(id="q", name=" ".join(words))])
    assert hits


@given(PARTIAL, PARTIAL)
def test_every_pair_of_dates_has_a_relation(asked: PartialDate, listed: PartialDate) -> None:
    for precision in ("exact", "approximate", "between"):
        held = ListedDate(date=listed, precision=precision, until=listed)
        assert date_relation(asked, held)
    assert date_relation(asked, ListedDate(date=asked)) in {"birth-date-same", "birth-year-same"}


@given(
    st.text("ABCDEFGH0123456789", min_size=8, max_size=12),
    st.integers(0, 11),
    st.sampled_from(("changed", "missing", "added", "swapped")),
)
def test_one_slip_in_a_number_is_found_wherever_it_is(number: str, at: int, slip: str) -> None:
    at %= len(number)
    asked = {
        "changed": number[:at] + "Z" + number[at + 1 :],
        "missing": number[:at] + number[at + 1 :],
        "added": number[:at] + "Z" + number[at:],
        "swapped": number[:at] + number[at + 1 : at + 2] + number[at] + number[at + 2 :],
    }[slip]
    listed = ListEntry(id="t:1", list="t", documents=(ListedDocument(number=number),))
    index = DocumentIndex([listed])
    near = [other for _, _, other in index.near(asked)]
    assert index.may_hold(asked)
    assert near == ([] if asked == number else [number])


PIECES = st.sampled_from(
    ["abd", "al", "rah", "man", "ur", "kim", "jong", "un", "van", "der", "berg", "mo", "hamed",
     "din", "o'", "Á", "ivan", "ovich", "é", "z", "77", "kh", "ullah", "mr", "محمد", "김", "x" * 45]
)  # fmt: skip
NAMES = st.lists(st.lists(PIECES, min_size=1, max_size=3).map("".join), max_size=14).map(" ".join)


@given(st.one_of(NAMES, TEXTS))
def test_a_plain_name_is_read_as_any_other(text: str) -> None:
    """A comma at the end stops the short way and says nothing."""
    whole = text[: LONGEST_NAME - 2].replace(",", " ")
    assert name_key(whole, "person") == name_key("," + whole, "person")


@given(TEXTS)
def test_latin_is_the_same_word_by_word(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text).casefold()
    assert text.isascii() or is_vowelless(folded) or to_latin(text) == _spelt(folded)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NAMES, KINDS), min_size=1, max_size=5), st.lists(NAMES, max_size=12))
def test_the_sieve_leaves_out_nobody_with_a_hit(
    listed: list[tuple[str, str]], asked: list[str]
) -> None:
    snapshot = Snapshot.build(
        ListEntry(id=f"t:{i}", list="t", kind=kind, names=(ListedName(text=text),))
        for i, (text, kind) in enumerate(listed)
    )
    queries = [
        Query(id=f"{n}", name=name, kind=kind)
        for n, name in enumerate([*asked, *(text for text, _ in listed)])
        for kind in ("person", "organisation", "vessel")
    ]
    likely = snapshot.worth_asking(queries, query_keys(queries))
    answers = snapshot.screen(queries)
    assert {at for at, hits in enumerate(answers) if hits} <= set(likely)
