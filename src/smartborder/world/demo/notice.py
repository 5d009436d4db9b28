"""An advance notice that stays sealed all day: what an embargo looks like to those it names."""

from datetime import timedelta

from smartborder.world.demo.seen import expect
from smartborder.world.demo.stage import Stage

_NAMED = ("officer", "supervisor", "lookout-owner")
"""Logins of the person at the demo, at either node."""
_RELEASED_IN = timedelta(days=30)


def announce(stage: Stage) -> None:
    """Canada's look-out owner announces a listing to the named officers of both countries."""
    owner = stage.nodes["CA"].visitor("world-owner")
    owner.see("/advance-notices/new")
    owner.send(
        "/advance-notices/check",
        kind="organisation",
        names="Northern Lantern Relief Front",
        documents="REG-77120 HND",
        authority="Demo listing office",
        named="\n".join(_NAMED),
        release_at=f"{stage.now() + _RELEASED_IN:%Y-%m-%d %H:%M}",
    )
    owner.send("/advance-notices", step="send")
    expect("/advance-notices/lookout-" in owner.address, "the notice was not sealed")
