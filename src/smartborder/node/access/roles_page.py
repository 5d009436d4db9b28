"""Prints the table of roles as a page: ``python -m smartborder.node.access.roles_page``."""

import sys

from smartborder.node.access.table import TABLE
from smartborder.node.access.vocabulary import (
    APART,
    MACHINE_ROLES,
    ROLE_NAMES,
    Act,
    Condition,
    Role,
)

_WHEN = {
    Condition.ALWAYS: "",
    Condition.ASSIGNED: " (holds the case)",
    Condition.OTHER_PERSON: " (not who decided first)",
    Condition.OWNER: " (owns the record)",
}

_HEAD = """# Roles: who may do what

Printed from `smartborder.node.access.table` by `python -m smartborder.node.access.roles_page`; a
test fails when this page and the table differ. What is not in a row is refused, on every screen,
in every command and in the API. There is no role that may do everything.

A word in brackets is a condition that must also be true. Roles of one person add up, but
{apart} may not be held together with any other role. `screening-system` is the role of another
system (a kind of API client); no person can be given it.

## Roles

| Role | English | Français | Acts |
|---|---|---|---|
"""

_ACTS = """
## Acts

| Act | English | Français | Who |
|---|---|---|---|
"""


def page() -> str:
    """The page, in Markdown."""
    people = [r for r in Role if r not in MACHINE_ROLES]
    alone = [r for r in people if all(frozenset({r, o}) in APART for o in people if o is not r)]
    lines = [_HEAD.format(apart=" and ".join(f"`{role}`" for role in alone))]
    for role in Role:
        count = sum(role in entry.holders for entry in TABLE.values())
        name = ROLE_NAMES[role]
        lines.append(f"| `{role}` | {name.en} | {name.fr} | {count} |\n")
    lines.append(_ACTS)
    for act in Act:
        entry = TABLE[act]
        who = ", ".join(f"{r}{_WHEN[entry.holders[r]]}" for r in Role if r in entry.holders)
        lines.append(f"| `{act}` | {entry.title.en} | {entry.title.fr} | {who} |\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
