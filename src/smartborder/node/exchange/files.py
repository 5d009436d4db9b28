"""What we hold about people whom the partner may ask about: one file a person, field by field.

Each file is kept under its travel document. Its fields are those of the agreements' vocabulary,
its facts are what clauses decide on; a fact that is left out is not known, and nobody guesses.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from smartborder.agreements import vocabulary
from smartborder.agreements.facts import check_facts
from smartborder.kernel.canonical import canonical
from smartborder.kernel.errors import InputError, SmartborderError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Traveller
from smartborder.node.act.identity import name_key, plain_number
from smartborder.node.exchange.transient import TRANSIENT_FIELDS
from smartborder.node.store.session import Session

Method = Literal["document", "name-and-date"]


class FileUnusable(InputError):
    """A file that may be asked about is not of the documented shape; the error names the line."""

    code = "exchange.file-unusable"
    title = Text("File cannot be used", "Dossier inutilisable")


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a load.

    Attributes:
        document, issuer: number of the travel document and who issued it (ISO 3166 alpha-3).
        fields: vocabulary field -> value, as it may cross.
        facts: vocabulary fact -> value, as clauses ask for it.

    """

    document: str
    issuer: str
    fields: dict[str, Any]
    facts: dict[str, Any] = {}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A file that answers a question, and what the match rests on."""

    id: str
    method: Method
    fields: dict[str, Any]
    facts: dict[str, Any]


def read_lines(text: str) -> list[File]:
    """Files from JSON Lines.

    Raises:
        FileUnusable: naming the line.

    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.append(_checked(msgspec.json.decode(line, type=File)))
            except (msgspec.MsgspecError, SmartborderError) as error:
                where = getattr(error, "where", {}).get("field", "")
                raise FileUnusable(f"line {number} cannot be used {where}".rstrip(),
                                   line=number) from error  # fmt: skip
    return found


def _checked(file: File) -> File:
    words = vocabulary()
    for name, value in file.fields.items():
        word = words.fields.get(name)
        if word is None or name in TRANSIENT_FIELDS or len(canonical(value)) > word.max_bytes:
            raise FileUnusable("unknown field, or too large a value", field=name)
    check_facts(file.facts, words)
    return file


def load(s: Session, files: Iterable[File], *, source: str) -> int:
    """Add files, or replace those of the same document; how many."""
    rows = [
        {
            "id": s.new_id("file"), "document": plain_number(f.document),
            "issuer": f.issuer.upper(), "birth": f.fields.get("birth_date"),
            "key": _key(f.fields), "content": msgspec.json.encode(f.fields).decode(),
            "facts": msgspec.json.encode(f.facts).decode(), "source": source, "now": s.now,
        }
        for f in files
    ]  # fmt: skip
    s.many(
        "INSERT INTO exchange.file (id, document, issuer, birth_date, name_key, content, facts,"
        " source, at) VALUES (:id, :document, :issuer, :birth, :key, :content, :facts, :source,"
        " :now) ON CONFLICT (document, issuer) DO UPDATE SET birth_date = excluded.birth_date,"
        " name_key = excluded.name_key, content = excluded.content, facts = excluded.facts,"
        " source = excluded.source, at = excluded.at",
        rows,
    )
    s.leaf("files", source, {"files": len(rows)})
    return len(rows)


def find(s: Session, asked: Mapping[str, Any]) -> Found | None:
    """The file that a question is about.

    A document that agrees needs the date of birth or the name beside it, so that guessed numbers
    find nobody. Without a document, name and date together are offered to a person.
    """
    rows = s.rows(
        "SELECT id, document = :document AND issuer = :issuer AS same, birth_date, name_key,"
        " content, facts FROM exchange.file WHERE (document = :document AND issuer = :issuer)"
        " OR (name_key = :key AND birth_date = :birth) ORDER BY 2 DESC LIMIT 1",
        document=plain_number(str(asked.get("document_number") or "")),
        issuer=str(asked.get("document_issuer") or ""),
        key=_key(asked),
        birth=asked.get("birth_date"),
    )
    for row in rows:
        agrees = row["birth_date"] == asked.get("birth_date") or row["name_key"] == _key(asked)
        if agrees:
            s.saw("file", [row["id"]], "answers a question")
            return Found(
                id=row["id"], method="document" if row["same"] else "name-and-date",
                fields=row["content"], facts=row["facts"],
            )  # fmt: skip
    return None


def one(s: Session, file: str) -> Found:
    """A file by its id, for a person who decides.

    Raises:
        NotFound: it is gone meanwhile.

    """
    row = s.one("SELECT id, content, facts FROM exchange.file WHERE id = :id", id=file)
    s.saw("file", [file], "question decided")
    return Found(id=file, method="document", fields=row["content"], facts=row["facts"])


def _key(fields: Mapping[str, Any]) -> str:
    surname, given = fields.get("surname"), fields.get("given_names")
    person = Traveller(surname=str(surname or ""), given_names=str(given or ""))
    return name_key(person) or "?"
