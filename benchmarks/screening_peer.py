"""The peer, nomenklatura LogicV2, in an opt-in environment of its own.

It is large and needs the ICU headers, so it is never part of ours. ``SMARTBORDER_PEER_PYTHON``
names a Python that has it; ``SMARTBORDER_PEER=build`` makes one under ``.bench/peer`` (some
minutes; needs libicu-dev, g++ and pkg-config). Without either the figures stay null.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
_OWN = _ROOT / ".bench" / "peer"
_WORKER = Path(__file__).with_name("screening_peer_worker.py")
_PACKAGE = "nomenklatura==4.17.4"


class NoPeer(Exception):
    """The peer is not installed; the text says why and what to do."""


def peer_python() -> Path:
    """The Python of the peer's environment.

    Raises:
        NoPeer: if there is none, or it could not be built.

    """
    named = os.environ.get("SMARTBORDER_PEER_PYTHON")
    if named:
        return Path(named)
    own = _OWN / "bin" / "python"
    if own.exists():
        return own
    if os.environ.get("SMARTBORDER_PEER") != "build":
        raise NoPeer("set SMARTBORDER_PEER=build or SMARTBORDER_PEER_PYTHON to measure the peer")
    # Our own environment has no pip; the Python it was made from has.
    base = str(Path(sys.base_prefix) / "bin" / "python3")
    steps = (
        [base, "-m", "venv", "--without-pip", str(_OWN)],
        [base, "-m", "pip", "--python", str(own), "install", "-q", _PACKAGE],
    )
    _OWN.parent.mkdir(exist_ok=True)
    (_OWN.parent / ".gitignore").write_text("*\n")
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            raise NoPeer(f"the peer could not be installed: {done.stderr.strip()[-300:]}")
    return own


def score(pairs: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Scores, CPU seconds and version for pairs of (kind, name, name).

    Raises:
        NoPeer: if the peer is not there or fails.

    """
    lines = "\n".join(json.dumps({"kind": k, "a": a, "b": b}) for k, a, b in pairs)
    done = subprocess.run(
        [peer_python(), _WORKER], input=lines, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoPeer(f"the peer failed: {done.stderr.strip()[-300:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result
