"""Our own registers of visas, travel authorisations and statuses, loaded from their systems.

A register that is loaded whole is 'complete': only then does 'not found' mean 'none'. Until
then the law cannot be answered by a rule and an officer is asked.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.node.act.identity import plain_number
from smartborder.node.jobs.defer import defer
from smartborder.node.store.session import Session

NAMES: Mapping[str, Text] = {
    "visa": Text("Visas", "Visas"),
    "travel-authorisation": Text("Travel authorisations", "Autorisations de voyage"),
    "permanent-resident": Text("Permanent residents", "Résidents permanents"),
    "refugee-travel-document": Text("Refugee travel documents", "Titres de voyage de réfugié"),
    "temporary-travel-document": Text("Temporary travel documents",
                                      "Titres de voyage temporaires"),
    "entry-permit": Text("Entry permits", "Permis d'entrée"),
    "prescribed-person": Text("Persons who may not be carried",
                              "Personnes qui ne peuvent être transportées"),
}  # fmt: skip
"""What each kind of register is called on a label."""
KINDS = frozenset(NAMES)
COLUMNS = ("document", "issuer", "valid_from", "valid_to", "status")


class RegisterUnusable(InputError):
    """A register file with an unknown kind, a missing column or an impossible date."""

    code = "register.unusable"
    title = Text("Register file cannot be used", "Fichier de registre inutilisable")


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a register file."""

    document: str
    issuer: str
    valid_from: date | None = None
    valid_to: date | None = None
    status: str = "valid"


def read_csv(text: str) -> Iterator[Holding]:
    """Lines of a register file: ``document,issuer,valid_from,valid_to,status`` with a header.

    Raises:
        RegisterUnusable: naming the line.
    """
    reader = csv.DictReader(io.StringIO(text))
    if not {"document", "issuer"} <= set(reader.fieldnames or ()):
        raise RegisterUnusable(f"the first line must name the columns {', '.join(COLUMNS)}")
    for number, row in enumerate(reader, start=2):
        try:
            yield msgspec.convert(
                {k: v.strip() for k, v in row.items() if k in COLUMNS and v and v.strip()}, Holding
            )
        except msgspec.ValidationError as error:
            raise RegisterUnusable(f"line {number} cannot be read", line=number) from error


def load(s: Session, kind: str, holdings: Iterator[Holding], *, source: str,
         complete_as_of: datetime | None) -> int:  # fmt: skip
    """Add or replace the lines of one register; how many there were.

    With ``complete_as_of`` the file is the whole register: lines that are no longer in it end,
    and travellers on open flights are checked again.

    Raises:
        RegisterUnusable: for a kind that no law asks about.
    """
    if kind not in KINDS:
        raise RegisterUnusable(f"kind must be one of {', '.join(sorted(KINDS))}", kind=kind)
    rows = [
        {
            "id": s.new_id("entitlement"), "kind": kind, "document": plain_number(h.document),
            "issuer": h.issuer.upper(), "from": h.valid_from, "to": h.valid_to,
            "status": h.status, "source": source, "now": s.now,
        }
        for h in holdings
    ]  # fmt: skip
    s.many(
        "INSERT INTO act.entitlement (id, kind, document, issuer, valid_from, valid_to, status,"
        " source, at) VALUES (:id, :kind, :document, :issuer, :from, :to, :status, :source, :now)"
        " ON CONFLICT (kind, document, issuer) DO UPDATE SET valid_from = excluded.valid_from,"
        " valid_to = excluded.valid_to, status = excluded.status, source = excluded.source,"
        " at = excluded.at",
        rows,
    )
    if complete_as_of is not None:
        s.run("DELETE FROM act.entitlement WHERE kind = :kind AND at < :now",
              kind=kind, now=s.now)  # fmt: skip
        s.run(
            "INSERT INTO act.register_state VALUES (:kind, :at, :source) ON CONFLICT (kind)"
            " DO UPDATE SET complete_as_of = excluded.complete_as_of, source = excluded.source",
            kind=kind,
            at=complete_as_of,
            source=source,
        )
    s.leaf("register", kind, {"lines": len(rows), "source": source})
    defer(s, "recheck", scope="registers", entry=kind)
    return len(rows)
