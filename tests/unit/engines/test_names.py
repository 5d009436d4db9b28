"""Names to words: scripts, articles, titles, compounds, legal forms."""

import pytest

from smartborder.engines.screening import Snapshot
from smartborder.engines.screening.names import MAX_WORDS, name_key
from smartborder.engines.screening.script import to_latin
from smartborder.engines.screening.wordkeys import fold, word_keys
from smartborder.model.screening import ListedName, ListEntry, Query


@pytest.mark.parametrize(
    "text, latin",
    [
        ("Žižková", "zizkova"),
        ("Müller-Straße", "muller-strasse"),
        ("Øvrebø", "ovrebo"),
        ("Владимир", "vladimir"),
        ("Щукин", "shchukin"),
        ("Γεώργιος", "georgios"),
        ("김", "kim"),
        ("王", " wang "),
        ("ﾀﾅｶ", "tanaka"),
        ("\u200fعمر\u200e", "amr"),
        ("ЈОВАНОВИЋ", "jovanovic"),
    ],
)
def test_scripts_become_latin(text: str, latin: str) -> None:
    assert to_latin(text) == latin


@pytest.mark.parametrize(
    "spellings",
    [
        ("Mohammed", "Muhamad", "Mohamad", "Muhammed"),
        ("Youssef", "Yusuf", "Yousif"),
        ("Hussein", "Husayn", "Hoseyn"),
        ("Wagner", "Vagner"),
        ("Abdulrahman", "Abdelrahman", "Abdurrahman", "Abdrahman"),
        ("Osama", "Usama"),
        ("Tchaikovsky", "Chaikovskiy"),
    ],
)
def test_transliterations_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({fold(s.lower()) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("hamid", "ahmad"), ("karim", "kamal"), ("maria", "nadia")]
)
def test_other_names_have_other_skeletons(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_sound_tells_vowels_apart_where_the_skeleton_does_not() -> None:
    assert fold("karim") == fold("karam")
    assert word_keys("karim").sound != word_keys("karam").sound


@pytest.mark.parametrize(
    "text, words",
    [
        ("Dr. Anna van der BERG", ("anna", "berg")),
        ("BERG, Anna", ("anna", "berg")),
        ("Omar bin Khalid al-Sabah", ("omar", "khalid", "sabah")),
        ("Abd al-Rahman Nur al-Din", ("abdrahman", "nurdin")),
        ("ABDULRAHMAN", ("abdulrahman",)),
        ("Adbul Hakim", ("abdhakim",)),
        ("Saif Ullah", ("saifullah",)),
        ("O'Brien-Jones", ("obrien", "jones")),
        ("van der", ("van", "der")),
        ("عبد الرحمن بن علي", ("ABDRHMN", "ALY")),
    ],
)
def test_words_of_people(text: str, words: tuple[str, ...]) -> None:
    assert name_key(text, "person").words == words


def test_a_script_without_vowels_is_marked() -> None:
    assert name_key("محمد", "person").vowelless
    assert not name_key("Mohammed", "person").vowelless


@pytest.mark.parametrize(
    "text, words, forms",
    [
        ("Nordlicht Gesellschaft mit beschränkter Haftung", ("nordlicht",), {"llc"}),
        ("NORDLICHT GMBH", ("nordlicht",), {"llc"}),
        ("ООО «Северный Свет»", ("severnyy", "svet"), {"llc"}),
        ("Acme S.A.R.L.", ("acme",), {"llc"}),
        ("Open Joint-Stock Company Acme", ("acme",), {"jsc"}),
        ("Acme Trading Co., Ltd. (ATC)", ("acme", "trading"), {"co", "ltd"}),
    ],
)
def test_legal_forms_are_set_apart(text: str, words: tuple[str, ...], forms: set[str]) -> None:
    key = name_key(text, "organisation")
    assert key.words == words
    assert key.forms == forms


def test_hostile_names_are_cut() -> None:
    assert len(name_key(" ".join(f"w{i}" for i in range(300)), "person").words) == MAX_WORDS
    assert max(map(len, name_key("x" * 100_000, "person").words)) <= 40


def test_an_aircraft_mark_is_the_same_or_another() -> None:
    assert name_key("EP-ITB", "organisation").words == ("ep-itb",)
    assert name_key("AL-AQSA", "organisation").words == ("al", "aqsa")
    listed = Snapshot.build(
        [ListEntry(id="t:1", list="t", kind="organisation", names=(ListedName(text="EP-ITB"),))]
    )
    asked = [Query(id=n, name=n, kind="organisation") for n in ("EP-ITB", "ep-itb", "EP-ITG")]
    assert [bool(hits) for hits in listed.screen(asked)] == [True, True, False]


def test_an_identical_name_is_found_however_many_share_its_words() -> None:
    crowd = [
        ListEntry(id=f"t:{n}", list="t", names=(ListedName(text=f"Muhammad Abdallah Nr{n}x"),))
        for n in range(300)
    ]
    own = ListEntry(id="t:own", list="t", names=(ListedName(text="ABDALLAH, Muhammad"),))
    found = Snapshot.build([*crowd, own]).screen([Query(id="q", name="Muhammad ABDALLAH")])
    assert found[0][0].entry == "t:own"


def test_words_of_one_skeleton_are_compared_whatever_their_letters() -> None:
    listed = ListEntry(id="t:1", list="t", names=(ListedName(text="Naeem Umair"),))
    others = [
        ListEntry(id=f"t:o{n}", list="t", names=(ListedName(text=f"Filler{n} Person"),))
        for n in range(50)
    ]
    snapshot = Snapshot.build([listed, *others])
    query = [Query(id="q", name="Neaimi Omair")]
    assert snapshot.screen(query) == snapshot.screen(query, exhaustive=True)
