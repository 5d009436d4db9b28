"""Point 6 and every other exchange: the door for the partner's node, and its state on screens."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.exchange import cases, embargo, inbound, pages, queries
from smartborder.web.registry import Panel, Room, Section

ROOM = Room(
    sections=(
        Section(id="encounters", title=Text("Encounters", "Rencontres"), path="/encounters",
                act=Act.LOOKOUT_CONFIRM, order=41, key="g e"),
        Section(id="exchange", title=Text("Exchange", "Échanges"), path="/exchange",
                act=Act.AGREEMENT_SEE, order=44, key="g x"),
        Section(id="questions", title=Text("Questions", "Demandes du partenaire"),
                path="/questions", act=Act.PARTNER_ANSWER, order=45, key="g p"),
        Section(id="advance-notices", title=Text("Advance notices", "Préavis d'inscription"),
                path=embargo.PATH, act=Act.NOTICE_SEE, order=46),
    ),
    routes=(
        inbound.batch, inbound.hello, inbound.query, inbound.receipts,
        pages.exchange, pages.banner, pages.envelope, pages.again,
        cases.met, cases.answer, cases.waiting, cases.decide, cases.ask,
        queries.ask, queries.decide, queries.reviewed,
        embargo.every, embargo.new, embargo.check, embargo.send, embargo.one, embargo.opened,
        embargo.withdraw,
    ),
    panels=(Panel(slot="hit", order=40, draw=cases.hit_panel),
            Panel(slot="case", order=40, draw=queries.case_panel)),
)  # fmt: skip
