"""``smartborder demo``: two nodes and a day at the border, until Ctrl-C."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def demo(
    beat: Annotated[int | None, typer.Option(min=1, max=20, help="Play only this beat.")] = None,
    seconds: Annotated[float | None, typer.Option(help="Stop this long after the story.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same day.")] = 20021212,
    reset: Annotated[bool, typer.Option("--reset", help="Remove a demo left behind.")] = False,
    lang: Annotated[Literal["en", "fr"], typer.Option(help="Language of the captions.")] = "en",
    json: Annotated[bool, typer.Option("--json", help="JSON Lines, one a beat.")] = False,
    place: Annotated[
        Path | None, typer.Option(help="Folder for the two nodes [default: a temporary one].")
    ] = None,
) -> None:
    """Start a Canadian and a US node and play the day; Ctrl-C ends it and leaves nothing."""
    from smartborder.world.demo.play import Options, play

    play(
        Options(beat=beat, seconds=seconds, seed=seed, reset=reset, language=lang, json=json,
                place=place)
    )  # fmt: skip
