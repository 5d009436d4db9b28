"""Why a hit: sentences an officer reads in ten seconds, with the two values beside each."""

import numpy as np

from smartborder.engines.screening.evidence import Relation, Term
from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.words import Words
from smartborder.kernel.text import Text
from smartborder.model.reason import Compared, Reason
from smartborder.model.screening import HitVerdict

_TERMS: dict[Relation, Text] = {
    "birth-date-same": Text("Same birth date", "Même date de naissance"),
    "birth-year-same": Text("Birth year agrees", "Année de naissance concordante"),
    "birth-date-swapped": Text(
        "Same birth date with day and month exchanged",
        "Même date de naissance, jour et mois intervertis",
    ),
    "document-other": Text(
        "Another document of the same issuer (documents are renewed)",
        "Autre document du même émetteur (les documents se renouvellent)",
    ),
    "birth-date-one-part-off": Text(
        "Birth date differs in one part (day, month or year)",
        "Date de naissance différente d'un seul élément (jour, mois ou année)",
    ),
    "birth-year-one-off": Text("Birth year one off", "Année de naissance à un an près"),
    "birth-date-same-year": Text(
        "Same birth year, other day and month", "Même année de naissance, jour et mois différents"
    ),
    "birth-year-near": Text(
        "Birth dates a year or two apart", "Dates de naissance à un ou deux ans d'écart"
    ),
    "birth-date-other": Text("Different birth date", "Date de naissance différente"),
    "nationality-same": Text("Same nationality", "Même nationalité"),
    "nationality-other": Text("Different nationality", "Nationalité différente"),
    "sex-other": Text("Different sex", "Sexe différent"),
    "place-same": Text("Same place of birth", "Même lieu de naissance"),
}
_VERDICTS: dict[HitVerdict | None, Text] = {
    "match": Text("a match", "une concordance"),
    "possible": Text("possible", "possible"),
    None: Text("no hit", "aucune concordance"),
}


def evidence_reason(term: Term) -> Reason:
    """The reason for one term of evidence."""
    return Reason(
        code=f"screening.{term.relation}",
        detail=_TERMS[term.relation],
        compared=Compared(ours=term.ours, theirs=term.theirs),
    )


def name_reason(listed: NameKey, asked: NameKey, ours: str, theirs: str) -> Reason:
    """How the two names relate, word by word.

    Args:
        listed: key of the listed name.
        asked: key of the reported name.
        ours: the name as listed.
        theirs: the name as reported.

    """
    compared = Compared(ours=ours, theirs=theirs)
    if listed.words == asked.words:
        return Reason(
            code="screening.name-same", detail=Text("Same name", "Même nom"), compared=compared
        )
    if sorted(listed.words) == sorted(asked.words):
        return Reason(
            code="screening.name-order",
            detail=Text("Same name in another order", "Même nom, ordre différent"),
            compared=compared,
        )
    pairs, ours_only, theirs_only = _laid_together(listed, asked)
    alike = ", ".join(f"{a} = {b}" if a == b else f"{a} ~ {b}" for a, b in pairs) or "-"
    en = f"Words that agree: {alike}"
    fr = f"Mots concordants : {alike}"
    if ours_only:
        en += f"; only in the list: {', '.join(ours_only)}"
        fr += f"; seulement dans la liste : {', '.join(ours_only)}"
    if theirs_only:
        en += f"; only as reported: {', '.join(theirs_only)}"
        fr += f"; seulement dans la déclaration : {', '.join(theirs_only)}"
    if listed.vowelless != asked.vowelless:
        code = "screening.name-script"
        en = f"The same sounds in two scripts. {en}"
        fr = f"Les mêmes sons dans deux écritures. {fr}"
    else:
        code = "screening.name-part" if ours_only or theirs_only else "screening.name-spelling"
    return Reason(code=code, detail=Text(en, fr), compared=compared)


def _laid_together(
    listed: NameKey, asked: NameKey
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Aligned words (listed, reported), and those without a partner on either side."""
    ours, theirs = Words(listed.words), Words(asked.words)
    rows, columns = np.meshgrid(
        np.arange(len(ours.words)), np.arange(len(theirs.words)), indexing="ij"
    )
    table = ours.similarity(rows.ravel(), columns.ravel(), theirs).reshape(rows.shape)
    free_ours, free_theirs = list(range(len(ours.words))), list(range(len(theirs.words)))
    pairs: list[tuple[int, int]] = []
    while free_ours and free_theirs:
        best = max((float(table[i, j]), -i, -j) for i in free_ours for j in free_theirs)
        if best[0] <= 0:
            break
        i, j = -best[1], -best[2]
        pairs.append((i, j))
        free_ours.remove(i)
        free_theirs.remove(j)
    return (
        [(ours.words[i], theirs.words[j]) for i, j in sorted(pairs)],
        [ours.words[i] for i in free_ours],
        [theirs.words[j] for j in free_theirs],
    )


def other_name_reason(ours: str, theirs: str) -> Reason:
    """The document agrees but no listed name resembles the reported one."""
    return Reason(
        code="screening.name-other",
        detail=Text("The names are different", "Les noms sont différents"),
        compared=Compared(ours=ours, theirs=theirs),
    )


def document_reason(listed: str, asked: str, *, exact: bool, issuer_known: bool) -> Reason:
    """The reason that a document number gave."""
    if not exact:
        detail = Text(
            "Document number differs by one character",
            "Numéro de document différent d'un caractère",
        )
    elif issuer_known:
        detail = Text("Same document number and issuer", "Même numéro de document et même émetteur")
    else:
        detail = Text(
            "Same document number; issuer not known on both sides",
            "Même numéro de document; émetteur inconnu d'un côté",
        )
    return Reason(
        code="screening.document-same" if exact else "screening.document-one-off",
        detail=detail,
        compared=Compared(ours=listed, theirs=asked),
    )


def birth_date_would(same: HitVerdict | None, other: HitVerdict | None, listed: str) -> Reason:
    """What the traveller's birth date, not reported so far, would make of this hit."""
    a, b = _VERDICTS[same], _VERDICTS[other]
    return Reason(
        code="screening.ask-birth-date",
        detail=Text(
            f"Birth date not reported. If it is the listed one: {a.en}; if another: {b.en}",
            f"Date de naissance non déclarée. Si c'est celle de la liste : {a.fr}; sinon : {b.fr}",
        ),
        compared=Compared(ours=listed),
    )


def listed_without_birth() -> Reason:
    """The list says neither when the subject was born nor which documents it has."""
    return Reason(
        code="screening.listed-name-only",
        detail=Text(
            "A birth date or document number from whoever listed this entry: the list gives"
            " neither, and names alone do not tell two bearers apart",
            "Une date de naissance ou un numéro de document obtenus de l'auteur de l'inscription :"
            " la liste n'en donne pas, et les noms seuls ne distinguent pas deux porteurs",
        ),
    )


def document_would(listed: str) -> Reason:
    """A document number would settle it."""
    return Reason(
        code="screening.ask-document",
        detail=Text(
            "No document number reported; the listed one would confirm the hit",
            "Aucun numéro de document déclaré; celui de la liste confirmerait la concordance",
        ),
        compared=Compared(ours=listed),
    )
