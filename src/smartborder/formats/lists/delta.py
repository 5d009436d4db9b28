"""What changed between two versions of a list."""

from collections.abc import Iterable

import msgspec

from smartborder.model.screening import ListEntry


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """One field of an entry before and after, as JSON text."""

    field: str
    before: str
    after: str


class EntryChange(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is in both versions and says something else now."""

    before: ListEntry
    after: ListEntry
    fields: tuple[FieldChange, ...]

    @property
    def material(self) -> bool:
        """True if what changed can change who matches; notes and listing dates cannot."""
        return any(f.field not in {"notes", "listed_on", "programme"} for f in self.fields)


class ListDelta(msgspec.Struct, frozen=True, kw_only=True):
    """Entries added, removed and changed, each in the order of its own version."""

    added: tuple[ListEntry, ...] = ()
    removed: tuple[ListEntry, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    unchanged: int = 0

    @property
    def dropped_share(self) -> float:
        """Part of the earlier version (0..1) that is gone; an import stops above 0.1."""
        before = len(self.removed) + len(self.changed) + self.unchanged
        return len(self.removed) / before if before else 0.0


_IGNORED = frozenset({"version", "source_line"})
_FIELDS = tuple(f for f in ListEntry.__struct_fields__ if f not in _IGNORED)


def lists_delta(before: Iterable[ListEntry], after: Iterable[ListEntry]) -> ListDelta:
    """Compare two versions of a list by entry id."""
    old = {entry.id: entry for entry in before}
    added: list[ListEntry] = []
    changed: list[EntryChange] = []
    unchanged = 0
    for entry in after:
        earlier = old.pop(entry.id, None)
        if earlier is None:
            added.append(entry)
            continue
        fields = (
            () if entry.version and entry.version == earlier.version else _compare(earlier, entry)
        )
        if fields:
            changed.append(EntryChange(before=earlier, after=entry, fields=fields))
        else:
            unchanged += 1
    return ListDelta(
        added=tuple(added),
        removed=tuple(old.values()),
        changed=tuple(changed),
        unchanged=unchanged,
    )


def _compare(before: ListEntry, after: ListEntry) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field=name, before=_text(ours), after=_text(theirs))
        for name in _FIELDS
        if (ours := getattr(before, name)) != (theirs := getattr(after, name))
    )


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
