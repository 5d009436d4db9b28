"""Beats 11 and 13: a question answered field by field, and one about a claimant."""

import json
import re

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Traveller
from smartborder.world.demo.day import CLAIMANT, LEG_NEW_YORK, NEW_YORK_HIT
from smartborder.world.demo.hits import find_case, place
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import Stage
from smartborder.world.shell import command
from smartborder.world.visitor import Visitor

_ENVELOPE = re.compile(r"/exchange/(envelope-[0-9a-z]{26})")
_PERMITS = ("visa_application", "eta_application", "work_permit", "study_permit",
            "benefit_application")  # fmt: skip
_ASKED = (
    "immigration_status", "admissibility_decision", "eta_application", "as_of", "source",
    "protection_claim", "claim_identity", "claim_processing", "claim_decision_grounds",
    "claim_previous", "protection_decision", "claim_narrative", "officer_remarks", "fingerprints",
)  # fmt: skip
_ASKED_OF_CLAIMANT = (
    *_PERMITS, "surname", "given_names", "birth_date", "citizenships", "immigration_status",
    "admissibility_decision", "as_of", "source", "match_method",
)  # fmt: skip
_FIELDS = {
    "immigration_status": "visitor record 2026-0417", "admissibility_decision": "admitted 2025-08",
    "visa_application": "approved 2024-05-06", "eta_application": "approved 2026-03-02",
    "work_permit": "none sought", "study_permit": "none sought", "benefit_application": "none",
    "as_of": "2026-11-20", "source": "GCMS",
}  # fmt: skip
_GRANTED = re.compile(r'data-granted="([^"]*)"')
_CLAUSE = re.compile(r'data-withheld="([a-z_]+)">[^<]*<code>([^<]+)</code>')


def fields_granted(stage: Stage) -> Seen:
    """Beat 11."""
    officer, case = _case(stage, NEW_YORK_HIT, claims=False)
    officer.send(f"/cases/{case}/query", step="existence")
    expect("Is a record held?" in officer.page and "yes" in officer.page, "no record is held")
    page = _ask(officer, case, _ASKED)
    granted, withheld = _sheet(stage)
    expect(len(granted) == 5 and len(withheld) == 9, f"{len(granted)} and {len(withheld)}")
    told = [f for f in granted if _FIELDS[f] in page]
    expect(told == granted, f"the partner's side shows {told}")
    kept_back = ("US-6b", "free-text", "transient-only")
    expect(not any(clause in page for clause in kept_back), "a clause crossed")
    return Seen(
        line=Text(
            f"a query: {len(granted)} fields granted, {len(withheld)} withheld by clause on our"
            " side; the partner's side shows only the five",
            f"une demande : {len(granted)} champs accordés, {len(withheld)} retenus par clause de"
            " notre côté; le côté du partenaire ne montre que les cinq",
        ),
        record=_latest(stage),
        path=f"/exchange/{_latest(stage)}",
        law="IRPR 315.25",
        command="smartborder agreement check us-visa-sharing --request request.json",
    )


def claimant(stage: Stage) -> Seen:
    """Beat 13."""
    officer, case = _case(stage, CLAIMANT, claims=True)
    page = _ask(officer, case, _ASKED_OF_CLAIMANT, direct="protected")
    granted, withheld = _sheet(stage)
    expect(tuple(granted) == _PERMITS, f"granted {granted}")
    expect(set(withheld.values()) == {"US-6a"}, f"withheld {withheld}")
    expect(_FIELDS["eta_application"] in page, "the permit data did not arrive")
    passed = stage.cables["US"].recorded() + stage.cables["CA"].recorded()
    traces = [w for w in (b"refugee", b"claimant", b"asylum", b"US-6a") if w in passed.lower()]
    expect(not traces, f"on the wire: {traces}")
    return Seen(
        line=Text(
            "an asylum claimant: permit data only; the bytes on the wire, size for size like any"
            " other answer, hold no trace of a claim",
            "un demandeur d'asile : données de permis seulement; les octets transmis, de la même"
            " taille que toute autre réponse, ne portent aucune trace d'une demande d'asile",
        ),
        record=_latest(stage),
        path=f"/exchange/{_latest(stage)}",
        law="IRPR 315.25(2)",
        command="smartborder agreement show us-visa-sharing",
    )


def _case(stage: Stage, person: Traveller, *, claims: bool) -> tuple[Visitor, str]:
    """Canada has a file about the person; an officer of the United States has a case."""
    document = person.documents[0]
    facts = {
        "citizenships": [person.nationality], "permanent_resident_of": [],
        "refugee_claimant_in": ["USA"] if claims else [], "alleges_persecution_in": [],
        "previous_finding": ["document-issued"],
    }  # fmt: skip
    own = {"surname": person.surname, "given_names": person.given_names,
           "birth_date": person.birth_date, "citizenships": [person.nationality]}  # fmt: skip
    file = stage.place / "asked-about.jsonl"
    line = {"document": document.number, "issuer": document.issuer, "fields": {**own, **_FIELDS},
            "facts": facts}  # fmt: skip
    file.write_text(json.dumps(line) + "\n")
    command("registers", "files", str(file), "--home", str(stage.nodes["CA"].home.path))
    node = stage.nodes["US"]
    place(node, names=f"{person.given_names} {person.surname}",
          birth_dates=person.birth_date or "",
          documents=f"{document.number} {document.issuer} P", basis="prior-refusal",
          office="Demo admissibility office")  # fmt: skip
    node.lines["BA host"].send(stage.day.british_us.message(LEG_NEW_YORK, [person], stage.now()))
    officer = node.visitor("world-officer")
    case = find_case(officer, person.surname or "")
    officer.send(f"/cases/{case}/claim")
    officer.see(f"/cases/{case}")
    return officer, case


def _ask(officer: Visitor, case: str, fields: tuple[str, ...], **form: str) -> str:
    """Tick these fields in the case and ask; the page that shows what came back."""
    officer.see(f"/cases/{case}")
    officer.send(f"/cases/{case}/query", field=fields, step="", **form)
    return officer.page


def _sheet(stage: Stage) -> tuple[list[str], dict[str, str]]:
    """Our side's page about our latest answer: granted fields, withheld ones with their clause."""
    reader = stage.nodes["CA"].visitor("world-officer")
    page = reader.see(f"/exchange/{_latest(stage)}")
    granted = _GRANTED.search(page)
    return (granted[1].split() if granted else []), dict(_CLAUSE.findall(page))


def _latest(stage: Stage) -> str:
    found = _ENVELOPE.findall(stage.nodes["CA"].visitor("world-officer").see("/exchange"))
    expect(found, "our side shows no answer")
    return str(found[0])
