"""A private copy of the wheel's server for a user who cannot see our installation.

As root the server runs as ``postgres`` or ``nobody``, which cannot enter a venv below
``/root``. The package and its ``.libs`` sibling are copied to the node's place, because the
binaries find their libraries by a path relative to themselves.
"""

import os
import pwd
import shutil
from pathlib import Path

from smartborder.node.store.servers import Server

_NOT_NEEDED = shutil.ignore_patterns("*.a", "include", "doc", "__pycache__", "*.py", "pkgconfig")


def private_copy(server: Server, place: Path, user: str) -> Server:
    """The same server below ``place``, readable by ``user``; copied once per version.

    Args:
        server: the wheel's server as installed.
        place: the node's private folder (owned by ``user``).
        user: the operating system's user that will run it.

    """
    package = server.bin.parent.parent
    target = place / f"server-{server.version}"
    if not target.exists():
        draft = place / f"server-{server.version}.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(folder, draft / folder.name, symlinks=True, ignore=_NOT_NEEDED)
        give(draft, user)
        draft.rename(target)
    return Server(
        bin=target / package.name / "pginstall" / "bin",
        major=server.major,
        version=server.version,
        source=server.source,
    )


def give(folder: Path, user: str) -> None:
    """Make ``user`` the owner of a folder and all in it."""
    owner = pwd.getpwnam(user)
    for parent, folders, names in os.walk(folder):
        for name in (parent, *(os.path.join(parent, n) for n in (*folders, *names))):
            os.chown(name, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
