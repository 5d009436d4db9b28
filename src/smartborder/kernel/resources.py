"""The one reader of our own read-only package data."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text


class ResourceMissing(EnvironmentFault):
    """A file that ships with the package is not there: reinstall the package."""

    code = "environment.resource-missing"
    title = Text("Package data missing", "Données du logiciel manquantes")


def read_bytes(package: str, path: str) -> bytes:
    """The bytes of ``path`` inside ``package`` (dotted name).

    Raises:
        ResourceMissing: if the package does not ship that file.

    """
    node = files(package)
    for part in path.split("/"):
        node = node / part
    try:
        return node.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise ResourceMissing(f"{package}: {path} is not part of this installation") from error


@cache
def read_yaml(package: str, path: str) -> Any:
    """A YAML file of ``package``, parsed once per process; treat the result as read-only."""
    return yaml.load(read_bytes(package, path), Loader=_Loader)  # noqa: S506  (safe C loader)


def list_names(package: str, path: str) -> tuple[str, ...]:
    """Names of the files in a folder of ``package``, sorted; empty if there is no such folder."""
    node = files(package)
    for part in path.split("/"):
        node = node / part
    return tuple(sorted(child.name for child in node.iterdir())) if node.is_dir() else ()


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
