"""The machine API, ``/v1``: what carriers and other systems call. Keys, never cookies."""

from smartborder.web.api import (
    certification,
    description,
    log,
    messages,
    replies,
    status,
    visits,
)
from smartborder.web.registry import Room

ROOM = Room(
    routes=(
        messages.take_in,
        messages.transmission,
        messages.transmission_reply,
        replies.waiting,
        replies.body,
        replies.acknowledge,
        status.status,
        log.messages,
        certification.standing,
        certification.judge,
        certification.changed_reply,
        visits.link,
        description.openapi,
    )
)
