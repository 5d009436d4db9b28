"""The reasons an officer picks from, and how his own words become one.

A preset says it in both languages, so that the record can be read by either side; 'other' needs
words of one's own.
"""

from collections.abc import Mapping

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.desk.errors import ReasonNeeded

LEAST = 10
"""Characters that a reason in one's own words needs at least."""

JUDGEMENTS: Mapping[str, Mapping[str, Text]] = {
    "different": {
        "birth-date": Text("The birth date differs.", "La date de naissance diffère."),
        "document": Text("The document is another one.", "Le document est un autre."),
        "name": Text("The names only look alike.", "Les noms ne font que se ressembler."),
        "known": Text(
            "Known to us as another person.", "Connu de nous comme étant une autre personne."
        ),
        "other": Text("Other reason (write it below)", "Autre motif (à écrire ci-dessous)"),
    },
    "same": {
        "document": Text("Same document number.", "Même numéro de document."),
        "name-and-date": Text(
            "Name and birth date agree and nothing contradicts it.",
            "Le nom et la date de naissance concordent et rien ne s'y oppose.",
        ),
        "originator": Text("The originator confirmed it.", "L'auteur du signalement l'a confirmé."),
        "other": Text("Other reason (write it below)", "Autre motif (à écrire ci-dessous)"),
    },
    "cannot-tell": {
        "data": Text(
            "The data at hand do not settle it.", "Les données disponibles ne tranchent pas."
        ),
        "other": Text("Other reason (write it below)", "Autre motif (à écrire ci-dessous)"),
    },
}

REPLIES: Mapping[str, Mapping[str, Text]] = {
    "ok": {
        "documents": Text(
            "The required documents were verified.", "Les documents requis ont été vérifiés."
        ),
        "examined-on-arrival": Text(
            "May board; to be examined on arrival.",
            "Peut embarquer; à examiner à l'arrivée.",
        ),
        "other": Text("Other reason (write it below)", "Autre motif (à écrire ci-dessous)"),
    },
    "not-ok": {
        "document-missing": Text(
            "A prescribed document is missing.", "Un document prescrit manque."
        ),
        "prescribed-person": Text(
            "Prescribed person: document number and birth date are equal.",
            "Personne visée : le numéro de document et la date de naissance sont les mêmes.",
        ),
        "other": Text("Other reason (write it below)", "Autre motif (à écrire ci-dessous)"),
    },
    "contact-government": {
        "ask": Text(
            "The carrier is asked to call before boarding.",
            "Le transporteur est prié d'appeler avant l'embarquement.",
        ),
        "other": Text("Other reason (write it below)", "Autre motif (à écrire ci-dessous)"),
    },
}
REFERRALS: Mapping[str, Text] = {
    "lookout": Text("A hit asks for it.", "Une concordance le demande."),
    "unreported": Text("Not reported by the carrier.", "Non déclaré par le transporteur."),
    "documents": Text("The documents need a closer look.", "Les documents sont à examiner."),
    "answers": Text("The answers need a closer look.", "Les réponses sont à approfondir."),
    "other": Text("Other reason (write it below)", "Autre motif (à écrire ci-dessous)"),
}
CITATIONS: Mapping[str, str] = {
    "not-ok.document-missing": "IRPR 259",
    "not-ok.prescribed-person": "IRPR 258.1",
}
"""Preset of an adverse decision -> the section it rests on, where the country has it."""


def reasons_from(
    presets: Mapping[str, Mapping[str, Text]], outcome: str, preset: str, words: str
) -> tuple[Reason, ...]:
    """The reasons of a decision: the preset, and the officer's own words if there are any.

    Raises:
        ReasonNeeded: no preset was chosen, or 'other' without ten characters of words.
    """
    known = presets.get(outcome, {})
    said = " ".join(words.split())
    if preset not in known:
        raise ReasonNeeded("choose a reason")
    if preset == "other" and len(said) < LEAST:
        raise ReasonNeeded(f"write at least {LEAST} characters")
    chosen = Reason(
        code=f"desk.{outcome}.{preset}",
        detail=known[preset],
        citation=CITATIONS.get(f"{outcome}.{preset}"),
    )
    own = Reason(code="desk.words", detail=Text(said, said))
    if preset == "other":
        return (own,)
    return (chosen, own) if said else (chosen,)
