"""Screening for others and its own error: ``POST /v1/screen``."""

from smartborder.web.registry import Room
from smartborder.web.screening import api

ROOM = Room(routes=(api.screen, api.screen_batch))
