"""Which tests run together, and which first, so that two workers end at the same time.

A worker of pytest-xdist takes one *room* after the other: a module, or several that share what is
dear to make. The rooms that take longest come first, and the many quick ones fill the gaps.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

STAGE = "the demo's stage"
SHARED = {
    "tests/browser/test_every_page.py": STAGE,
    "tests/browser/test_beats.py": STAGE,
}
"""Modules that use one dear thing; every other module is a room of its own."""
LONGEST = (
    STAGE,
    "tests/scenarios/test_demo.py",
    "tests/browser/test_desk.py",
    "tests/faults/test_launcher_processes.py",
    "tests/browser/test_law.py",
    "tests/browser/test_shell.py",
    "tests/unit/node/store/test_backup.py",
    "tests/scenarios/test_lookouts_commands.py",
    "tests/faults/test_launcher.py",
)
"""Rooms in the order of what they take, as ``--durations`` tells; the rest take less."""
_LATER = len(LONGEST)


def room(nodeid: str) -> str:
    """Where a test belongs."""
    module = nodeid.partition("::")[0]
    return SHARED.get(module, module)


def _place(item: pytest.Item) -> int:
    where = room(item.nodeid)
    if where in LONGEST:
        return LONGEST.index(where)
    return _LATER if item.get_closest_marker("node") else _LATER + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


class _Rooms(LoadScopeScheduling):
    """Gives out rooms in the order of collection."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return room(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling | None:
    return _Rooms(config, log) if config.option.dist == "loadfile" else None
