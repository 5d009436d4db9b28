"""How a room of the web joins the shell: each sub-package says what it adds, nobody imports it.

A sub-package of ``smartborder.web`` that has pages defines ``ROOM`` in its ``__init__``::

    ROOM = Room(
        sections=(Section(id="queue", title=Text("Queue", "File"), path="/queue",
                          act=Act.QUEUE_SEE, order=10),),
        routes=(queue, take),
    )

The shell finds every ``ROOM`` at start, mounts its routes and draws its sections in the
navigation of those who may do the section's act.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import msgspec
from litestar.handlers import BaseRouteHandler
from markupsafe import Markup

from smartborder import web
from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act, Role, may


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the navigation.

    Attributes:
        id: what a page passes as ``section`` so that its entry is marked as current.
        title: what is written.
        path: where it leads.
        act: shown to those who may do this; None: to everybody who is signed in.
        order: entries sort by it, small first (desk 10-39, look-outs 40s, figures 60s, audit 80s).
        key: keyboard shortcut (``g q``: the letters typed one after the other); optional.

    """

    id: str
    title: Text
    path: str
    act: Act | None
    order: int
    key: str | None = None


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """A piece that a programme adds to somebody else's page.

    Attributes:
        slot: the place: ``case``, ``traveller``, ``flight`` ... (the page's author names them).
        order: panels of one slot sort by it.
        draw: given request, session and the page's context; None where there is nothing to show.

    """

    slot: str
    order: int
    draw: Callable[[Any, Any, Mapping[str, Any]], Markup | None]


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """What one sub-package adds to the web."""

    sections: tuple[Section, ...] = ()
    routes: tuple[BaseRouteHandler, ...] = ()
    panels: tuple[Panel, ...] = ()


@cache
def rooms() -> tuple[Room, ...]:
    """Every room there is, in the order of the packages' names."""
    found = []
    for module in pkgutil.iter_modules(web.__path__, f"{web.__name__}."):
        if module.ispkg:
            room = getattr(importlib.import_module(module.name), "ROOM", None)
            if room is not None:
                found.append(room)
    return tuple(found)


def sections(roles: Iterable[Role]) -> list[Section]:
    """The navigation of somebody with these roles."""
    held = tuple(roles)
    every = (section for room in rooms() for section in room.sections)
    shown = (x for x in every if x.act is None or may(held, x.act))
    return sorted(shown, key=lambda x: (x.order, x.id))


def panels(slot: str) -> list[Panel]:
    """The panels of a slot, in order."""
    every = (panel for room in rooms() for panel in room.panels if panel.slot == slot)
    return sorted(every, key=lambda x: x.order)
