"""Drift: a changed word is seen, a changed note is not, and what cannot be seen is said."""

from datetime import date

import msgspec
import pytest

from smartborder.law.drift import CANNOT_SEE, drift, find_section, read_record, record, text_hash
from smartborder.law.errors import LawFileUnusable
from smartborder.law.provisions import Instrument, parse_instrument

XML = """<?xml version="1.0"?><Regulation xmlns:lims="http://justice.gc.ca/lims"><Body>
<Section lims:inforce-start-date="2018-06-05"><MarginalNote>Thing</MarginalNote><Label>7.1</Label>
<Subsection lims:inforce-start-date="2018-06-05"><Label>(2)</Label><Text>Words  of
the law.</Text></Subsection>
<Subsection lims:inforce-start-date="{day}"><Label>(3)</Label><Text>Exempt:</Text>
<Paragraph lims:inforce-start-date="{day}"><Label>(b)</Label><Text>{word}</Text></Paragraph>
</Subsection><HistoricalNote>{note}</HistoricalNote></Section></Body></Regulation>"""


def xml(word="a national", note="SOR/1", day="2018-06-05"):
    return XML.format(word=word, note=note, day=day).encode()


def instrument(hashes=None, read=date(2023, 6, 13)) -> Instrument:
    labels = ("7.1(2)", "7.1(3)(b)", "7.1(3)(b)-(d)", "9")
    return parse_instrument(
        {
            "instrument": "REG",
            "title": {"en": "a", "fr": "b"},
            "source": "s",
            "file": "r.xml",
            "read": read,
            "provisions": {
                label: {
                    "en": "x.",
                    "fr": "y.",
                    "confidence": "law",
                    "versions": [],
                    "hash": (hashes or {}).get(label),
                }
                for label in labels
            },
        },
        "r.yaml",
    )


def states(files, **more):
    return {d.citation: d.state for d in drift((instrument(**more),), files)}


def recorded():
    return {d.citation[4:]: d.hash for d in drift((instrument(),), {"r.xml": xml()}) if d.hash}


def test_an_unchanged_section_and_one_that_is_gone():
    found = states({"r.xml": xml()}, hashes=recorded())
    assert found["REG 7.1(2)"] == "unchanged"
    assert found["REG 7.1(3)(b)"] == "unchanged"
    assert found["REG 9"] == "gone"


def test_one_changed_word_changes_that_section_and_no_other():
    found = states({"r.xml": xml(word="a citizen")}, hashes=recorded())
    assert found["REG 7.1(3)(b)"] == "changed"
    assert found["REG 7.1(3)(b)-(d)"] == "changed"
    assert found["REG 7.1(2)"] == "unchanged"


def test_whoever_has_the_folder_records_it_once_and_compares_word_for_word():
    before = {"r.xml": xml().replace(b"<Regulation ", b'<Regulation lims:pit-date="2026-06-14" ')}
    made = record((instrument(),), before)
    assert made.consolidated == {"r.xml": date(2026, 6, 14)}
    assert set(made.sections) == {"REG 7.1(2)", "REG 7.1(3)(b)", "REG 7.1(3)(b)-(d)"}
    assert made.not_found == ("REG 9",)
    again = read_record(msgspec.json.encode(made), "x")
    later = {"r.xml": xml(word="a citizen")}
    rows = {d.citation: d for d in drift((instrument(read=None),), later, again)}
    assert rows["REG 7.1(3)(b)"].state == "changed"
    assert (rows["REG 7.1(2)"].state, rows["REG 7.1(2)"].by) == ("unchanged", "hash")
    assert {d.by for d in drift((instrument(),), later)} == {"day", None}


@pytest.mark.parametrize("data", [b"", b"{}", b'{"sections": 1, "consolidated": {}}', b"\xff"])
def test_what_is_no_record_is_a_coded_error(data):
    with pytest.raises(LawFileUnusable, match="no record of section hashes"):
        read_record(data, "hashes.json")


def test_notes_and_white_space_are_not_words():
    found = states(
        {"r.xml": xml(note="SOR/2").replace(b"Words  of", b"Words of")}, hashes=recorded()
    )
    assert set(found.values()) == {"unchanged", "gone"}


def test_without_a_hash_the_day_of_amendment_tells():
    assert states({"r.xml": xml()})["REG 7.1(3)(b)"] == "unchanged"
    assert states({"r.xml": xml(day="2024-01-01")})["REG 7.1(3)(b)"] == "amended"
    assert states({"r.xml": xml()}, read=None)["REG 7.1(3)(b)"] == "not-compared"


def test_a_file_that_is_not_there_is_not_compared():
    assert set(states({}).values()) == {"not-compared"}


def test_what_it_cannot_see_is_said_in_both_languages():
    assert len(CANNOT_SEE) == 4
    assert "French" in " ".join(t.en for t in CANNOT_SEE)
    assert all(t.en and t.fr for t in CANNOT_SEE)


def test_not_xml_is_a_coded_error():
    with pytest.raises(LawFileUnusable, match=r"r\.xml: not XML"):
        drift((instrument(),), {"r.xml": b"not xml"})


def test_external_entities_are_not_resolved():
    bomb = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><Section><Label>7.1</Label><Text>&x;</Text></Section></r>'
    from lxml import etree

    from smartborder.law.drift import _parse

    section = find_section(_parse(bomb, "r.xml"), "7.1")
    assert isinstance(section, etree._Element)
    assert text_hash(section) == text_hash(find_section(_parse(bomb, "r.xml"), "7.1"))
    assert "localhost" not in "".join(section.itertext())
