"""``python -m smartborder.programmes.worker``: the worker of the node in SMARTBORDER_HOME."""

import logging

from smartborder.node.home import NodeHome
from smartborder.node.jobs.worker import run
from smartborder.programmes.opening import open_node

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    run(open_node(NodeHome.load()))
