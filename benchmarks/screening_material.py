"""The public lists and query sets the screening benchmarks measure with, and how they are split.

Everything is read from the corpus folder (SMARTBORDER_CORPUS); nothing of it is kept.
"""

import csv
import gzip
import hashlib
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from smartborder.formats.lists import alpha3, read_list
from smartborder.formats.lists.dates import partial
from smartborder.model.screening import ListEntry, Query

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("SMARTBORDER_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
SCREENING = CORPUS / "screening"


def load(name: str, **parts: str) -> list[ListEntry]:
    """Entries of one list file of the corpus; findings are dropped here, tests look at them."""
    streams: dict[str, BinaryIO] = {
        role: (SCREENING / path).open("rb") for role, path in parts.items()
    }
    path = SCREENING / name
    opener = gzip.open if path.suffix == ".gz" else open
    with cast(BinaryIO, opener(path, "rb")) as main:
        found = [
            item
            for item in read_list(path.name.removesuffix(".gz"), main, parts=streams)
            if isinstance(item, ListEntry)
        ]
    for stream in streams.values():
        stream.close()
    return found


def un() -> list[ListEntry]:
    """The UN consolidated list."""
    return load("un/UN_consolidated_2026-02-27.xml")


def ofac(snapshot: str) -> list[ListEntry]:
    """OFAC's SDN list, snapshot ``a`` or ``b``."""
    folder = f"ofac/snapshot-{snapshot}"
    return load(f"{folder}/sdn.csv", alt=f"{folder}/alt.csv", comments=f"{folder}/sdn_comments.csv")


def canada() -> list[ListEntry]:
    """Canada's autonomous sanctions."""
    return load("canada/sema_jvcfoa_2026-08-22.jsonl.gz")


def fifty_thousand() -> list[ListEntry]:
    """About 50,000 real names: UN, both OFAC snapshots and Canada, ids made distinct."""
    sources: tuple[Callable[[], list[ListEntry]], ...] = (
        un,
        lambda: ofac("a"),
        lambda: ofac("b"),
        canada,
    )
    return [
        msgspec.structs.replace(entry, id=f"{number}:{entry.id}")
        for number, source in enumerate(sources)
        for entry in source()
    ]


def _queries(name: str) -> list[Query]:
    with (SCREENING / "queries" / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        Query(
            id=f"{name}:{number}",
            name=row["full_name"],
            birth_date=partial(row["date_of_birth"]) if row["date_of_birth"] else None,
            nationality=alpha3(row["nationality"]) if row["nationality"] else None,
            sex={"male": "M", "female": "F"}.get(row["gender"]),
        )
        for number, row in enumerate(rows)
    ]


def negatives(limit: int = 50_000) -> list[Query]:
    """Synthetic people who are on no list."""
    return _queries("negatives_us.csv")[:limit]


def positives(kind: str) -> list[Query]:
    """People of the UN list, ``treated`` (altered) or ``untreated``."""
    return _queries(f"positives_un_{kind}.csv")


FITTED_ON = 10_000
"""The first so many travellers were false pairs when the models were fitted."""


def traffic(*, reported: bool) -> list[Query]:
    """Travellers that are reported on: seen by neither the fit nor the choice of thresholds; or
    the others.
    """
    return [
        q
        for number, q in enumerate(negatives())
        if reported is (number >= FITTED_ON and reporting(q.id))
    ]


def names_only(queries: list[Query]) -> list[Query]:
    """The same without birth date, nationality and sex."""
    replace = msgspec.structs.replace
    return [replace(q, birth_date=None, nationality=None, sex=None) for q in queries]


def reporting(key: str) -> bool:
    """True for the half that is reported on; the other half was used for tuning."""
    return hashlib.sha256(key.encode()).digest()[-1] % 2 == 1


def other_script(text: str) -> bool:
    """True if a letter is outside Latin (IPA and modifier letters count as Latin)."""
    return any(c.isalpha() and not (ord(c) < 0x370 or 0x1E00 <= ord(c) < 0x1F00) for c in text)


def aliases_left_out(
    entries: list[ListEntry], *, reported: bool
) -> tuple[list[ListEntry], list[Query]]:
    """The list with one strong alias less of each person of a half, and these as queries."""
    chance = random.Random(21)
    left_out: list[Query] = []
    listed: list[ListEntry] = []
    for entry in entries:
        aliases = [n for n in entry.names if n.quality == "strong"]
        if entry.kind == "person" and aliases and reporting(entry.id) is reported:
            alias = chance.choice(aliases)
            left_out.append(Query(id=entry.id, name=alias.text))
            rest = tuple(n for n in entry.names if n is not alias)
            entry = msgspec.structs.replace(entry, names=rest)
        listed.append(entry)
    return listed, left_out


def latin_only(entries: list[ListEntry]) -> list[ListEntry]:
    """The list without names in other scripts."""
    return [
        msgspec.structs.replace(e, names=tuple(n for n in e.names if not other_script(n.text)))
        for e in entries
    ]


def original_script(
    entries: list[ListEntry], *, reported: bool | None = None
) -> list[tuple[ListEntry, str]]:
    """People with each of their names in another script; of one half if asked."""
    return [
        (e, n.text)
        for e in entries
        if e.kind == "person" and (reported is None or reporting(e.id) is reported)
        for n in e.names
        if other_script(n.text)
    ]
