"""Every finding an EDIFACT reader can make, in one table: code, severity, both languages.

``docs/reference/paxlst.md`` is printed from this table. ``{...}`` parts are places, counts and
codes; a person's name, number or date is never put into a finding's text.
"""

from typing import Final, NamedTuple

from smartborder.kernel.text import Text
from smartborder.model.reason import Finding, Severity


class Row(NamedTuple):
    """One kind of finding."""

    severity: Severity
    text: Text


def _row(severity: Severity, en: str, fr: str) -> Row:
    return Row(severity, Text(en, fr))


FINDINGS: Final[dict[str, Row]] = {
    # the envelope
    "edifact.leading-text": _row(
        "info",
        "Text before the interchange ({count} characters) was skipped.",
        "Le texte qui précède l'échange ({count} caractères) a été ignoré.",
    ),
    "edifact.trailing-text": _row(
        "warning",
        "Text after the last segment ({count} characters) was skipped.",
        "Le texte qui suit le dernier segment ({count} caractères) a été ignoré.",
    ),
    "edifact.stray-segments": _row(
        "warning",
        "{count} segments that belong to no message were skipped.",
        "{count} segments qui n'appartiennent à aucun message ont été ignorés.",
    ),
    "edifact.service-string": _row(
        "warning",
        "The service string (UNA) is missing or does not agree with the message; the separators"
        " in use were taken from the message itself.",
        "La chaîne de service (UNA) est absente ou ne concorde pas avec le message; les"
        " séparateurs employés ont été déduits du message lui-même.",
    ),
    "edifact.charset": _row(
        "info",
        "The characters are not those of {declared}; they were read as {used}.",
        "Les caractères ne sont pas ceux de {declared}; ils ont été lus comme {used}.",
    ),
    "edifact.missing-segment": _row(
        "warning",
        "Segment {tag} is missing; the message was read without it.",
        "Le segment {tag} est absent; le message a été lu sans lui.",
    ),
    "edifact.missing-terminator": _row(
        "warning",
        "A segment terminator is missing; the segment was split where the next one begins.",
        "Un terminateur de segment est absent; le segment a été coupé au début du suivant.",
    ),
    "edifact.truncated": _row(
        "error",
        "The text breaks off in this segment; its last value may be incomplete.",
        "Le texte s'interrompt dans ce segment; sa dernière valeur peut être incomplète.",
    ),
    "edifact.tag-blank": _row(
        "info",
        "The segment tag holds a blank; it was read as {tag}.",
        "L'étiquette du segment contient une espace; elle a été lue {tag}.",
    ),
    "edifact.broken-line": _row(
        "info",
        "A line break inside the segment was removed.",
        "Un saut de ligne à l'intérieur du segment a été supprimé.",
    ),
    "edifact.reference-mismatch": _row(
        "warning",
        "The reference in {tag} is not the one that opened it.",
        "La référence du segment {tag} n'est pas celle de l'ouverture.",
    ),
    "edifact.count-mismatch": _row(
        "warning",
        "{tag} counts {stated}, the message holds {found}; what the message holds was read.",
        "{tag} annonce {stated}, le message en contient {found}; le contenu réel a été lu.",
    ),
    "edifact.unknown-message": _row(
        "error",
        "This is not a message we read ({type}); nothing was taken from it.",
        "Ce message n'est pas de ceux que nous lisons ({type}); rien n'en a été retenu.",
    ),
    "edifact.damaged-header": _row(
        "warning",
        "The message header does not say what this is; from its content it was read as {type}.",
        "L'en-tête ne dit pas de quel message il s'agit; d'après son contenu, il a été lu comme"
        " {type}.",
    ),
    "edifact.not-yet-read": _row(
        "error",
        "{type} was recognised but its content is not read: {what}.",
        "{type} a été reconnu, mais son contenu n'est pas lu : {what}.",
    ),
    # segments
    "edifact.wrong-separator": _row(
        "warning",
        "Wrong separator between qualifier and value; the value was understood.",
        "Mauvais séparateur entre qualifiant et valeur; la valeur a été comprise.",
    ),
    "edifact.unknown-segment": _row(
        "warning",
        "Segment {tag} is not part of this message here; it was not used.",
        "Le segment {tag} n'a pas sa place ici; il n'a pas été utilisé.",
    ),
    "edifact.unknown-code": _row(
        "info",
        "Code {value} of {tag} is not known; the segment was not used.",
        "Le code {value} de {tag} est inconnu; le segment n'a pas été utilisé.",
    ),
    "edifact.misplaced-segment": _row(
        "warning",
        "Segment {tag} stands outside the group it belongs to; it was not used.",
        "Le segment {tag} se trouve hors de son groupe; il n'a pas été utilisé.",
    ),
    "edifact.out-of-order": _row(
        "info",
        "Segment {tag} comes later than the specification has it; it was read all the same.",
        "Le segment {tag} vient plus tard que ne le veut la spécification; il a tout de même"
        " été lu.",
    ),
    "edifact.duplicate-segment": _row(
        "info",
        "Segment {tag} is repeated with the same value.",
        "Le segment {tag} est répété avec la même valeur.",
    ),
    "edifact.conflicting-value": _row(
        "warning",
        "Segment {tag} is repeated with another value; the first was kept.",
        "Le segment {tag} est répété avec une autre valeur; la première a été conservée.",
    ),
    "edifact.missing-value": _row(
        "warning",
        "Segment {tag} has no value.",
        "Le segment {tag} n'a pas de valeur.",
    ),
    "edifact.bad-number": _row(
        "warning",
        "A number was expected in {tag}; the segment was not used.",
        "Un nombre était attendu dans {tag}; le segment n'a pas été utilisé.",
    ),
    # dates, places
    "edifact.impossible-date": _row(
        "error",
        "The calendar has no such date; the field is left empty.",
        "Cette date n'existe pas au calendrier; le champ est laissé vide.",
    ),
    "edifact.bad-date": _row(
        "error",
        "The date cannot be read; the field is left empty.",
        "La date est illisible; le champ est laissé vide.",
    ),
    "edifact.date-format": _row(
        "info",
        "The date does not have the format it announces; it was read by its length.",
        "La date n'a pas le format annoncé; elle a été lue selon sa longueur.",
    ),
    "edifact.unknown-date": _row(
        "warning",
        "The date is given as wholly unknown (noughts or X); the field is left empty.",
        "La date est donnée comme entièrement inconnue (zéros ou X); le champ est laissé vide.",
    ),
    "edifact.partial-date": _row(
        "info",
        "The date is known only in part.",
        "La date n'est connue qu'en partie.",
    ),
    "edifact.future-birth-date": _row(
        "warning",
        "The birth date is later than the journey.",
        "La date de naissance est postérieure au voyage.",
    ),
    "edifact.country-alpha-2": _row(
        "info",
        "{value} is a two-letter country code; it was read as {code}.",
        "{value} est un code de pays à deux lettres; il a été lu {code}.",
    ),
    "edifact.country-withdrawn": _row(
        "info",
        "{value} is a withdrawn country code; it was kept.",
        "{value} est un code de pays retiré; il a été conservé.",
    ),
    "edifact.unknown-country": _row(
        "warning",
        "No country has the code given; the field is left empty.",
        "Aucun pays ne porte le code donné; le champ est laissé vide.",
    ),
    # travellers and flights
    "edifact.missing-name": _row(
        "error",
        "The traveller's name segment (NAD) is missing or unreadable; the rest was kept.",
        "Le segment du nom du voyageur (NAD) est absent ou illisible; le reste a été conservé.",
    ),
    "edifact.no-surname": _row(
        "warning",
        "No surname is given.",
        "Aucun nom de famille n'est donné.",
    ),
    "edifact.name-unknown": _row(
        "info",
        "The name is given as unknown ({value}); the field is left empty.",
        "Le nom est donné comme inconnu ({value}); le champ est laissé vide.",
    ),
    "edifact.long-name": _row(
        "info",
        "The name has {count} characters, more than the specification allows; it was kept whole.",
        "Le nom compte {count} caractères, plus que la spécification ne le permet; il a été"
        " conservé en entier.",
    ),
    "edifact.unknown-role": _row(
        "warning",
        "Party qualifier {value} is not known; the person was kept with role 'unknown'.",
        "Le qualifiant {value} est inconnu; la personne a été conservée avec le rôle « inconnu ».",
    ),
    "edifact.unknown-sex": _row(
        "warning",
        "The sex code is not M, F, U or X; the field is left empty.",
        "Le code de sexe n'est pas M, F, U ou X; le champ est laissé vide.",
    ),
    "edifact.no-locator": _row(
        "info",
        "No record locator is given.",
        "Aucun localisateur de dossier n'est donné.",
    ),
    "edifact.incomplete-document": _row(
        "warning",
        "The document has no number.",
        "Le document n'a pas de numéro.",
    ),
    "edifact.bag-count-mismatch": _row(
        "info",
        "The bag count is {stated}, the tags make {found}; the count was kept.",
        "Le nombre de bagages est {stated}, les étiquettes en font {found}; le nombre a été"
        " conservé.",
    ),
    "edifact.no-flight": _row(
        "warning",
        "The message names no flight.",
        "Le message ne nomme aucun vol.",
    ),
    "edifact.flight-number": _row(
        "warning",
        "The flight number cannot be read; it was kept as given.",
        "Le numéro de vol est illisible; il a été conservé tel quel.",
    ),
    "edifact.no-travellers": _row(
        "warning",
        "The message names no traveller.",
        "Le message ne nomme aucun voyageur.",
    ),
    "edifact.unknown-purpose": _row(
        "warning",
        "Message name code {value} is not known; the purpose is left open.",
        "Le code de nom de message {value} est inconnu; l'objet reste indéterminé.",
    ),
    "edifact.partial-list": _row(
        "warning",
        "The list was closed without all its parts; missing: {parts}.",
        "La liste a été close sans toutes ses parties; manquantes : {parts}.",
    ),
    "edifact.part-repeated": _row(
        "info",
        "Part {number} was received more than once; the last one was used.",
        "La partie {number} a été reçue plus d'une fois; la dernière a été retenue.",
    ),
    # replies
    "cusres.unknown-code": _row(
        "warning",
        "Reply code {value} is not in this country's table; it was kept as 'error'.",
        "Le code de réponse {value} n'est pas dans la table de ce pays; il a été conservé comme"
        " « erreur ».",
    ),
    "cusres.no-code": _row(
        "warning",
        "A traveller's reply has no code (ERC).",
        "La réponse d'un voyageur ne porte aucun code (ERC).",
    ),
    "cusres.no-reference": _row(
        "warning",
        "A traveller's reply has no reference (RFF).",
        "La réponse d'un voyageur ne porte aucune référence (RFF).",
    ),
}


def note(
    code: str, segment: str | None = None, traveller: int | None = None, /, **values: object
) -> Finding:
    """The finding ``code`` at ``segment`` (``NAD#14``), about ``traveller`` (index from 0)."""
    row = FINDINGS[code]
    text = row.text.format(**values) if values else row.text
    return Finding(
        code=code, severity=row.severity, segment=segment, detail=text, traveller=traveller
    )
