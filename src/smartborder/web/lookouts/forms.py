"""A look-out as a form: what an officer types, and the content it means."""

from collections.abc import Mapping
from datetime import date

import msgspec

from smartborder.kernel.errors import InputError, SmartborderError
from smartborder.kernel.text import Text
from smartborder.model.dates import PartialDate
from smartborder.model.iso3166 import understand
from smartborder.model.lookout import Lookout
from smartborder.model.screening import ListedDate, ListedDocument
from smartborder.node.lookouts.writing import Content
from smartborder.web.lookout_words import CAVEAT_NAMES


class FieldUnusable(InputError):
    """A field of the form cannot be used as typed; ``where`` names it."""

    code = "lookout.field"
    title = Text("Check this field", "Vérifiez ce champ")


LIMIT = 500
"""Characters of one name, office or number."""


def read(data: Mapping[str, str]) -> Content:
    """The content a form means.

    Raises:
        FieldUnusable: naming the field.

    """
    try:
        return msgspec.convert(
            {
                "kind": data.get("kind", "person"),
                "names": [{"text": n} for n in _lines(data, "names")],
                "birth_dates": [ListedDate(date=d) for d in _dates(data)],
                "nationalities": _countries(data),
                "sex": data.get("sex") or None,
                "documents": _documents(data),
                "basis": data.get("basis", ""),
                "office": _text(data, "office"),
                "instruction": data.get("instruction", "board-and-refer"),
                "caveats": [c for c in CAVEAT_NAMES if data.get(f"caveat-{c}")],
                "review_by": day(data, "review_by"),
                "note": data.get("note", "").strip() or None,
            },
            Content,
        )
    except msgspec.ValidationError as error:
        field = str(error).rsplit("$.", 1)[-1].split("[")[0].rstrip("`")
        raise FieldUnusable(f"{field} cannot be used as typed", field=field) from error


def day(data: Mapping[str, str], name: str) -> date:
    """A day as ``YYYY-MM-DD``.

    Raises:
        FieldUnusable: if it is none.

    """
    try:
        return date.fromisoformat(data.get(name, "").strip())
    except ValueError as error:
        raise FieldUnusable(f"{name}: use YYYY-MM-DD", field=name) from error


def typed(lookout: Lookout) -> dict[str, str]:
    """A look-out as the form shows it."""
    documents = [" ".join(p for p in (d.number, d.issuer or "", d.type or "") if p)
                 for d in lookout.documents]  # fmt: skip
    return {
        "kind": lookout.kind,
        "names": "\n".join(n.text for n in lookout.names),
        "birth_dates": "\n".join(str(b.date) for b in lookout.birth_dates),
        "nationalities": " ".join(lookout.nationalities),
        "sex": lookout.sex or "",
        "documents": "\n".join(documents),
        "basis": lookout.basis,
        "office": lookout.office,
        "instruction": lookout.instruction,
        "review_by": lookout.review_by.isoformat(),
        "note": lookout.note or "",
        **{f"caveat-{c}": "on" for c in lookout.caveats},
    }


def field_of(error: SmartborderError) -> str:
    """Where on the form an error belongs."""
    known = {"lookout.child": "basis", "lookout.review-too-far": "review_by"}
    return str(error.where.get("field") or known.get(error.code, "names"))


def _lines(data: Mapping[str, str], name: str) -> list[str]:
    lines = [" ".join(line.split()) for line in data.get(name, "").splitlines()]
    if any(len(line) > LIMIT for line in lines):
        raise FieldUnusable(f"{name}: at most {LIMIT} characters a line", field=name)
    return [line for line in lines if line]


def _text(data: Mapping[str, str], name: str) -> str:
    value = " ".join(data.get(name, "").split())
    if not value or len(value) > LIMIT:
        raise FieldUnusable(f"{name}: 1 to {LIMIT} characters", field=name)
    return value


def _dates(data: Mapping[str, str]) -> list[PartialDate]:
    try:
        return [PartialDate.parse(line) for line in _lines(data, "birth_dates")]
    except InputError as error:
        raise FieldUnusable("birth_dates: use YYYY, YYYY-MM or YYYY-MM-DD",
                            field="birth_dates") from error  # fmt: skip


def _countries(data: Mapping[str, str]) -> list[str]:
    found = []
    for word in data.get("nationalities", "").replace(",", " ").split():
        understood = understand(word.upper())
        if understood is None:
            raise FieldUnusable("nationalities: use codes such as HUN", field="nationalities")
        found.append(understood[0])
    return found


def _documents(data: Mapping[str, str]) -> list[ListedDocument]:
    """One document a line: number, then the issuer's code, then the type, with spaces between."""
    found = []
    for line in _lines(data, "documents"):
        number, *rest = line.split()
        issuer = understand(rest[0].upper()) if rest else None
        if (rest and issuer is None) or len(rest) > 2:
            raise FieldUnusable("documents: number, issuer, type; such as X1234567 HUN P",
                                field="documents")  # fmt: skip
        found.append(
            ListedDocument(
                number=number, issuer=issuer[0] if issuer else None,
                type=rest[1].upper() if len(rest) == 2 else None,
            )
        )  # fmt: skip
    return found
