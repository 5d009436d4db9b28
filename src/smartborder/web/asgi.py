"""What the server process loads: the node that ``SMARTBORDER_HOME`` names."""

from smartborder.node.home import NodeHome
from smartborder.web.app import create

app = create(NodeHome.load())
