"""An advance notice as a form: what an officer types, and the notice it means."""

from collections.abc import Mapping
from datetime import datetime

from smartborder.model.iso3166 import understand
from smartborder.model.screening import ListedDocument
from smartborder.node.custody.embargo import Notice, NoticeUnusable
from smartborder.web.lookout_words import KIND_NAMES

FIELDS = ("kind", "names", "documents", "authority", "named", "release_at")
LIMIT = 200
"""Characters of one line."""
MOST = 20
"""Lines of one field."""


def read(data: Mapping[str, str], now: datetime) -> Notice:
    """The notice a form means.

    Raises:
        NoticeUnusable: naming the first field that cannot be used as typed.

    """
    kind = next((k for k in KIND_NAMES if k == data.get("kind")), None)
    if kind is None:
        raise NoticeUnusable("kind: one of the list", field="kind")
    return Notice(
        kind=kind, names=_lines(data, "names"), documents=_documents(data),
        authority=_lines(data, "authority")[0], named=_lines(data, "named"),
        release_at=_release(data, now),
    )  # fmt: skip


def _lines(data: Mapping[str, str], field: str) -> tuple[str, ...]:
    found = [" ".join(line.split()) for line in data.get(field, "").splitlines()]
    lines = tuple(dict.fromkeys(line for line in found if line))
    if not lines or len(lines) > MOST or any(len(line) > LIMIT for line in lines):
        raise NoticeUnusable(f"{field}: 1 to {MOST} lines of {LIMIT} characters", field=field)
    return lines


def _documents(data: Mapping[str, str]) -> tuple[ListedDocument, ...]:
    """One a line: number, then the code of the country that issued it."""
    return tuple(_document(line) for line in _lines(data, "documents"))


def _document(line: str) -> ListedDocument:
    number, *rest = line.split()
    issuer = understand(rest[0].upper()) if len(rest) == 1 else None
    if issuer is None:
        raise NoticeUnusable("documents: number and issuing country", field="documents")
    return ListedDocument(number=number, issuer=issuer[0])


def _release(data: Mapping[str, str], now: datetime) -> datetime:
    try:
        at = datetime.strptime(data.get("release_at", "").strip() + "Z", "%Y-%m-%d %H:%M%z")
    except ValueError as error:
        raise NoticeUnusable("release_at: YYYY-MM-DD HH:MM", field="release_at") from error
    if at <= now:
        raise NoticeUnusable("release_at: the release lies in the future", field="release_at")
    return at
