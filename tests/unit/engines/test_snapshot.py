"""Whole screenings on a small synthetic list."""

from datetime import date

import msgspec
import pytest

from smartborder.engines.screening import Snapshot
from smartborder.model.dates import PartialDate
from smartborder.model.screening import (
    Hit,
    Kind,
    ListedDate,
    ListedDocument,
    ListedName,
    ListEntry,
    Query,
)


def _entry(key: str, *names: str, kind: Kind = "person", **fields: object) -> ListEntry:
    listed = tuple(
        ListedName(text=n, quality="primary" if i == 0 else "strong") for i, n in enumerate(names)
    )
    return ListEntry(id=f"t:{key}", list="t", kind=kind, names=listed, version=f"v-{key}", **fields)


BORN = (ListedDate(date=PartialDate(1957, 3, 10)),)
LIST = (
    _entry("1", "Orlanth Kresimir VADUVESCU", birth_dates=BORN, nationalities=("ROU",)),
    _entry("2", "AL-QASHTIMI, Mohammed Tariq", "Abu Barakat al-Qashtimi", birth_dates=BORN),
    _entry("3", "MARIA GARCIA LOPEZ", birth_dates=(ListedDate(date=PartialDate(1970, 5, 1)),)),
    _entry("4", "PARK Jong-un Seok"),
    _entry("5", "Zelenograd Instrumental Combine OOO", kind="organisation"),
    _entry("6", "Borealis Kvikne Shipping Ltd", kind="organisation"),
    _entry("7", "SEA KVIKNE 8", kind="vessel", imo="9187629", mmsi="572442210"),
    _entry("8", "Nikolai Yevgenyevich SHCHERBATENKO"),
    _entry("9", documents=(ListedDocument(number="AB 1234567", issuer="FRA", status="stolen"),)),
    _entry("10", "LATER, Xenobia Quill", listed_on=PartialDate(2026, 6, 1)),
)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot.build(LIST, version="2026-11-24")


def _hits(snapshot: Snapshot, name: str = "", **fields: object) -> tuple[Hit, ...]:
    return snapshot.screen([Query(id="q", name=name, **fields)])[0]


@pytest.mark.parametrize(
    "name, key",
    [
        ("Orlanth Kresimir Vaduvescu", "1"),
        ("VADUVESCU, ORLANTH KRESIMIR", "1"),
        ("Vaduvescu Orlanth", "1"),
        ("Orlanth Krešimir Văduvescu", "1"),
        ("Orlanht Kresimir Vaduvescu", "1"),
        ("OrlanthVaduvescu", "1"),
        ("O. Kresimir Vaduvescu", "1"),
        ("Muhammad Tarek El Qashtimi", "2"),
        ("محمد طارق القشتيمي", "2"),
        ("Николай Евгеньевич Щербатенко", "8"),
        ("Nikolay Scherbatenko", "8"),
        ("박정운석", "4"),
        ("Park Jongun Seok", "4"),
    ],
)
def test_spellings_that_must_be_found(snapshot: Snapshot, name: str, key: str) -> None:
    assert [h.entry for h in _hits(snapshot, name)] == [f"t:{key}"]


@pytest.mark.parametrize(
    "name",
    [
        "John Smith",
        "Maria Fernandez",
        "Mohammed Hassan",
        "Park Min-ji",
        "",
        "a",
        "...",
        "12345",
        "Li",
    ],
)
def test_names_that_must_stay_quiet(snapshot: Snapshot, name: str) -> None:
    assert _hits(snapshot, name) == ()


def test_an_exact_name_with_a_birth_year_one_off_stays_a_hit(snapshot: Snapshot) -> None:
    (hit,) = _hits(snapshot, "Orlanth Kresimir Vaduvescu", birth_date=PartialDate(1958, 3, 10))
    assert hit.verdict == "match"
    assert [r.code for r in hit.reasons] == [
        "screening.name-same",
        "screening.birth-date-one-part-off",
    ]


def test_a_common_name_with_another_birth_date_is_no_hit(snapshot: Snapshot) -> None:
    assert _hits(snapshot, "Maria Lopez Garcia", birth_date=PartialDate(1991, 12, 24)) == ()
    assert _hits(snapshot, "Maria Garcia Lopez", birth_date=PartialDate(1970, 5, 1))


def test_evidence_moves_the_score_step_by_step(snapshot: Snapshot) -> None:
    name = "Vaduvescu Orlan"
    dates = [PartialDate(1957, 3, 10), PartialDate(1957), None, PartialDate(1959, 1, 1)]
    scores = [next((h.score for h in _hits(snapshot, name, birth_date=d)), 0.0) for d in dates]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_reasons_show_the_aligned_words_in_both_languages(snapshot: Snapshot) -> None:
    name = "Muhammad Tarek Qashtimi Youssef"
    assert _hits(snapshot, name) == ()
    (hit,) = _hits(snapshot, name, birth_date=PartialDate(1957, 3, 10))
    reason = hit.reasons[0]
    assert reason.code == "screening.name-part"
    assert reason.detail.en == (
        "Words that agree: mohammed ~ muhammad, tariq ~ tarek, qashtimi = qashtimi; "
        "only as reported: youssef"
    )
    assert reason.detail.fr.startswith("Mots concordants : mohammed ~ muhammad")
    assert reason.compared is not None
    assert reason.compared.ours == "AL-QASHTIMI, Mohammed Tariq"


def test_what_would_change_names_the_listed_birth_date(snapshot: Snapshot) -> None:
    (hit,) = _hits(snapshot, "Mohammed Tariq al-Qashtimi")
    assert [r.code for r in hit.would_change] == ["screening.ask-birth-date"]
    assert hit.would_change[0].compared is not None
    assert hit.would_change[0].compared.ours == "1957-03-10"
    assert hit.entry_version == "v-2"


