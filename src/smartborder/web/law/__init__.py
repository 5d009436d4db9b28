"""Points 3 to 5 and 27 to 29: the law as screens and as an interface; an officer decides."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.law import api, asking, deciding, files, register
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="determinations", title=Text("Determinations", "Décisions"),
                path="/determinations", act=Act.LAW_SEE, order=34, key="g d"),
        Section(id="listings", title=Text("Listing register", "Registre des inscriptions"),
                path="/determinations/register", act=Act.LISTING_SEE, order=44),
    ),
    routes=(
        asking.index, asking.new, asking.ask, files.one, files.facts, files.correct,
        files.interview, deciding.decide, deciding.notice, register.register,
        api.decide, api.decide_batch,
    ),
)  # fmt: skip
