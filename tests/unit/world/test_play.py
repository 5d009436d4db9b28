"""Which beats are played, which are told, and that a run of so many seconds ends by itself."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from smartborder.kernel.text import Text
from smartborder.world.demo.beats import Beat
from smartborder.world.demo.play import Options, Screen, tell
from smartborder.world.demo.seen import Seen
from smartborder.world.demo.stage import Stage


@pytest.mark.parametrize(
    ("asked", "played", "told"),
    [(None, [1, 3], [1, 2, 3]), (1, [1], [1]), (2, [1], [2]), (3, [1, 3], [3])],
)
def test_a_beat_is_told_after_those_before_it_were_played(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    asked: int | None,
    played: list[int],
    told: list[int],
) -> None:
    done: list[int] = []

    def play(number: int) -> Callable[[Stage], Seen]:
        def one(stage: Stage) -> Seen:
            done.append(number)
            return Seen(line=Text("seen", "vu"))

        return one

    beats = [Beat(1, Text("One", "Un"), play(1)), Beat(2, Text("Two", "Deux")),
             Beat(3, Text("Three", "Trois"), play(3))]  # fmt: skip
    options = Options(beat=asked, seconds=0, json=True)
    tell(beats, Stage(tmp_path, 1, print), Screen(options), options)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (done, [line["beat"] for line in lines]) == (played, told)
    assert [line["seen"] is None for line in lines] == [line["beat"] == 2 for line in lines]
