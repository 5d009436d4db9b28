"""Reads a share request as people and partners write it."""

from typing import Any

import msgspec

from smartborder.model.agreement import RequestUnusable, ShareRequest

MAX_BYTES = 100_000


def decode_request(data: bytes | dict[str, Any]) -> ShareRequest:
    """The request in ``data``: JSON bytes, or plain values.

    Raises:
        RequestUnusable: naming the key that is missing, unknown or of the wrong type.

    """
    if isinstance(data, bytes) and len(data) > MAX_BYTES:
        raise RequestUnusable(f"request is larger than {MAX_BYTES} bytes")
    try:
        if isinstance(data, bytes):
            return msgspec.json.decode(data, type=ShareRequest)
        return msgspec.convert(data, ShareRequest)
    except RequestUnusable:
        raise
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RequestUnusable(f"request: {error}") from error