@pytest.mark.parametrize(
    "name, key",
    [
        ("Zelenograd Instrumental Combine LLC", "5"),
        ("OOO Zelenograd Instrumental Combine", "5"),
        ("Зеленоград Инструментал Комбине ООО", "5"),
        ("Borealis Kvikne Shipping Limited", "6"),
    ],
)
def test_organisations(snapshot: Snapshot, name: str, key: str) -> None:
    assert [h.entry for h in _hits(snapshot, name, kind="organisation")] == [f"t:{key}"]


def test_a_person_is_not_an_organisation(snapshot: Snapshot) -> None:
    assert _hits(snapshot, "Borealis Kvikne") == ()


def test_vessels_by_name_and_by_number(snapshot: Snapshot) -> None:
    assert [h.entry for h in _hits(snapshot, "Sea Kvikne 8", kind="vessel")] == ["t:7"]
    assert all(h.score < 0.5 for h in _hits(snapshot, "Sea Kvikne 9", kind="vessel"))
    (hit,) = _hits(snapshot, "Renamed Star", kind="vessel", document_number="9187629")
    assert hit.reasons[0].code == "screening.document-same"
    assert hit.reasons[1].code == "screening.name-other"


def test_a_stolen_document_is_found_by_number_alone(snapshot: Snapshot) -> None:
    (hit,) = _hits(snapshot, "Anyone", document_number="ab1234567", document_issuer="FRA")
    assert (hit.entry, hit.verdict) == ("t:9", "match")


def test_the_same_number_of_another_issuer_is_another_document(snapshot: Snapshot) -> None:
    assert _hits(snapshot, "Anyone", document_number="AB1234567", document_issuer="DEU") == ()


def test_one_wrong_character_alone_is_not_enough(snapshot: Snapshot) -> None:
    assert _hits(snapshot, "Anyone", document_number="AB1234568", document_issuer="FRA") == ()


@pytest.mark.parametrize(
    "number", ["AB1234576", "AB123456", "AB12334567", "BA1234567", "XB1234567"]
)
def test_one_wrong_character_with_a_name_is(number: str) -> None:
    entry = _entry("1", "Vaduvescu Orlanth", documents=(ListedDocument(number="AB1234567"),))
    (hit,) = Snapshot.build([entry]).screen(
        [Query(id="q", name="Orlanth Vaduvescu", document_number=number)]
    )[0]
    assert "screening.document-one-off" in [r.code for r in hit.reasons]


def test_as_of_leaves_out_what_was_not_yet_listed(snapshot: Snapshot) -> None:
    query = Query(id="q", name="Xenobia Quill Later")
    assert snapshot.screen([query], as_of=date(2026, 5, 31)) == [()]
    assert snapshot.screen([query], as_of=date(2026, 6, 1))[0]


def test_answers_are_in_input_order_and_do_not_depend_on_the_batch(snapshot: Snapshot) -> None:
    queries = [Query(id=n.text, name=n.text, kind=e.kind) for e in LIST for n in e.names]
    together = snapshot.screen(queries)
    alone = [snapshot.screen([q])[0] for q in queries]
    assert together == alone
    assert all(together)


def test_exhaustive_finds_at_least_the_same(snapshot: Snapshot) -> None:
    queries = [Query(id=n.text, name=n.text) for e in LIST for n in e.names]
    quick, full = snapshot.screen(queries), snapshot.screen(queries, exhaustive=True)
    for some, all_ in zip(quick, full, strict=True):
        assert {h.entry for h in some} <= {h.entry for h in all_}


def test_an_empty_list_answers_nothing() -> None:
    assert Snapshot.build([]).screen([Query(id="q", name="Anyone")]) == [()]


def test_scores_hardly_depend_on_how_much_else_is_listed() -> None:
    alone = Snapshot.build(LIST[:1]).screen([Query(id="q", name="Orlanth Vaduvescu")])[0][0]
    among = Snapshot.build(LIST).screen([Query(id="q", name="Orlanth Vaduvescu")])[0][0]
    assert alone.score == pytest.approx(among.score, abs=0.02)


def test_names_alone_are_never_near_certainty_and_the_list_is_asked_for_more() -> None:
    listed = ListEntry(id="t:1", list="t", names=(ListedName(text="Orlanth Kviknesson Vaduvescu"),))
    named = Query(id="q", name="Orlanth Kviknesson VADUVESCU")
    ((hit,),) = Snapshot.build([listed]).screen([named])
    assert (hit.verdict, hit.score < 0.95) == ("match", True)
    assert [r.code for r in hit.would_change] == ["screening.listed-name-only"]
    born = msgspec.structs.replace(listed, birth_dates=(ListedDate(date=PartialDate(1957, 3, 10)),))
    ((sure,),) = Snapshot.build([born]).screen(
        [msgspec.structs.replace(named, birth_date=PartialDate(1957, 3, 10))]
    )
    assert sure.score > 0.99


def test_a_son_is_not_his_father() -> None:
    """In another script, where only skeletons agree, his own first name speaks against it."""
    father = ListEntry(id="t:1", list="t", names=(ListedName(text="KARIM SALEM NASER AL-HARBI"),))
    snapshot = Snapshot.build([father])
    own, son = (
        snapshot.screen([Query(id="q", name=n)])[0]
        for n in ("كريم سالم ناصر الحربي", "سامي كريم سالم ناصر الحربي")
    )
    assert [h.entry for h in own] == ["t:1"]
    assert son == () or son[0].score < own[0].score
