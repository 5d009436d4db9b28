"""What belongs to no programme: signing in and out, settings, accounts."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.registry import Room, Section
from smartborder.web.shell import accounts, pages, settings

ROOM = Room(
    sections=(
        Section(id="accounts", title=Text("Accounts", "Comptes"), path="/accounts",
                act=Act.USER_MANAGE, order=90),
    ),
    routes=(
        pages.start, pages.sign_in_ask, pages.sign_in_do, pages.enter_ask, pages.enter,
        pages.sign_out,
        settings.settings, settings.shortcuts, settings.password, settings.preferences,
        accounts.accounts, accounts.add, accounts.link, accounts.close,
    ),
)  # fmt: skip
