"""Writes ``docs/reference/law/mutation.md`` from the results of ``benchmarks.law_mutants``.

python -m benchmarks.law_mutants --results var/law-mutants.jsonl
python -m benchmarks.law_mutants_page var/law-mutants.jsonl
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from benchmarks.law_mutants import BAR, modules

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "law" / "mutation.md"


def page(rows: list[dict[str, object]]) -> str:
    """The page: killed of all, module by module, and every mutant that lived."""
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        found[str(row["mutant"]).split(":")[0]].append(bool(row["lived"]))
    total, lived = len(rows), sum(bool(r["lived"]) for r in rows)
    lines = [
        "# Would a wrong rule be noticed?",
        "",
        "Each rule is spoilt one place at a time: a comparison, a connective, a truth value, a",
        "number, a condition. A mutant is killed if a case in `tests/cases` then comes out",
        "differently. Unit tests and properties are not asked, so the figure is that of the cases",
        "that a lawyer reads.",
        "",
        f"**{100 * (total - lived) / max(total, 1):.1f} % killed** ({total - lived} of {total};"
        f" bar {BAR:.0f} %); {len(found)} of {len(modules())} modules were spoilt.",
        "",
        "| module | killed | of | % |",
        "|---|---|---|---|",
    ]
    for name, outcomes in sorted(found.items()):
        killed = outcomes.count(False)
        share = 100 * killed / len(outcomes)
        short = name.removeprefix("smartborder.law.")
        lines.append(f"| {short} | {killed} | {len(outcomes)} | {share:.0f} |")
    lines += ["", "## Mutants that lived", ""]
    lines += [
        f"- `{str(r['mutant']).removeprefix('smartborder.law.')}`" for r in rows if r["lived"]
    ] or ["None."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    results = Path(sys.argv[1]).read_text("utf-8").splitlines()
    PAGE.write_text(page([json.loads(line) for line in results]), "utf-8")
