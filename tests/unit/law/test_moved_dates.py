"""A lawyer edits one date or number in a law file, and exactly the right cases change.

Each edit is made in the text of the file, as a lawyer would; then every case of every rule set
is asked again, also those of other rules and of the other country that look at the same section.
"""

from pathlib import Path

import pytest
import yaml

from smartborder.law import registry
from smartborder.law.cases import read_cases
from smartborder.law.evaluate import evaluate_in
from smartborder.law.provisions import View, index, instruments, parse_instrument, provisions

ROOT = Path(__file__).parents[3]
PACKS = ("ca", "us", "neutral")
OTHER = {"ca": "us", "us": "ca"}
CASES = [
    case
    for name in sorted({r.name for r in registry.ALL})
    for path in sorted((ROOT / "tests" / "cases" / name).glob("*.yaml"))
    for case in read_cases(path.read_text("utf-8"), name, path.name)
]
STCA = ("ca", "irpr_stca.yaml", "159.4(1.1)")
ONE_YEAR = ("ca", "irpa_claims.yaml", "101(1)(b.1)")
CANADA_LIST = ("ca", "irpr_entry.yaml", "190(1)(a)")
BY_AIR = ("ca", "irpr_entry.yaml", "7.01(1)")
US_LIST = ("us", "entry.yaml", "217.2")


def edited(pack, file, section, old, new):
    """The provisions of every pack, with one edit inside one section of one file."""
    text = (ROOT / "src" / "smartborder" / "countries" / pack / "law" / file).read_text("utf-8")
    head, key, rest = text.partition(f'  "{section}":')
    body, following, tail = rest.partition('\n  "')
    assert body.count(old) == 1, f"{section} has no single '{old}'"
    changed = head + key + body.replace(old, new) + following + tail
    draft = parse_instrument(yaml.safe_load(changed), file)
    known = {p: provisions(p) for p in PACKS}
    known[pack] = index([draft if f.title == draft.title else f for f in instruments(pack)])
    return known


def changes(known):
    """Every case that comes out with another word: ``rule country: name`` -> the new word."""
    found = {}
    for case in CASES:
        rule = registry.find(case.rule, case.country)
        other = OTHER.get(rule.pack)
        abroad = View(other, case.on, case.as_known, known=known[other]) if other else None
        law = View(
            rule.pack, case.on, case.as_known,
            country=case.country, known=known[rule.pack], abroad=abroad,
        )  # fmt: skip
        word = evaluate_in(rule, case.facts, law).verdict
        if word != case.expect.verdict:
            found[f"{case.rule} {case.country}: {case.name}"] = word
    return found


@pytest.mark.parametrize(
    ("section", "old", "new", "expected"),
    [
        pytest.param(
            STCA, "from: 2023-03-25", "from: 2023-03-26",
            {
                "stca CA: between ports on 25 March 2023": "not-applicable",
                "stca CA: between ports on the first day of the Protocol, as known on the day the "
                "regulation was made": "not-applicable",
                "stca CA: entered on the first day of the Protocol, claimed a week later":
                    "undetermined",
            },
            id="the Protocol begins a day later",
        ),
        pytest.param(
            STCA, "enacted: 2023-03-23", "enacted: 2023-03-24",
            {
                "stca CA: between ports on the first day of the Protocol, as known on the day the "
                "regulation was made": "not-applicable",
            },
            id="the regulation is made a day later",
        ),
        pytest.param(
            STCA, "value: 14", "value: 13",
            {
                "stca CA: between ports, claim on day 13": "not-applicable",
                "stca CA: boundary waters on day 13": "not-applicable",
                "stca CA: day 13 over the end of February in a leap year": "not-applicable",
                "stca CA: crossed on a day between the 20th and the 21st": "not-applicable",
                "stca CA: between ports, crossed 21 to 25 April, all readings inside":
                    "undetermined",
            },
            id="13 days for 14",
        ),
        pytest.param(
            STCA, "value: 14", "value: 15",
            {
                "stca CA: between ports, claim on day 14": "applies",
                "stca CA: claim day given apart from the day asked about": "applies",
                "stca CA: boundary waters on day 14": "applies",
                "stca CA: crossed on a day between the 20th and the 21st": "applies",
                "stca CA: crossed in a span that is all too long ago": "undetermined",
            },
            id="15 days for 14",
        ),
        pytest.param(
            ONE_YEAR, "from: 2025-06-03", "from: 2025-06-04",
            {
                "asylum-eligibility CA: old entry claimed on the day of Bill C-2": "eligible",
                "asylum-eligibility CA: old entry claimed on the day of Bill C-2 decided on the "
                "day it became law": "eligible",
                "asylum-eligibility CA: one year and a day, on the day the bill was introduced":
                    "eligible",
            },
            id="the bar of one year applies to claims from a day later",
        ),
        pytest.param(
            ONE_YEAR, "enacted: 2026-03-26", "enacted: 2026-03-27",
            {
                "asylum-eligibility CA: old entry claimed on the day of Bill C-2 decided on the "
                "day it became law": "eligible",
            },
            id="the bar of one year is known from a day later",
        ),
        pytest.param(
            CANADA_LIST, "from: 2024-03-01", "from: 2024-03-02",
            {
                "stca CA: Mexican once the exemption was gone": "exception",
                "stca CA: Mexican on the first day without exemption, as known on the day it was "
                "made": "exception",
            },
            id="an exemption from the visa ends a day later",
        ),
        pytest.param(
            BY_AIR, "from: 2023-06-06", "from: 2023-06-07",
            {"visa-requirement CA: Filipino by air on the day the table changed": "visa"},
            id="the table of conditional authorizations grows a day later",
        ),
        pytest.param(
            US_LIST, "from: 2024-09-24", "from: 2024-09-25",
            {
                "boarding US: Qatari with an ESTA on the day of designation": "undetermined",
                "visa-requirement US: Qatari on the day": "visa",
            },
            id="a waiver of the visa begins a day later",
        ),
    ],
)  # fmt: skip
def test_exactly_the_right_cases_change(section, old, new, expected):
    assert changes(edited(*section, old, new)) == expected


@pytest.mark.parametrize(
    ("first_day", "word"), [("2026-05-04", "applies"), ("2026-05-05", "exception")]
)
def test_s3_a_country_joins_the_list_of_the_other_side(first_day, word):
    """159.5(g) hangs on the other country's list: Bulgaria joins on a day, and S3 flips from it.

    Asked with the answers of a traveller whom no bar keeps from the waiver.
    """
    version = f"      - {{from: {first_day}, enacted: {first_day}, value: [BGR]}}\n"
    known = edited(*US_LIST, "    versions:\n", f"    versions:\n{version}")
    case = next(
        c for c in CASES if c.name == "French at a land port, not barred from the visa waiver"
    )
    facts = {**case.facts, "nationalities": ["BGR"]}
    law = View("ca", case.on, case.as_known, abroad=View(
        "us", case.on, case.as_known, known=known["us"]))  # fmt: skip
    assert evaluate_in(registry.find("stca", "CA"), facts, law).verdict == word
