"""What belongs to no programme: start page, signing in and out, settings."""

from smartborder.web.registry import Room
from smartborder.web.shell.pages import enter, enter_ask, sign_in_ask, sign_in_do, sign_out, start
from smartborder.web.shell.settings import password, preferences, settings, shortcuts

ROOM = Room(
    routes=(
        start, sign_in_ask, sign_in_do, enter_ask, enter, sign_out,
        settings, shortcuts, password, preferences,
    )
)  # fmt: skip
