"""The compiler refuses what cannot be an agreement, and names the line."""

import pytest

from smartborder import agreements
from smartborder.agreements.source import read_source
from tests.unit.agreements.documents import SOUND, changed, line_of

PERMIT = (
    "{id: U, effect: permit, fields: [surname], text: {en: a, fr: b}, citation: c, confidence: law}"
)


def problems(data: bytes) -> list[tuple[str, int | None, str]]:
    with pytest.raises(agreements.DocumentRefused) as caught:
        agreements.compile_document(data)
    return [(p.code, p.line, p.detail) for p in caught.value.problems]


def test_the_sample_compiles_from_text_and_from_values() -> None:
    from_text = agreements.compile_document(SOUND.encode())
    values, _ = read_source(SOUND.encode())
    assert agreements.compile_document(values).digest == from_text.digest


def test_layout_does_not_change_the_digest_and_a_word_does() -> None:
    digest = agreements.compile_document(SOUND.encode()).digest
    assert len(digest) == 64
    spaced = SOUND.replace("\nclauses:", "\n\n# the rules\nclauses:").encode()
    assert agreements.compile_document(spaced).digest == digest
    other = changed("No citizens.", "No citizen.")
    assert agreements.compile_document(other).digest != digest


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("fields: [person]", "fields: [person, shoe_size]", "unknown-field", "shoe_size"),
        ("person: [surname, birth_date]", "person: [surname, hat_size]", "unknown-field", "hat"),
        ("    effect: bar", "    efect: bar\n    effect: bar", "structure", "- id: B-1"),
        ("    citation: Art. 4\n", "", "structure", "- id: B-1"),
        ("citation: Art. 4", "citation: ''", "no-citation", "citation: ''"),
        ("en: No citizens.", "en: ''", "no-text", "- id: B-1"),
        ("effect: bar", "effect: forbid", "structure", "effect: forbid"),
        ("confidence: law\nparties", "confidence: sure\nparties", "structure", "confidence: sure"),
        ("    refusal: must\n", "", "shape", "- id: B-1"),
        ("[CAN, USA]", "[CAN, USX]", "condition", "when: {citizenships"),
        ("citizenships: {any_of", "citizens: {any_of", "condition", "when: {citizens:"),
        ("{any_of: [CAN", "{some_of: [CAN", "condition", "when: {citizenships"),
        ("- country: USA", "- country: XYZ", "parties", "country: XYZ"),
        ("- country: USA", "- country: CAN", "parties", "parties:"),
        ("fields: [person]", "fields: [person]\n    from: 2031-01-01", "dead-rule", "- id: P-1"),
        (
            "fields: [person]\n",
            "fields: [person]\n    from: 2025-01-02\n    to: 2025-01-01\n",
            "dates",
            "- id: P-1",
        ),
        ("when: {citizenships: {any_of: [CAN, USA]}}", "when: {}", "dead-rule", "- id: B-1"),
        (
            "when: {citizenships: {any_of: [CAN, USA]}}",
            "when: {purpose: taxes}",
            "dead-rule",
            "when: {purpose: taxes}",
        ),
        (
            "when: {citizenships: {any_of: [CAN, USA]}}",
            "when: {channel: bulk}",
            "dead-rule",
            "when: {channel: bulk}",
        ),
        ("fields: [person]", "fields: [surname]", "dead-rule", "person: [surname"),
        ("fields: [person]", "fields: [person, note]", "red-line", "fields: [person, note]"),
        ("text: not-held", f"text: not-held\n    clauses: [{PERMIT}]", "parties", "[{id: U"),
        ("code: query", "code: bulk", "red-line", "- code: bulk"),
    ],
)  # fmt: skip
def test_refused_with_its_line(old: str, new: str, code: str, at: str) -> None:
    data = changed(old, new)
    found = problems(data)
    assert (code, line_of(data, at)) in [(c, line) for c, line, _ in found], found


