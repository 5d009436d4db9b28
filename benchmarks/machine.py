"""What this machine can do right now; printed beside every figure, since machines differ."""

import os
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SECONDS = 0.4


def rates() -> dict[str, float]:
    """fdatasync, Ed25519 verifications and pydifact messages a second, on one core."""
    return {
        "fdatasync_per_s": round(_fdatasync(), 1),
        "ed25519_verify_per_s": round(_ed25519(), 1),
        "pydifact_messages_per_s": round(_pydifact(), 2),
    }


def median_of_five(measure: Callable[[], float]) -> float:
    """The median of five runs of ``measure``."""
    return statistics.median(measure() for _ in range(5))


def per_second(step: Callable[[], object], seconds: float = _SECONDS) -> float:
    """How often ``step`` can be done in a second."""
    began = time.perf_counter()
    done = 0
    while (spent := time.perf_counter() - began) < seconds:
        step()
        done += 1
    return done / spent


def _fdatasync() -> float:
    with tempfile.TemporaryFile() as file:

        def step() -> None:
            file.write(b"x" * 512)
            file.flush()
            os.fdatasync(file.fileno())

        return per_second(step)


def _ed25519() -> float:
    key = Ed25519PrivateKey.generate()
    message = b"m" * 2048
    signature, public = key.sign(message), key.public_key()
    return per_second(lambda: public.verify(signature, message))


def _pydifact() -> float:
    from pydifact.segmentcollection import Interchange

    people = "".join(
        f"NAD+FL+++DOE:ALEX{n}'ATT+2++M'DTM+329:800101'NAT+2+FRA'DOC+P+X{n:07}'" for n in range(200)
    )
    text = (
        "UNB+UNOA:4+A+B+261124:1000+1'UNH+1+PAXLST:D:02B:UN'BGM+745'"
        + people
        + "UNT+1003+1'UNZ+1+1'"
    )

    def step() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parse()

    def parse() -> None:
        for message in Interchange.from_str(text).get_messages():
            list(message.segments)

    return per_second(step, 1.0)
