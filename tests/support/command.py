"""``smartborder`` as typed at a shell, in this process: no second is spent on starting Python.

What is proved about processes (signals, exit codes of a real shell) is in ``tests/faults``.
"""

import io
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from subprocess import CompletedProcess

import pytest

from smartborder.cli.main import run


def typed(*words: str, environment: Mapping[str, str] | None = None) -> "CompletedProcess[str]":
    """What ``smartborder WORDS`` ends with and says."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["smartborder", *words])
        for name, value in (environment or {}).items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            run()
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return CompletedProcess(["smartborder", *words], int(ended.value.code or 0), *said)
