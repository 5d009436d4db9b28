"""Run the command as a normal user, also when the tests themselves run as root."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

import smartborder

_SOURCE = Path(smartborder.__file__).resolve().parent.parent
_PACKAGES = next(p for p in sys.path if p.endswith("site-packages"))


class NormalUser:
    """Ourselves, or ``nobody`` when we are root; with a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = os.geteuid() == 0
        self.name = "nobody" if self.root else pwd.getpwuid(os.geteuid()).pw_name
        self.python = self._python()

    def run(
        self, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """``smartborder ARGUMENTS`` as that user."""
        return self.run_python("-m", "smartborder", *arguments, environment=environment)

    def run_python(
        self, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Python as that user, in the folder."""
        return subprocess.run(
            [self.python, *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "PYTHONPATH": f"{_SOURCE}{os.pathsep}{_PACKAGES}",
                "PYTHONDONTWRITEBYTECODE": "1",
                **(environment or {}),
            },
            **self._identity(),
        )

    def _identity(self) -> dict[str, object]:
        if not self.root:
            return {}
        nobody = pwd.getpwnam("nobody")
        return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def _python(self) -> str:
        """An interpreter of our version that this user may run with our packages."""
        ours = sys.version_info[:2]
        check = f"import sys, smartborder, msgspec; assert sys.version_info[:2] == {ours}"
        for candidate in (sys.executable, "/usr/bin/python3"):
            self.python = candidate
            try:
                if self.run_python("-c", check).returncode == 0:
                    return candidate
            except PermissionError:
                continue
        pytest.skip("no Python of this version, with the packages, that user nobody may run")


@contextmanager
def normal_user() -> Iterator[NormalUser]:
    """A normal user with a folder below /tmp that is theirs and goes with the block."""
    folder = Path(tempfile.mkdtemp(prefix="sb-user-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        yield NormalUser(folder)
    finally:
        shutil.rmtree(folder)
