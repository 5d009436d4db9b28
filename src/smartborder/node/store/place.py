"""The private folders of an own server: made, given to the server's user, checked before use."""

import os
import pwd
import stat
from pathlib import Path

from smartborder.node.home import HomePermissions


def identity(user: str) -> tuple[int | None, int | None, list[str] | None]:
    """User, group and further groups a child gets; nothing to change unless we are root."""
    if os.geteuid() != 0:
        return None, None, None
    owner = pwd.getpwnam(user)
    return owner.pw_uid, owner.pw_gid, []


def make(folder: Path, user: str) -> None:
    """A folder only the server's user enters; one that somebody else prepared is refused.

    Raises:
        HomePermissions: it cannot be made, or is not ours alone.

    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        folder.mkdir(exist_ok=True, mode=0o700)
        if os.geteuid() == 0 and not folder.is_symlink():
            owner = pwd.getpwnam(user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    except OSError as error:
        raise HomePermissions(
            f"the folder cannot be made: {error.strerror}", place=str(folder)
        ) from error
    check(folder, user)


def check(folder: Path, user: str) -> None:
    """Owned by the server's user, closed to everybody else, no link to elsewhere.

    Raises:
        HomePermissions: it is not so; the message says what must be.

    """
    try:
        found = folder.lstat()
    except OSError as error:
        raise HomePermissions(f"{error.strerror}", place=str(folder)) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != pwd.getpwnam(user).pw_uid:
        raise HomePermissions(f"must be a folder owned by {user}", place=str(folder))
    if found.st_mode & 0o777 != 0o700:
        raise HomePermissions(
            f"mode is {found.st_mode & 0o777:04o}, must be 0700", place=str(folder)
        )
