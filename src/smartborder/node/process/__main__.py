"""Run a node until told to stop: ``python -m smartborder.node.process`` (SMARTBORDER_HOME)."""

import logging
import sys

from smartborder.kernel.errors import SmartborderError
from smartborder.node.home import NodeHome
from smartborder.node.process.watch import Watch

logging.basicConfig(
    level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(levelname)s %(message)s"
)
logging.getLogger("alembic").setLevel(logging.WARNING)
try:
    Watch(NodeHome.load()).run()
except SmartborderError as error:
    logging.getLogger("smartborder.node").error("%s: %s", error.code, error.detail)
    sys.exit(error.exit_code)
