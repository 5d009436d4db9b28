"""``python -m smartborder`` is the command."""

from smartborder.cli.main import run

run()
