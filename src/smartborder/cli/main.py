"""The command. Each subcommand lives in its own module and imports its floor only when run."""

import sys
from typing import Any

import typer
from psycopg import OperationalError

from smartborder import __version__
from smartborder.cli import access, agreement, ledger, lists, node, registers
from smartborder.cli import bench as bench_command
from smartborder.cli import carrier as carrier_command
from smartborder.cli import decide as decide_command
from smartborder.cli import demo as demo_command
from smartborder.cli import doctor as doctor_command
from smartborder.cli import exchange as exchange_command
from smartborder.cli import furnish as furnish_command
from smartborder.cli import law as law_command
from smartborder.cli import read as read_command
from smartborder.cli import screen as screen_command
from smartborder.cli import verify as verify_command
from smartborder.kernel.errors import SmartborderError

_UsageError: type[Any] = typer.BadParameter.__mro__[1]
"""Everything wrong with how a command was typed; typer does not export its name."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="smartborder: the border between two sovereign countries, one act at a time.",
)
app.add_typer(agreement.app, name="agreement")
app.add_typer(node.app, name="node")
app.add_typer(access.user_app, name="user")
app.add_typer(access.client_app, name="client")
app.command("doctor")(doctor_command.doctor)

app.command("decide")(decide_command.decide)
app.command("visa-lists")(law_command.visa_lists)
app.add_typer(law_command.app, name="law")
node.app.command("furnish")(furnish_command.furnish)
app.command("demo")(demo_command.demo)
app.command("bench")(bench_command.bench)
app.add_typer(registers.app, name="registers")
app.add_typer(carrier_command.app, name="carrier")
app.command("read")(read_command.read)
app.command("screen")(screen_command.screen)
app.add_typer(lists.app, name="lists")
app.add_typer(ledger.app, name="ledger")
app.add_typer(exchange_command.app, name="exchange")
app.command("verify")(verify_command.verify)


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
        sys.exit(app(standalone_mode=False) or 0)
    except _UsageError as error:
        if not isinstance(error, typer.BadParameter) and "Usage:" in error.format_message():
            error.show()  # a group without a subcommand: its help is the answer
        else:
            print(f"error: usage: {error.format_message()} Try --help.", file=sys.stderr)
        sys.exit(2)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except SmartborderError as error:
        place = "".join(f" [{k}: {v}]" for k, v in error.where.items() if v is not None)
        print(f"error: {error.code}: {error.detail}{place}", file=sys.stderr)
        sys.exit(error.exit_code)
    except OperationalError:
        said = "the database does not answer; start the node with 'smartborder node start'"
        print(f"error: store.unreachable: {said}", file=sys.stderr)
        sys.exit(3)
