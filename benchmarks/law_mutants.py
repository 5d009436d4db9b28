"""``bench law-mutants``: would a wrong rule be noticed? Each rule is spoilt, one place at a time.

A mutant swaps a comparison, turns a truth value, a connective or a return round, moves a
number by one or drops a ``not``; it is *killed* if a YAML case then comes out differently.
Bar: 90 % killed. Shards and a results file make long runs resumable:

    python -m benchmarks.law_mutants --shard 1/4 --results mutants.jsonl
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec  # noqa: F401  (loaded once, before the children are made)
import yaml

_ROOT = Path(__file__).resolve().parents[1]
_LAW = _ROOT / "src" / "smartborder" / "law"
_SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
BAR = 90.0


def modules() -> list[str]:
    """The modules that decide: rules and their helpers, not sentences and not facts."""
    words = ("_reasons", "_facts", "__init__")
    found = [*(_LAW / "ca").glob("*.py"), *(_LAW / "us").glob("*.py")]
    found += [_LAW / f"{name}.py" for name in ("cargo_timing", "checklist", "membership")]
    return sorted(
        str(p.relative_to(_LAW.parents[1]))[:-3].replace("/", ".")
        for p in found
        if not any(w in p.stem for w in words)
    )


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Every spoilt version of a module: line, what was done, tree."""
    tree = ast.parse(source)
    places = [n for n in ast.walk(tree) if _spoil(copy.copy(n)) is not None]
    for number, place in enumerate(places):
        if _in_annotation(tree, place):
            continue
        spoilt = copy.deepcopy(tree)
        node = [n for n in ast.walk(spoilt) if _spoil(copy.copy(n)) is not None][number]
        what = _spoil(node)
        yield getattr(place, "lineno", 0), what or "", ast.fix_missing_locations(spoilt)


def _spoil(node: ast.AST) -> str | None:
    """Spoil a node in place and say how; None if it is not one to spoil."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPS:
        before = type(node.ops[0])
        node.ops = [_SWAPS[before](), *node.ops[1:]]
        return f"{before.__name__} -> {_SWAPS[before].__name__}"
    if isinstance(node, ast.BoolOp):
        before_op = type(node.op).__name__
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return f"{before_op} turned"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        node.value = not node.value
        return "truth value turned"
    if isinstance(node, ast.Constant) and type(node.value) is int:
        node.value += 1
        return "number moved by one"
    if isinstance(node, ast.If):
        node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)
        return "condition turned"
    return None


def _in_annotation(tree: ast.Module, place: ast.AST) -> bool:
    """Descriptions of facts decide nothing; which words are adverse has a table of its own."""
    return any(
        place in ast.walk(n)
        for n in ast.walk(tree)
        if (isinstance(n, ast.ClassDef) and n.bases)
        or (isinstance(n, ast.keyword) and n.arg == "adverse")
    )


class _Spoilt(importlib.abc.SourceLoader):
    """Loads one module from a spoilt tree."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self._path, self._tree = path, tree

    def get_filename(self, fullname: str) -> str:
        return self._path

    def get_data(self, path: str) -> bytes:
        return b""

    def get_code(self, fullname: str) -> object:
        return compile(self._tree, self._path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        self._name, self._loader = name, _Spoilt(path, tree)

    def find_spec(self, fullname: str, path: object, target: object = None) -> object:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, self._loader)


def _survives(name: str, tree: ast.Module) -> bool:
    """In a child process: import the law with one module spoilt, ask every case."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    signal.alarm(30)  # a mutant that never ends was noticed
    sys.meta_path.insert(0, _Finder(name, str(_LAW), tree))
    sys.stderr = sys.stdout = open(os.devnull, "w")  # noqa: SIM115  (the child ends at once)
    try:
        os._exit(1 if _noticed(name) else 0)
    except BaseException:
        os._exit(1)


def _noticed(name: str) -> bool:
    """Every case is asked, those of the rule that was spoilt first."""
    yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    from smartborder import law
    from smartborder.law.cases import differences, read_cases

    stem = name.rpartition(".")[2].partition("_")[0]
    near = {
        "trusted": "nexus",
        "coming": "removal",
        "departure": "removal",
        "cargo": "advance",
        "membership": "nexus",
    }
    first = near.get(stem, stem)
    for rule in sorted({r.name for r in law.rules()}, key=lambda r: (not r.startswith(first), r)):
        for path in sorted((_ROOT / "tests" / "cases" / rule).glob("*.yaml")):
            for case in read_cases(_TEXTS[path], rule):
                if differences(case.expect, case.ask()):
                    return True
    return False


_TEXTS = {p: p.read_text("utf-8") for p in (_ROOT / "tests" / "cases").glob("*/*.yaml")}


def survivors(shard: int = 1, of: int = 1, results: Path | None = None) -> tuple[int, list[str]]:
    """How many mutants there were in this shard, and which lived."""
    done = {}
    if results is not None and results.exists():
        rows = [json.loads(line) for line in results.read_text().splitlines()]
        done = {row["mutant"]: row["lived"] for row in rows}
    total, lived = 0, []
    for name in modules():
        path = _LAW.parents[1] / (name.replace(".", "/") + ".py")
        for number, (line, what, tree) in enumerate(mutants(path.read_text("utf-8"))):
            if number % of != shard - 1:
                continue
            key = f"{name}:{line}: {what} #{number}"
            if key not in done:
                done[key] = _survives(name, tree)
                if results is not None:
                    with results.open("a") as file:
                        print(json.dumps({"mutant": key, "lived": done[key]}), file=file)
            total += 1
            if done[key]:
                lived.append(key)
    return total, lived


def run() -> dict[str, object]:
    """The share of mutants that the cases kill."""
    total, lived = survivors()
    return {
        "name": "law-mutants",
        "ours": round(100 * (1 - len(lived) / total), 1),
        "peer": None,
        "ratio": None,
        "unit": "% killed",
        "conditions": {
            "mutants": total,
            "lived": lived,
            "modules": len(modules()),
            "not_spoilt": "sentences, facts, holidays.py (exact values in its own tests)",
            "bar": BAR,
        },
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shard", default="1/1")
    parser.add_argument("--results", type=Path, default=None)
    arguments = parser.parse_args()
    which, of_all = (int(n) for n in arguments.shard.split("/"))
    count, alive = survivors(which, of_all, arguments.results)
    killed = 100 * (1 - len(alive) / max(count, 1))
    print(f"{count} mutants, {len(alive)} lived ({killed:.1f} % killed)")
    print("\n".join(alive))
