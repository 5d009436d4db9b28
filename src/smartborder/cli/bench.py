"""``smartborder bench NAME``: one bar of the project, median of five, beside its peer."""

import importlib
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from smartborder.cli.output import emit
from smartborder.kernel.errors import EnvironmentFault, InputError
from smartborder.kernel.text import Text

_FOLDER = Path(__file__).resolve().parents[3] / "benchmarks"


class NoBenchmarks(EnvironmentFault):
    """The benchmarks live beside the source: run them from a checkout."""

    code = "bench.not-a-checkout"
    title = Text("No benchmarks here", "Aucun banc d'essai ici")


class UnknownBenchmark(InputError):
    """There is no benchmark of that name; the error names those that there are."""

    code = "bench.unknown"
    title = Text("Unknown benchmark", "Banc d'essai inconnu")


def names() -> list[str]:
    """The benchmarks of this checkout: every module of ``benchmarks/`` that has a ``run``."""
    if not _FOLDER.is_dir():
        raise NoBenchmarks("run this from a checkout of the source")
    found = (p for p in _FOLDER.glob("*.py") if "\ndef run(" in p.read_text())
    return sorted(p.stem.replace("_", "-") for p in found)


def bench(
    name: Annotated[str, typer.Argument(help="edifact, intake, screening ...")],
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Measure one bar here and now, with its peer in the same run."""
    if name not in names():
        raise UnknownBenchmark(f"there are: {', '.join(names())}", name=name)
    sys.path.insert(0, str(_FOLDER.parent))
    module: Any = importlib.import_module(f"benchmarks.{name.replace('-', '_')}")
    emit(module.run(), json=json)
