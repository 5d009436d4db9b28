"""The tables of ``docs/reference/paxlst.md`` and ``cusres.md``, made from the code.

A page holds ``<!-- table NAME -->`` and ``<!-- end -->``; what stands between them is ours.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from smartborder.formats.edifact.codes import FUNCTIONS, PURPOSES, REPLY_KINDS, ROLES
from smartborder.formats.edifact.findings import FINDINGS
from smartborder.model.country import load_country
from smartborder.model.reply import REPLY_CODES

_MARKED = re.compile(r"(<!-- table ([a-z-]+) -->\n).*?(<!-- end -->)", re.S)


def fill(page: str) -> str:
    """``page`` with each of its tables as the code has it now."""
    return _MARKED.sub(lambda m: f"{m[1]}{TABLES[m[2]]()}{m[3]}", page)


def _table(heads: str, rows: Iterable[Iterable[str]]) -> str:
    columns = heads.split("|")
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _findings(room: str) -> str:
    return _table(
        "code|severity|English|français",
        (
            (f"`{code}`", row.severity, row.text.en, row.text.fr)
            for code, row in sorted(FINDINGS.items())
            if code.startswith(room + ".")
        ),
    )


def _purposes() -> str:
    rows = []
    for code, functions in FUNCTIONS.items():
        for function in sorted(functions):
            purpose = PURPOSES.get((code, function), PURPOSES[code, ""])
            rows.append((code, function or "-", f"`{purpose}`"))
    return _table("BGM 1001|second element|`purpose`", rows)


def _roles() -> str:
    return _table("NAD 3035|`role`", ((code, f"`{role}`") for code, role in ROLES.items()))


def _kinds() -> str:
    return _table("BGM 1001|`kind`", ((code, f"`{kind}`") for code, kind in REPLY_KINDS.items()))


def _replies() -> str:
    packs = [load_country(code).replies for code in ("CA", "US", "XX")]
    return _table(
        "`meaning`|CA|US|neutral|text (English)|texte (français)",
        (
            (
                f"`{code}`",
                *(pack[code].code for pack in packs),
                packs[2][code].text.en,
                packs[2][code].text.fr,
            )
            for code in REPLY_CODES
        ),
    )


TABLES: Final[dict[str, Callable[[], str]]] = {
    "findings": lambda: _findings("edifact"),
    "reply-findings": lambda: _findings("cusres"),
    "purposes": _purposes,
    "roles": _roles,
    "kinds": _kinds,
    "replies": _replies,
}
