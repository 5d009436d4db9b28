"""Fixtures for every test; those of a running node cost nothing until a test asks for one."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")
"""A busy machine is no bug: what must be fast is measured by the benchmarks."""

pytest_plugins = ["tests.support.node", "tests.support.order", "tests.support.points"]
