"""Makes .venv from a lock file with nothing but Python and pip. Standard library only.

``demo`` and ``check`` start here. Debian's python3 without python3-venv can do this too:
the venv is made without pip, and the system's pip installs into it from outside.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def say(text: str) -> None:
    """One line of progress for a person."""
    print(text, flush=True)


def ensure(lock: str) -> Path:
    """The venv's Python, with exactly the packages of ``lock`` (hash-checked) installed.

    Does nothing when the lock file has not changed since the last time. Exits 3 with one
    line when this machine lacks what is needed.
    """
    if sys.version_info < (3, 11):
        fail("Python 3.11 or newer is needed; run this with a newer python3")
    lock_file = ROOT / lock
    digest = hashlib.sha256(
        b"".join((ROOT / f).read_bytes() for f in ("bootstrap.py", lock))
    ).hexdigest()
    mark = VENV / f"installed-{lock}"
    if PYTHON.exists() and mark.exists() and mark.read_text() == digest:
        return PYTHON
    if not PYTHON.exists():
        say("making .venv ...")
        run(
            [sys.executable, "-m", "venv", "--without-pip", str(VENV)],
            "python3 could not make a venv",
        )
    say(f"installing the packages of {lock} (once; about a minute) ...")
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet"]
    pip += ["--disable-pip-version-check", "--no-warn-script-location", "--require-hashes"]
    env = dict(os.environ, PIP_ROOT_USER_ACTION="ignore")
    run(
        [*pip, "-r", str(lock_file)],
        "pip could not install; is python3-pip there, and a registry reachable?",
        env,
    )
    link_source()
    mark.write_text(digest)
    return PYTHON


def link_source() -> None:
    """Put ``src`` on the venv's path and give it the ``smartborder`` command."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    (site / "smartborder.pth").write_text(str(ROOT / "src") + "\n")
    command = VENV / "bin" / "smartborder"
    command.write_text(f"#!{PYTHON}\nfrom smartborder.cli.main import run\n\nrun()\n")
    command.chmod(0o755)


def run(command: list[str], otherwise: str, env: dict[str, str] | None = None) -> None:
    """Run a step of the installation; say why and exit 3 when it fails."""
    if subprocess.run(command, env=env).returncode:
        fail(otherwise)


def fail(reason: str) -> None:
    """Exit 3: the environment is missing something."""
    print(f"error: environment.missing: {reason}", file=sys.stderr)
    sys.exit(3)
