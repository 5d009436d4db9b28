"""Point 6 and every other exchange: the door for the partner's node, and its state on screens."""

from smartborder.web.exchange import inbound
from smartborder.web.registry import Room

ROOM = Room(routes=(inbound.batch, inbound.hello))
