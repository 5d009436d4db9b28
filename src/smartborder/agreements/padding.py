"""Makes withheld, absent and empty the same size on the wire.

The size of an answer follows from the question alone: each field has a budget of bytes, the
budgets of all requested fields are added up, and the answer is padded to the next size class
whatever it holds.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from smartborder.agreements.vocabulary import vocabulary
from smartborder.kernel.canonical import canonical
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.agreement import Answer
from smartborder.model.exchange import EnvelopeRefused

SMALLEST_CLASS = 4096
_FRAME = 512
_MARK = b"\x80"


class PayloadTooLarge(InputError):
    """A value exceeds the bytes its field may have; it would show in the size of the answer."""

    code = "exchange.payload-too-large"
    title = Text("Value too large for its field", "Valeur trop grande pour son champ")
    status = 413


def size_class(length: int) -> int:
    """The smallest class that holds ``length`` bytes: 4096, and each further one twice as large."""
    size = SMALLEST_CLASS
    while size < length:
        size *= 2
    return size


def answer_size(fields: Iterable[str]) -> int:
    """The padded size of any answer about ``fields``, in bytes; known from the question."""
    words = vocabulary().fields
    budgets = (words[name].max_bytes if name in words else 0 for name in dict.fromkeys(fields))
    names = sum(len(canonical(name)) + 6 for name in dict.fromkeys(fields))
    return size_class(_FRAME + names + sum(budgets) + 1)


def build_payload(answer: Answer, values: Mapping[str, Any]) -> bytes:
    """The bytes that cross for ``answer``, before encryption.

    ``values`` may hold more than was granted: only granted fields are taken. A value that is
    empty becomes null, as do absent and withheld ones.

    Raises:
        PayloadTooLarge: naming the field whose value exceeds its budget.

    """
    words = vocabulary().fields
    places: dict[str, Any] = dict(answer.partner_sees["fields"])
    granted = frozenset(answer.granted)
    for name in places:
        places[name] = _given(values.get(name)) if name in granted else None
        if len(canonical(places[name])) > max(words[name].max_bytes if name in words else 0, 4):
            raise PayloadTooLarge(f"{name}: at most {words[name].max_bytes} bytes", field=name)
    body = canonical({**answer.partner_sees, "fields": places})
    return pad(body, answer_size(places))


def _given(value: Any) -> Any:
    """Null for what is empty; 'no record' answers like 'may not be answered', so False too."""
    empty = value is False or (isinstance(value, str | list | tuple | dict) and not value)
    return None if empty else value


def pad(data: bytes, size: int) -> bytes:
    """``data`` with a mark and zeros up to ``size`` bytes (ISO/IEC 9797-1, method 2).

    Raises:
        PayloadTooLarge: if it does not fit.

    """
    if len(data) >= size:
        raise PayloadTooLarge(f"at most {size - 1} bytes")
    return data + _MARK + bytes(size - len(data) - 1)


def unpad(data: bytes) -> bytes:
    """What was padded.

    Raises:
        EnvelopeRefused: if there is no padding.

    """
    stripped = data.rstrip(b"\x00")
    if not stripped.endswith(_MARK):
        raise EnvelopeRefused("a part is not padded")
    return stripped[:-1]


def read_payload(data: bytes) -> dict[str, Any]:
    """The fields of a received payload by name; null where nothing was given.

    Raises:
        EnvelopeRefused: if it is not a payload.

    """
    try:
        body = msgspec.json.decode(unpad(data))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise EnvelopeRefused("a part cannot be read") from error
    if not isinstance(body, dict) or not isinstance(body.get("fields"), dict):
        raise EnvelopeRefused("a part holds no fields")
    return dict(body["fields"])
