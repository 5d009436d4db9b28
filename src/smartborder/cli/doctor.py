"""``smartborder doctor``: what this machine and this node have and lack."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from smartborder.kernel.text import Language, Text

_SIGNS = {
    "ok": Text("ok", "ok"),
    "warn": Text("warning", "attention"),
    "missing": Text("missing", "manquant"),
}


def doctor(
    home: Annotated[
        Path | None,
        typer.Option(
            "--home",
            envvar="SMARTBORDER_HOME",
            help="Folder of the node [default: ~/.local/share/smartborder/node].",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    lang: Annotated[Language, typer.Option("--lang", help="Language of what is printed.")] = "en",
) -> None:
    """Look at everything a node needs and say what to do about what is missing."""
    import msgspec

    from smartborder.node.doctor import examine
    from smartborder.node.home import default_path

    checks = examine((home or default_path()).absolute(), os.environ.get("DATABASE_URL"))
    if as_json:
        fine = all(check.state != "missing" for check in checks)
        document = {"ok": fine, "checks": msgspec.to_builtins(checks)}
        print(json.dumps(document, ensure_ascii=False))
        return
    colon = Text(": ", " : ").in_(lang)
    for check in checks:
        print(
            f"{_SIGNS[check.state].in_(lang):<10}{check.title.in_(lang)}{colon}{check.found.in_(lang)}"
        )
        if check.advice:
            print(f"{'':<10}-> {check.advice.in_(lang)}")
