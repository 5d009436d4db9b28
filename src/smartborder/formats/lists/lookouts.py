"""Our own look-outs, JSON Lines of :class:`smartborder.model.lookout.Lookout`."""

from collections.abc import Iterator

import msgspec

from smartborder.formats.lists.draft import content_hash
from smartborder.formats.lists.source import Source, finding, text_lines
from smartborder.kernel.errors import SmartborderError
from smartborder.model.dates import PartialDate
from smartborder.model.lookout import Lookout
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry

_decoder = msgspec.json.Decoder(Lookout)


def read_lookouts(source: Source) -> Iterator[ListEntry | Finding]:
    """Look-outs in force; withdrawn ones are left out."""
    findings: list[Finding] = []
    for number, line in enumerate(text_lines(source, findings), start=1):
        if not line.strip():
            continue
        try:
            lookout = _decoder.decode(line)
        except (msgspec.MsgspecError, SmartborderError, ValueError):
            yield finding(
                "list.lookout-record",
                "error",
                "Not a valid look-out (names, basis, originator, office, review date); left out",
                "Pas un signalement valide (noms, fondement, auteur, bureau, date de révision); "
                "laissé de côté",
                f"line {number}",
            )
            continue
        if lookout.withdrawn_at is None:
            yield lookout_entry(lookout, number)
    yield from findings


def identity_entry(lookout: Lookout) -> ListEntry:
    """Who or what a look-out means, and nothing else of it; ``lookout:ID``, without a version."""
    return ListEntry(
        id=f"lookout:{lookout.id}",
        list="lookout",
        kind=lookout.kind,
        names=lookout.names,
        birth_dates=lookout.birth_dates,
        nationalities=lookout.nationalities,
        sex=lookout.sex,
        documents=lookout.documents,
    )


def lookout_entry(lookout: Lookout, line: int | None = None) -> ListEntry:
    """A look-out as an entry to screen against, with its basis and who answers for it."""
    created = lookout.created_at.date()
    entry = msgspec.structs.replace(
        identity_entry(lookout),
        programme=lookout.basis,
        listed_on=PartialDate(created.year, created.month, created.day),
        notes=(("originator", lookout.originator), ("office", lookout.office)),
    )
    return msgspec.structs.replace(entry, version=content_hash(entry), source_line=line)
