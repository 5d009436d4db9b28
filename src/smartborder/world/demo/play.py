"""Playing the day: the stage is built, the beats follow, and in the end nothing is left."""

import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import msgspec
from rich.console import Console

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Language, Text
from smartborder.law.citing import cited
from smartborder.node.home import NodeHome
from smartborder.node.process.supervisor import Supervisor
from smartborder.world.demo.beats import BEATS, Beat
from smartborder.world.demo.seen import Seen
from smartborder.world.demo.stage import ROLES, Stage

PACE_SECONDS = 9.0
"""Between two beats when somebody watches."""
_PREFIX = "smartborder-demo-"
NOT_YET = Text("not yet", "pas encore")
SYNTHETIC = Text(
    "synthetic people; law not reviewed by counsel",
    "personnes fictives; règles de droit non révisées par un juriste",
)


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    beat: int | None = None
    seconds: float | None = None
    seed: int = 20021212
    reset: bool = False
    language: Language = "en"
    json: bool = False
    place: Path | None = None


class _Ended(Exception):
    """Somebody asked the demo to end."""


def play(options: Options) -> None:
    """Build the stage, play the beats, wait for Ctrl-C, and clear everything away.

    Raises:
        SmartborderError: when the stage cannot be built or a beat goes wrong; the stage is
            cleared all the same.
    """
    screen = Screen(options)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    if options.reset:
        clear_left_behind()
    place = options.place or Path(tempfile.mkdtemp(prefix=_PREFIX))
    stage = Stage(place, options.seed, screen.progress)
    began = time.monotonic()
    try:
        stage.build()
        screen.addresses(stage, time.monotonic() - began)
        tell(BEATS, stage, screen, options)
    except (_Ended, KeyboardInterrupt):
        pass
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        screen.progress("clearing the stage ...")
        stage.clear()


def clear_left_behind() -> int:
    """Remove demos that were killed before they could clear their stage; how many there were."""
    found = list(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"))
    for place in found:
        for settings in place.glob("*/node.json"):
            try:
                Supervisor(NodeHome.load(settings.parent)).destroy()
            except SmartborderError:
                continue
        for path in sorted(place.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        place.rmdir()
    return len(found)


def tell(beats: Sequence[Beat], stage: Stage, screen: "Screen", options: Options) -> None:
    """Play the beats up to the one that was asked for, tell that one or all, and stay on."""
    for beat in beats:
        if options.beat is None or beat.number <= options.beat:
            _one(beat, stage, screen, options)
    screen.end()
    _wait(options)


def _one(beat: Beat, stage: Stage, screen: "Screen", options: Options) -> None:
    began = time.monotonic()
    seen = beat.play(stage) if beat.play else None
    if options.beat is None or beat.number == options.beat:
        screen.beat(beat, stage, seen)
        watched = sys.stdout.isatty() and options.seconds is None and options.beat is None
        if watched and seen:
            time.sleep(max(0.0, PACE_SECONDS - (time.monotonic() - began)))


def _wait(options: Options) -> None:
    if options.seconds is not None:
        time.sleep(options.seconds)
        return
    while True:
        time.sleep(3600)


def _end(number: int, frame: FrameType | None) -> None:
    raise _Ended


class Screen:
    """What the person at the terminal sees."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._console = Console(highlight=False)

    def _say(self, text: str, *, soft_wrap: bool = False) -> None:
        self._console.print(text, soft_wrap=soft_wrap)
        self._console.file.flush()

    def progress(self, text: str) -> None:
        """One line about what is being done."""
        if not self._options.json:
            self._say(f"[dim]{text}[/dim]")

    def addresses(self, stage: Stage, took: float) -> None:
        """Both addresses and a one-time sign-in link per role."""
        if self._options.json:
            self._line({"addresses": {c: n.address for c, n in stage.nodes.items()},
                        "links": {c: _links(n.links) for c, n in stage.nodes.items()}})  # fmt: skip
            return
        for node in stage.nodes.values():
            self._say(f"\n[bold]{node.home.name}[/bold]  {node.address}")
            for role in ROLES:
                self._say(f"  {role:<14} {node.links.get(role, '')}", soft_wrap=True)
        self._say(f"[bold]{SYNTHETIC.in_(self._options.language)}[/bold]")
        self._say(f"[dim]{took:.1f} s[/dim]")

    def beat(self, beat: Beat, stage: Stage, seen: Seen | None) -> None:
        """The one line of a beat."""
        language = self._options.language
        if self._options.json:
            self._line({"beat": beat.number, "title": beat.title,
                        "seen": msgspec.to_builtins(seen) if seen else None})  # fmt: skip
            return
        if seen is None:
            self._say(
                f"[dim]{beat.number:>2}  {beat.title.in_(language)}: {NOT_YET.in_(language)}[/dim]"
            )
            return
        parts = [
            f"[bold]{beat.number:>2}[/bold]  {stage.now():%H:%M:%S}Z  {seen.line.in_(language)}"
        ]
        if seen.path:
            parts.append(f"[cyan]{stage.nodes[seen.node].address}{seen.path}[/cyan]")
        law = cited(seen.law, language)
        parts += [f"[dim]{x}[/dim]" for x in (seen.record, law, seen.command) if x]
        self._say("  ·  ".join(parts), soft_wrap=True)

    def end(self) -> None:
        """What can be done now."""
        if self._options.json:
            return
        self._say(
            Text(
                "The day goes on in both browsers; Ctrl-C ends it and leaves nothing.",
                "La journée continue dans les deux navigateurs; Ctrl-C y met fin sans trace.",
            ).in_(self._options.language)
        )

    @staticmethod
    def _line(value: object) -> None:
        print(msgspec.json.encode(value).decode(), flush=True)  # noqa: T201  # this is the screen


def _links(links: dict[str, str]) -> dict[str, str]:
    return {role: links[role] for role in ROLES if role in links}
