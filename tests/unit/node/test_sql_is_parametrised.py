"""Values are always bound: no SQL text is put together from anything but our own literals."""

import ast
from collections.abc import Iterator
from pathlib import Path

import smartborder

SOURCE = Path(smartborder.__file__).parent
CALLS = {"later", "run", "rows", "first", "one", "value", "many", "execute"}
OURS = {"names", "table", "columns"}
"""Words of our own that Session joins: never input (see its docstrings)."""


def _base(node: ast.AST) -> ast.AST:
    """``TABLE.items()`` -> ``TABLE``."""
    return (
        _base(node.func.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        else node
    )


class _Reader:
    """What the SQL of one file is made of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text())
        self.given: dict[str, list[ast.AST]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self.given.setdefault(target.id, []).append(node.value)
            if isinstance(node, ast.For):  # names that run over a constant of ours
                for name in ast.walk(node.target):
                    if isinstance(name, ast.Name):
                        self.given.setdefault(name.id, []).append(_base(node.iter))

    def fixed(self, node: ast.AST) -> bool:
        """A literal, a choice between literals, a name that only ever holds such, a constant."""
        if isinstance(node, ast.Constant):
            return True
        if isinstance(node, ast.IfExp):
            return self.fixed(node.body) and self.fixed(node.orelse)
        if isinstance(node, ast.BinOp):
            return self.fixed(node.left) and self.fixed(node.right)
        if isinstance(node, ast.JoinedStr):
            return all(
                self.fixed(p.value) for p in node.values if isinstance(p, ast.FormattedValue)
            )
        name = ast.unparse(node).split("[")[0].split(".")[-1].strip("_")
        if name.isupper() or name in OURS:
            return True
        if isinstance(node, ast.Name) and node.id == "sql":
            return True  # what is handed over as ``sql`` is looked at where it is handed over
        values = self.given.get(node.id, []) if isinstance(node, ast.Name) else []
        return bool(values) and all(self.fixed(value) for value in values)

    def texts(self) -> Iterator[ast.AST]:
        """Every SQL text: first arguments of the session's calls, and what goes into ``sql``."""
        takers = {
            f.name: [a.arg for a in f.args.args].index("sql")
            for f in ast.walk(self.tree)
            if isinstance(f, ast.FunctionDef) and "sql" in [a.arg for a in f.args.args]
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in CALLS and node.args:
                    if isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                        yield node.args[0]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = takers.get(node.func.id)
                if place is not None and place < len(node.args):
                    yield node.args[place]

    def suspicious(self) -> list[str]:
        return [
            f"{self.path.relative_to(SOURCE)}:{text.lineno}"
            for text in self.texts()
            if not self.fixed(text)
        ]


def test_sql_text_holds_only_our_own_words():
    rooms = [*(SOURCE / "node").rglob("*.py"), *(SOURCE / "web").rglob("*.py")]
    read = [_Reader(p) for p in rooms if "migrations" not in p.parts]
    assert [place for reader in read for place in reader.suspicious()] == []


def test_the_reader_finds_a_value_in_sql_text(tmp_path):
    file = SOURCE / "node" / "planted.py"
    reader = _Reader.__new__(_Reader)
    reader.path, reader.given = file, {}
    reader.tree = ast.parse('def f(s, x):\n    s.rows(f"SELECT * FROM t WHERE a = {x}")')
    assert reader.suspicious() == ["node/planted.py:2"]
