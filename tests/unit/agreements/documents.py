"""A small agreement that compiles; tests change one thing at a time."""

SOUND = """\
id: sample
version: 1
title: {en: Sample, fr: Exemple}
summary: {en: A sample., fr: Un exemple.}
in_force: {from: 2020-01-01, to: 2029-12-31}
texts:
  - citation: Treaty
    title: {en: Treaty, fr: Traité}
    confidence: law
    read: {en: Read., fr: Lu.}
channels:
  - code: query
    stages: [query, response]
    text: {en: Query, fr: Requête}
    citation: Art. 1
    confidence: law
purposes:
  - {code: visas, text: {en: Visas, fr: Visas}, citation: Art. 2, confidence: law}
groups:
  person: [surname, birth_date]
clauses:
  - id: P-1
    effect: permit
    fields: [person]
    text: {en: Names may cross., fr: Les noms peuvent être transmis.}
    citation: Art. 3
    confidence: law
  - id: B-1
    effect: bar
    refusal: must
    when: {citizenships: {any_of: [CAN, USA]}}
    text: {en: No citizens., fr: Aucun citoyen.}
    citation: Art. 4
    confidence: law
parties:
  - country: CAN
    authority: {en: Minister, fr: Ministre}
    text: held
    clauses:
      - id: C-1
        effect: permit
        fields: [surname, birth_date]
        text: {en: Canada may., fr: Le Canada le peut.}
        citation: Act s. 1
        confidence: law
  - country: USA
    authority: {en: Department, fr: Département}
    text: not-held
"""


def changed(old: str, new: str) -> bytes:
    """The sample with one passage replaced."""
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new).encode()


def line_of(data: bytes, passage: str) -> int:
    """The line, counted from 1, on which a passage stands."""
    before, found, _ = data.decode().partition(passage)
    assert found, passage
    return before.count("\n") + 1
