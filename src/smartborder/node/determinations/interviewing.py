"""What is done in an interview: interpreter, the question of fear, evidence, the read-back.

Each is appended with who recorded it and when. A mistake is put right by the next entry, not by
changing the last.
"""

from collections.abc import Mapping

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.node.determinations.keeping import Event, File, add_version
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

LONGEST = 4000
"""Characters of one answer."""
_FIELDS: Mapping[str, tuple[tuple[str, bool], ...]] = {
    "interpreter": (("needed", True), ("name", False), ("language", True)),
    "fear": (("answer", True),),
    "evidence": (("what", True), ("origin", False)),
    "read-back": (("language", True), ("result", True), ("corrections", False)),
}
"""Fields of each kind, and whether they must be filled in."""
_CHOICES: Mapping[tuple[str, str], frozenset[str]] = {
    ("interpreter", "needed"): frozenset({"yes", "no"}),
    ("read-back", "result"): frozenset({"agreed", "corrected"}),
}


class EntryUnusable(InputError):
    """A field of an interview entry is missing or cannot be used; the detail names it."""

    code = "determination.entry"
    title = Text("Entry cannot be used", "Consignation inutilisable")


def record(s: Session, home: NodeHome, file: File, kind: str, given: Mapping[str, str]) -> str:
    """Append one entry; its id.

    Asking what the person fears also records the fact ``fear_asked``, with its source.

    Raises:
        EntryUnusable: an unknown kind, or a field that is missing or too long.

    """
    content = _content(kind, given)
    entry = s.new_id("entry")
    s.insert(
        "determinations.event",
        ("id", "file", "kind", "content", "at", "actor"),
        [(entry, file.id, kind, msgspec.Raw(msgspec.json.encode(content)), s.now, s.actor.id)],
    )
    s.leaf("determination", entry, {"file": file.id, "content": content})
    s.saw("determination", [file.id], "interview recorded")
    if kind == "fear" and file.now.facts.get("fear_asked") is not True:
        asked = {"value": True, "source": f"interview entry {entry}"}
        add_version(s, home, file, {**file.now.facts, "fear_asked": asked},
                    seen=file.now.number, on=file.now.on, as_known=file.now.as_known)  # fmt: skip
    return entry


def missing(file: File) -> tuple[str, ...]:
    """What an interview still lacks before anything adverse may be decided on a claim.

    The read-back must come after the last thing the person said.
    """
    if not file.family.protected:
        return ()
    lacking = [k for k in ("interpreter", "fear") if not file.happened(k)]
    said = [e.at for e in file.events if e.kind in ("fear", "evidence")]
    read = [e.at for e in file.happened("read-back")]
    if not read or (said and max(read) < max(said)):
        lacking.append("read-back")
    return tuple(lacking)


def last(file: File, kind: str) -> Event | None:
    """The newest entry of one kind."""
    found = file.happened(kind)
    return found[-1] if found else None


def _content(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    if kind not in _FIELDS:
        raise EntryUnusable("no such kind of entry", field="kind")
    content = {}
    for name, needed in _FIELDS[kind]:
        value = given.get(name, "").strip()
        allowed = _CHOICES.get((kind, name))
        if (needed and not value) or len(value) > LONGEST:
            raise EntryUnusable(f"{name}: 1 to {LONGEST} characters", field=name)
        if allowed is not None and value not in allowed:
            raise EntryUnusable(f"{name}: choose one of the answers", field=name)
        if value:
            content[name] = value
    if kind == "interpreter" and content["needed"] == "yes" and "name" not in content:
        raise EntryUnusable("name: who interprets", field="name")
    if kind == "read-back" and content["result"] == "corrected" and "corrections" not in content:
        raise EntryUnusable("corrections: what the person corrected", field="corrections")
    return content
