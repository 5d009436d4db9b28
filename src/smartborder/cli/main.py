"""The command. Each subcommand lives in its own module and imports its floor only when run."""

import sys

import typer

from smartborder import __version__
from smartborder.cli import decide as decide_command
from smartborder.cli import doctor as doctor_command
from smartborder.cli import read as read_command
from smartborder.cli import screen as screen_command
from smartborder.cli import agreement, node
from smartborder.kernel.errors import SmartborderError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="smartborder: the border between two sovereign countries, one act at a time.",
)
app.add_typer(agreement.app, name="agreement")
app.add_typer(node.app, name="node")
app.command("doctor")(doctor_command.doctor)

app.command("decide")(decide_command.decide)
app.command("read")(read_command.read)
app.command("screen")(screen_command.screen)

@app.callback(invoke_without_command=False)
def _root() -> None:
    """Nothing is shared by all subcommands but this help."""


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


def run() -> None:
    """Entry point: coded errors become one line on stderr and exit 2 or 3, never a traceback."""
    try:
        app()
    except SmartborderError as error:
        place = "".join(f" [{k}: {v}]" for k, v in error.where.items() if v is not None)
        print(f"error: {error.code}: {error.detail}{place}", file=sys.stderr)
        sys.exit(error.exit_code)
