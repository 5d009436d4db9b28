"""Point 6: look-outs and the lists we screen against."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.lookouts import lists, pages
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="lookouts", title=Text("Look-outs", "Signalements"), path="/lookouts",
                act=Act.LOOKOUT_SEE, order=40, key="g l"),
        Section(id="lists", title=Text("Lists", "Listes"), path="/lists", act=Act.LOOKOUT_SEE,
                order=42, key="g i"),
    ),
    routes=(
        pages.lookouts, pages.new, pages.create, pages.lookout, pages.correct_form, pages.correct,
        pages.review, pages.withdraw, pages.approve, pages.refuse, lists.every, lists.version,
    ),
)  # fmt: skip
