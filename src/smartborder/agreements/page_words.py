"""The fixed words of an agreement's page, and how its citations are written in French."""

import re

from smartborder.kernel.text import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "notice": "This document implements an instrument and never is it: the authentic text "
        "prevails. The reading is an engineer’s; no counsel has reviewed it.",
        "colon": ":",
        "version": "Version",
        "force": "In force",
        "from": "from {day}",
        "to": "to {day}",
        "always": "start not read, no end",
        "texts": "Texts",
        "not_read": "Not read, and therefore not coded",
        "channels": "Channels and purposes",
        "channel": "Channel or purpose",
        "stages": "Stages",
        "query": "query",
        "response": "response",
        "permit": "What may cross",
        "bar": "What never crosses, or may be refused",
        "hold": "What waits for an officer",
        "oblige": "What each side then owes",
        "parties": "Each party’s own part",
        "facts": "Facts that decide",
        "fact": "Fact",
        "values": "Values",
        "absent": "If left out",
        "unknown": "not known",
        "none": "none",
        "type_countries": "list of ISO 3166 alpha-3 codes",
        "type_country": "ISO 3166 alpha-3 code",
        "type_flag": "true or false",
        "type_instant": "day, or instant with its offset",
        "type_text": "text",
        "type_texts": "list of texts",
        "held": "its law is held here",
        "not-held": "its law is not held here: demo mode only",
        "sender": "as sender",
        "receiver": "as receiver",
        "both": "",
        "must": "must be refused",
        "may": "an officer may refuse",
        "clause": "Clause",
        "rule": "Rule",
        "fields": "Fields",
        "source": "Source",
        "whole": "the whole request",
        "default": "Whatever no clause permits is withheld. Free text never crosses unread. What "
        "is not known goes to an officer. What is withheld, absent or empty looks the same to "
        "the partner.",
        "days": "within {days} days",
        "at_once": "at once",
        "stops": "use for a decision stops it",
        "law": "law read",
        "excerpt": "excerpt read",
        "memory": "not checked",
    },
    "fr": {
        "notice": "Le présent document met en œuvre un instrument sans jamais en tenir lieu : le "
        "texte authentique prévaut. L’interprétation est celle d’un ingénieur; aucun juriste ne "
        "l’a examinée.",
        "colon": " :",
        "version": "Version du document",
        "force": "En vigueur",
        "from": "à compter du {day}",
        "to": "jusqu’au {day}",
        "always": "début non lu, sans fin",
        "texts": "Textes",
        "not_read": "Non lu, donc non codé",
        "channels": "Voies et fins",
        "channel": "Voie ou fin",
        "stages": "Étapes",
        "query": "demande",
        "response": "réponse",
        "permit": "Ce qui peut être transmis",
        "bar": "Ce qui n’est jamais transmis, ou peut être refusé",
        "hold": "Ce qui attend un agent",
        "oblige": "Ce que chaque côté doit ensuite",
        "parties": "La part propre à chaque partie",
        "facts": "Faits déterminants",
        "fact": "Fait",
        "values": "Valeurs",
        "absent": "Si omis",
        "unknown": "inconnu",
        "none": "aucun",
        "type_countries": "liste de codes ISO 3166 alpha-3",
        "type_country": "code ISO 3166 alpha-3",
        "type_flag": "true ou false",
        "type_instant": "jour, ou instant avec son décalage",
        "type_text": "texte",
        "type_texts": "liste de textes",
        "held": "son droit est détenu ici",
        "not-held": "son droit n’est pas détenu ici : mode démonstration seulement",
        "sender": "comme expéditeur",
        "receiver": "comme destinataire",
        "both": "",
        "must": "refus obligatoire",
        "may": "un agent peut refuser",
        "clause": "Disposition",
        "rule": "Règle",
        "fields": "Champs",
        "source": "Référence",
        "whole": "toute la demande",
        "default": "Ce qu’aucune disposition ne permet est retenu. Le texte libre ne passe jamais "
        "non lu. Ce qui n’est pas connu est soumis à un agent. Ce qui est retenu, absent ou vide "
        "a la même apparence pour le partenaire.",
        "days": "dans un délai de {days} jours",
        "at_once": "immédiatement",
        "stops": "l’utilisation pour une décision y met fin",
        "law": "texte de loi lu",
        "excerpt": "extrait lu",
        "memory": "non vérifié",
    },
}
"""The fixed words of a page."""
_CITATIONS_FR = (
    ("Model agreement, article", "Accord type, article"),
    ("Model agreement", "Accord type"),
    ("Smart Border Action Plan, points", "Plan d’action pour une frontière intelligente, points"),
    ("Smart Border Action Plan, point", "Plan d’action pour une frontière intelligente, point"),
    (
        "Avoiding Complicity in Mistreatment by Foreign Entities Act",
        "Loi visant à éviter la complicité dans les cas de mauvais traitements infligés par des "
        "entités étrangères",
    ),
    (
        "Security of Canada Information Disclosure Act",
        "Loi sur la communication d’information ayant trait à la sécurité du Canada",
    ),
    ("Exit Information Regulations", "Règlement sur les renseignements relatifs à la sortie"),
    (
        "Entry/Exit memorandum of understanding",
        "Protocole d’entente sur les entrées et les sorties",
    ),
    (
        "Protection of Passenger Information Regulations",
        "Règlement sur la protection des renseignements relatifs aux passagers",
    ),
    (
        "Asylum Annex to the Statement of Mutual Understanding, 22 August 2003",
        "Annexe sur l’asile au Relevé de compréhension mutuelle, 22 août 2003",
    ),
    (
        "Agreement of 13 December 2012, amended 19 July 2024",
        "Accord du 13 décembre 2012, modifié le 19 juillet 2024",
    ),
    ("Agreement of 20 June 1984 (CTS", "Accord du 20 juin 1984 (RTC"),
    ("18 June 2019", "18 juin 2019"),
    (" No. ", " nº "),
    ("Customs Act", "Loi sur les douanes"),
    ("Criminal Code", "Code criminel"),
    (
        "Audit of 2006 on unrecorded exchanges",
        "Vérification de 2006 sur les échanges non consignés",
    ),
    ("Form of requests, article not read", "Forme des demandes, article non lu"),
    ("Law of the United States, not read", "Droit des États-Unis, non lu"),
    ("Node policy of Canada", "Politique du nœud du Canada"),
    ("Node policy of the United States", "Politique du nœud des États-Unis"),
    ("Agreement, article", "Accord, article"),
    ("arrangement not read", "arrangement non lu"),
    ("clause not read", "disposition non lue"),
    ("not read", "non lu"),
    ("annual report", "rapport annuel"),
    (" and ", " et "),
    ("as amended by SOR/", "modifié par le DORS/"),
    ("before SOR/", "avant le DORS/"),
    ("Part 19.1, Division", "partie 19.1, section"),
    ("IRPR", "RIPR"),
    ("IRPA", "LIPR"),
    ("SOR/", "DORS/"),
    ("our reading", "notre lecture"),
    ("as a model", "comme modèle"),
    ("case-by-case basis", "au cas par cas"),
    ("national of a third country", "ressortissant d’un pays tiers"),
    ("foreign national", "étranger"),
    ("refugee status claimant", "demandeur du statut de réfugié"),
    ("red line", "ligne rouge"),
    ("Red line", "Ligne rouge"),
    ("Decision of the officer", "Décision de l’agent"),
    ("Deny by default", "Refus par défaut"),
    ("Annex, article", "Annexe, article"),
    ("requesting", "demander"),
    ("disclosing", "communiquer"),
    (", using", ", utiliser"),
    (" s. ", ", art. "),
)
"""How citations are written in French, longest first where one holds another."""
_SECTION = re.compile(r"\b(RIPR|LIPR) (?=\d)")
"""The number of a section follows ``art.`` in French."""
_PARAGRAPH = re.compile(r"\(([a-h])\)")
"""English paragraphs are (a), French ones a)."""
_QUOTED = re.compile(r"'([^']+)'")
_UNITED_STATES = (" USC ", " CFR ")
"""Law of the United States keeps its own letters in every language."""


def cite(citation: str, language: Language) -> str:
    """A citation as it is written in ``language``."""
    if language == "en":
        return citation
    for english, french in _CITATIONS_FR:
        citation = citation.replace(english, french)
    citation = _QUOTED.sub(r"« \1 »", _SECTION.sub(r"\1, art. ", citation))
    if any(law in citation for law in _UNITED_STATES):
        return citation
    return _PARAGRAPH.sub(r"\1)", citation)
