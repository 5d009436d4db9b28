"""Fixtures for every test; those of a running node cost nothing until a test asks for one."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

pytest_plugins = ["tests.support.node", "tests.support.points"]
