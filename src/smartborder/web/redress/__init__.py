"""Subject access and redress: the privacy officer's desk."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.redress import follow_up, pages, seals
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="redress", title=Text("Access and redress", "Accès et recours"),
                path="/redress", act=Act.REDRESS_SEE, order=70, key="g r"),
        Section(id="seals", title=Text("Seals", "Scellés"), path="/seals", act=Act.MESSAGE_SEE,
                order=71),
    ),
    routes=(
        pages.every, pages.new, pages.create, pages.one, pages.look, pages.decide, pages.sign,
        pages.letter, follow_up.consult, follow_up.answer, follow_up.told,
        follow_up.pass_on, follow_up.consent, seals.every, seals.ask, seals.agree,
        seals.open_seal, seals.review,
    ),
)  # fmt: skip
