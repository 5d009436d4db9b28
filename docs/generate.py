"""Writes the reference pages that are made from the code: errors, commands, the API.

Run ``python docs/generate.py``; a test fails while the pages differ from the code.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent / "reference"
_NOT_IMPORTED = (".migrations", "__main__", ".store.environment", ".web.asgi", ".worker")


def everything() -> None:
    """Import every module of the package, so that every error class is known."""
    import smartborder

    for module in pkgutil.walk_packages(smartborder.__path__, "smartborder."):
        if not any(part in module.name for part in _NOT_IMPORTED):
            importlib.import_module(module.name)


def errors_page() -> str:
    """The error tree, one row a code."""
    from smartborder.kernel.errors import tree

    everything()
    lines = [
        "# Errors",
        "",
        "Every error a person or a system can meet. The code is stable; HTTP answers carry it in",
        "`application/problem+json`, commands print `error: CODE: detail` and exit with the number"
        " shown.",
        "",
        "| code | English | français | HTTP | exit | what it means, what to do |",
        "|---|---|---|---|---|---|",
    ]
    for error in sorted(tree(), key=lambda e: e.code):
        if error.code != "error":
            meaning = " ".join((error.__doc__ or "").split()).replace("|", "\\|")
            lines.append(
                f"| `{error.code}` | {error.title.en} | {error.title.fr} | {error.status}"
                f" | {error.exit_code} | {meaning} |"
            )
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Every command with its arguments and options, as the program itself knows them."""
    import typer.main

    from smartborder.cli.main import app

    lines = [
        "# The command",
        "",
        "`smartborder --help` says the same. Every command has `--json` where it prints a record;",
        "exit 0: it ran and answered; 2: input or usage is unusable; 3: something is missing here.",
        "",
    ]
    for words, command in _walk(typer.main.get_command(app), ("smartborder",)):
        lines += [f"## {' '.join(words)}", "", " ".join((command.help or "").split()), ""]
        for parameter in command.params:
            if "--help" in parameter.opts:
                continue
            name = ", ".join(f"`{o}`" for o in parameter.opts)
            text = " ".join((getattr(parameter, "help", None) or "").split())
            lines.append(f"- {name}{': ' + text if text else ''}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if not children:
        yield words, command
        return
    for name in sorted(children):
        yield from _walk(children[name], (*words, name))


def api_page() -> str:
    """The machine API, as its routes describe themselves."""
    from smartborder.web.api import reference

    return reference.page()


PAGES = {"errors.md": errors_page, "commands.md": commands_page, "api.md": api_page}


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make())


if __name__ == "__main__":
    sys.path.insert(0, str(REFERENCE.parents[1] / "src"))
    main()
