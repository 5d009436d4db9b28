"""Subject access and redress: the privacy officer's desk."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.redress import follow_up, pages
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="redress", title=Text("Access and redress", "Accès et recours"),
                path="/redress", act=Act.REDRESS_SEE, order=70, key="g r"),
    ),
    routes=(
        pages.every, pages.new, pages.create, pages.one, pages.look, pages.decide, pages.sign,
        pages.letter, follow_up.consult, follow_up.answer, follow_up.told,
        follow_up.pass_on, follow_up.consent,
    ),
)  # fmt: skip
