"""The machine API, ``/v1``: what carriers and other systems call. Keys, never cookies."""

from smartborder.web.api import description, messages, replies
from smartborder.web.registry import Room

ROOM = Room(
    routes=(
        messages.take_in,
        messages.transmission,
        messages.transmission_reply,
        replies.waiting,
        replies.body,
        replies.acknowledge,
        description.openapi,
    )
)