def test_two_wordings_of_one_clause_may_not_be_in_force_together() -> None:
    second = """\
  - id: B-1
    effect: bar
    refusal: must
    from: 2025-01-01
    when: {citizenships: {any_of: [MEX]}}
    text: {en: No Mexicans., fr: Aucun Mexicain.}
    citation: Art. 4
    confidence: law
parties:"""
    data = changed("parties:", second)
    assert [code for code, _, _ in problems(data)] == ["dates"]
    split = data.replace(b"    when: {citizenships: {any_of: [CAN", b"    to: 2024-12-31\n    when: {citizenships: {any_of: [CAN")  # fmt: skip  # noqa: E501
    compiled = agreements.compile_document(split)
    assert [c.id for c in compiled.document.clauses] == ["P-1", "B-1", "B-1"]


def test_a_clause_that_repeats_another_is_dead() -> None:
    repeated = """\
  - id: B-2
    effect: bar
    refusal: must
    when: {citizenships: {any_of: [CAN, USA]}}
    text: {en: Again., fr: Encore.}
    citation: Art. 5
    confidence: law
parties:"""
    found = problems(changed("parties:", repeated))
    assert [(code, detail) for code, _, detail in found] == [
        ("dead-rule", "B-2: says the same as B-1")
    ]


def test_every_problem_is_listed_in_the_order_of_lines() -> None:
    data = changed("citation: Art. 4", "citation: ''").replace(b"[person]", b"[person, hat]")
    found = problems(data)
    assert [code for code, _, _ in found] == ["unknown-field", "no-citation"]
    with pytest.raises(agreements.DocumentRefused, match=r"line \d+: P-1: unknown field 'hat'"):
        agreements.compile_document(data)


def test_biometrics_need_a_bar_on_both_parties_citizens() -> None:
    data = changed("fields: [person]", "fields: [person, photo]")
    data = data.replace(b"[surname, birth_date]\n        text", b"[surname, birth_date, photo]\n        text")  # fmt: skip  # noqa: E501
    assert agreements.compile_document(data).id == "sample"
    half = data.replace(b"[CAN, USA]", b"[CAN]")
    assert [code for code, _, _ in problems(half)] == ["red-line"]


def test_no_hit_step_where_a_case_is_protected() -> None:
    data = changed("fields: [person]", "fields: [person, hit, protection_claim]")
    data = data.replace(b"[surname, birth_date]\n        text", b"[surname, birth_date, hit, protection_claim]\n        text")  # fmt: skip  # noqa: E501
    assert [code for code, _, _ in problems(data)] == ["red-line"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a: 1\na: 2\n", 2),
        (b"a: &x [1]\nb: *x\n", 1),
        (b"a: !!python/object:os.system x\n", 1),
        (b"a: 'open\n", None),
        (b"? [a, b]\n: c\n", 1),
        (b"\xff\xfe", None),
        (b"[" * 100 + b"]" * 100, 1),
        (b"x" * 1_000_001, None),
    ],
)
def test_unreadable(data: bytes, line: int | None) -> None:
    with pytest.raises(agreements.DocumentUnreadable) as caught:
        agreements.compile_document(data)
    if line is not None:
        assert caught.value.where["line"] == line


@pytest.mark.parametrize("data", [b"", b"- a\n- b\n", b"just words", b"12"])
def test_readable_but_no_agreement(data: bytes) -> None:
    with pytest.raises(agreements.DocumentRefused):
        agreements.compile_document(data)


def test_words_of_yaml_stay_words() -> None:
    values, lines = read_source(b"on: no\nday: 2025-01-17\nn: 7\nt: true\nz: ~\nq: '7'\n")
    assert values == {"on": "no", "day": "2025-01-17", "n": 7, "t": True, "z": None, "q": "7"}
    assert lines.of("$.t") == 4
    assert lines.of("$.day.nowhere") == 2


def test_all_ids_are_loaded_and_an_unknown_one_is_coded() -> None:
    assert len(agreements.all_ids()) == 11
    for each in agreements.all_ids():
        assert agreements.load(each).id == each
        assert agreements.load(each) is agreements.load(each)
    with pytest.raises(agreements.UnknownAgreement):
        agreements.load("../secrets")
