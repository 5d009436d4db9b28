"""A node with officers at its desk, an airline that reports to it, and look-outs in force.

Used by the desk's scenarios and by its browser tests; everything comes in as bytes through the
intake, as from a carrier. All people are made up.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import msgspec

from smartborder.formats import edifact
from smartborder.kernel.time import FixedTime, TimeSource, local_now
from smartborder.model.dates import PartialDate
from smartborder.model.lookout import Lookout
from smartborder.model.passenger_list import Leg, PassengerList, TravelDocument, Traveller
from smartborder.model.screening import ListedDate, ListedDocument, ListedName
from smartborder.node.access import users
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.act import registers
from smartborder.node.act.intake import receive
from smartborder.node.act.registers import Holding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.desk import arrivals, claims, decisions, second, secondary
from smartborder.node.desk.reasons import JUDGEMENTS, REFERRALS, REPLIES, reasons_from
from smartborder.node.home import NodeHome
from smartborder.node.lookouts import keeping
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Actor, Session, Store
from smartborder.programmes.opening import open_node

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
AIRLINE = ReportingClient(id="client-af", carriers=frozenset({"AF"}), address="AFHOST")
TESTER = ReportingClient(id="client-new", carriers=frozenset({"AF"}), mode="test")


def person(surname: str, given: str, birth: str, document: str, *, seat: str | None = None,
           nationality: str = "FRA", reference: str | None = None) -> Traveller:  # fmt: skip
    """One traveller as an airline reports him."""
    return Traveller(
        surname=surname, given_names=given, sex="M", birth_date=birth, nationality=nationality,
        embarks="CDG", disembarks="YUL", seat=seat, locator="LOC" + document[-3:],
        reference=reference or "TR" + document,
        documents=(TravelDocument(type="P", number=document, issuer=nationality,
                                  expires="2031-01-31"),),
    )  # fmt: skip


class Ticking(FixedTime):
    """Stands still, but for a millisecond at each look, so that records keep their order."""

    def now(self) -> datetime:
        """The instant, a little later each time."""
        self.move(timedelta(milliseconds=1))
        return super().now()


class Desk:
    """The node with its people; time stands at noon UTC until it is moved, unless it is given."""

    def __init__(self, home: NodeHome, time: TimeSource | None = None) -> None:
        self.home = home
        self.time = time or Ticking(NOON)
        self.node: Node = open_node(home, store=Store(home, time=self.time))
        self.store = self.node.store
        self._sent = 0
        with self.store.act(SYSTEM, PURPOSE) as s:
            self.agnes = users.add(s, login="agnes", name="Agnès Roy", roles=["officer"])
            self.omar = users.add(s, login="omar", name="Omar Diallo", roles=["officer"])
            self.chief = users.add(s, login="chief", name="Mary Cole", roles=["supervisor"])
            self.second = users.add(s, login="secondary", name="Paul Tremblay",
                                    roles=["secondary"])  # fmt: skip
            self.carrier_desk = users.add(s, login="carrier", name="Lucie Hébert",
                                          roles=["carrier-desk"])  # fmt: skip
            self.owner = users.add(s, login="owner", name="Jean Morin", roles=["lookout-owner"])
            self.auditor = users.add(s, login="auditor", name="Ann Price", roles=["auditor"])

    def registers(self, held: Sequence[str]) -> None:
        """Our registers are complete; these French passports have a travel authorisation."""
        with self.store.act(SYSTEM, "registers") as s:
            for kind in sorted(registers.KINDS):
                lines = [Holding(document=d, issuer="FRA") for d in held]
                registers.load(s, kind, iter(lines if kind == "travel-authorisation" else []),
                               source="test", complete_as_of=s.now)  # fmt: skip

    def lookout(self, name: str, birth: str, *, instruction: str = "board-and-refer",
                document: str | None = None, agreement: str | None = None) -> str:  # fmt: skip
        """A look-out in force; its entry id."""
        with self.store.act(Actor("officer", self.owner.id), "lookouts") as s:
            record = s.new_id("lookout")
            made = Lookout(
                id=record, names=(ListedName(text=name),),
                birth_dates=(ListedDate(date=PartialDate.parse(birth)),),
                documents=(ListedDocument(number=document),) if document else (),
                basis="warrant", originator="USA" if agreement else "CAN", office="Montréal",
                instruction=instruction, caveats=("Not to be shown to the person",),
                review_by=date(2027, 11, 24), created_at=s.now, agreement=agreement,
            )  # fmt: skip
            keeping.put(
                s, made, "created", created_by=self.owner.id, approved_by=None, source="test"
            )
        return f"lookout:{record}"

    def report(self, people: Sequence[Traveller], *, number: str = "344",
               departs: timedelta = timedelta(hours=4), purpose: str = "passenger-list",
               client: ReportingClient = AIRLINE) -> list[str]:  # fmt: skip
        """AF from Paris to Montréal reports ``people``; the codes of the reply, in order."""
        self._sent += 1
        at = self.time.now()
        leg = Leg(
            carrier="AF", number=number, origin="CDG", destination="YUL",
            departs=local_now((at + departs).replace(second=0), "Europe/Paris"),
            arrives=local_now((at + departs + timedelta(hours=8)).replace(second=0),
                              "America/Toronto"),
        )  # fmt: skip
        data = edifact.write_paxlst(
            PassengerList(purpose=purpose, itinerary=(leg,), travellers=tuple(people),
                          transaction=f"TN{self._sent}", reporting_party="DCS",
                          contacts=(("331", "TE"),)),
            at=at, sender="AFHOST", recipient="SBCAN", control_reference=f"REF{self._sent:05}",
        )  # fmt: skip
        received = receive(self.node, client, data)
        (message,) = edifact.read_messages(received.reply, travel_year=2026) or (None,)
        return [r.code or "" for r in message.replies] if message else []

    @contextmanager
    def as_(self, user: User, purpose: str = "passenger-information",
            case: str | None = None) -> Iterator[Session]:  # fmt: skip
        """A transaction of an officer."""
        with self.store.act(user.actor, purpose, case) as s:
            yield s

    def value(self, sql: str, **values: object) -> object:
        """One value, whoever asks."""
        with self.store.act(SYSTEM, "test") as s:
            return s.value(sql, **values)

    def rows(self, sql: str, **values: object) -> list[dict[str, object]]:
        """Rows, whoever asks."""
        with self.store.act(SYSTEM, "test") as s:
            return [dict(r) for r in s.rows(sql, **values)]

    def traveller(self, document: str) -> str:
        """Record id of the traveller with this document, the newest if there are several."""
        return str(self.value("SELECT id FROM act.traveller WHERE document LIKE :d"
                              " AND mode = 'live' ORDER BY created_at DESC, id DESC LIMIT 1",
                              d=f"{document}/%"))  # fmt: skip

    def case(self, document: str, state: str = "open") -> str:
        """The newest case about the traveller with this document."""
        found = self.value("SELECT id FROM act.case_file WHERE traveller = :t AND state = :state"
                           " ORDER BY opened_at DESC, id DESC LIMIT 1",
                           t=self.traveller(document), state=state)  # fmt: skip
        return str(found) if found else ""


def busy_day(desk: Desk) -> dict[str, str]:
    """A desk with something on every page; the address of each page by name.

    One look-alike, one held reply with a 'not ok' that waits for a second person, one missing
    document, one closed-out flight, one referral, one finished examination.
    """
    held = ["12AB34567", "22CD34567", "42GH34567", "62KL34567", "72MN34567", "82PQ34567"]
    desk.registers(held)
    desk.lookout("Viktor Salenko", "1971-04-02", document="90ZZ00009")
    desk.lookout("Marius Tolland", "1980-09-09", instruction="hold-reply", document="42GH34567")
    desk.lookout("Nils Oberland", "1966-06-06", instruction="officer-safety",
                 agreement="us-ca-lookouts")  # fmt: skip
    first = [
        person("SALENKO", "VICTOR JAN", "1971-04-12", "12AB34567", seat="12A"),
        person("OBERLAND", "NILS", "1966-06-06", "22CD34567", seat="12B"),
        person("TOLLAND", "MARIUS", "1980-09-09", "42GH34567", seat="14C"),
        person("LEROY", "ANNE", "1990-01-30", "77QQ77777", seat="31K"),
        person("MARCHAND", "LUC", "1985-03-14", "62KL34567", seat="9C"),
        person("SALENKO", "VIKTOR", "1971-04-02", "82PQ34567", seat="22D"),
    ]
    desk.report(first)
    seat = msgspec.structs.replace(first[4], seat="10D", given_names="LUCIEN")
    desk.report([seat], purpose="passenger-change")
    late = person("DUVAL", "EVE", "1975-05-05", "72MN34567", seat="3A")
    desk.report([late, person("NOEL", "YVES", "1970-01-01", "66VV66666", seat="3B")],
                number="350", departs=timedelta(hours=-9))  # fmt: skip
    desk.report([late], number="350", departs=timedelta(hours=-9), purpose="flight-close-out")
    cleared, held_case = desk.case("82PQ34567"), desk.case("42GH34567")
    with desk.as_(desk.agnes, case=cleared) as s:
        hit = s.value("SELECT id FROM act.hit WHERE case_id = :c", c=cleared)
        why = reasons_from(JUDGEMENTS, "different", "document", "Seen the passport on AF 342")
        decisions.decide_hit(s, desk.node, hit, "different", why)
    desk.report([first[5]], number="346", departs=timedelta(hours=9))
    with desk.as_(desk.agnes, case=held_case) as s:
        hit = s.value("SELECT id FROM act.hit WHERE case_id = :c", c=held_case)
        why = reasons_from(JUDGEMENTS, "same", "document", "")
        decisions.decide_hit(s, desk.node, hit, "same", why)
        second.decide_reply(s, desk.node, held_case, "not-ok",
                            reasons_from(REPLIES, "not-ok", "prescribed-person", ""))  # fmt: skip
    with desk.as_(desk.omar, case=desk.case("22CD34567")) as s:
        claims.claim(s, desk.case("22CD34567"))
    with desk.as_(desk.agnes) as s:
        refer = reasons_from({"refer": REFERRALS}, "refer", "lookout", "")
        waiting = arrivals.refer(s, desk.traveller("22CD34567"), None, refer)
        done = arrivals.refer(s, desk.traveller("72MN34567"), None, refer)
    with desk.as_(desk.second) as s:
        secondary.record_outcome(s, done, "no-result", "Documents in order")
    flight = desk.value("SELECT flight FROM act.traveller WHERE id = :t",
                        t=desk.traveller("12AB34567"))  # fmt: skip
    closed = desk.value("SELECT flight FROM act.traveller WHERE id = :t",
                        t=desk.traveller("72MN34567"))  # fmt: skip
    return {
        "queue": "/queue", "case-hit": f"/cases/{desk.case('12AB34567')}",
        "case-held": f"/cases/{held_case}", "case-reply": f"/cases/{desk.case('77QQ77777')}",
        "case-taken": f"/cases/{desk.case('22CD34567')}", "flights": "/flights",
        "flight": f"/flights/{flight}", "flight-closed": f"/flights/{closed}",
        "traveller": f"/travellers/{desk.traveller('62KL34567')}",
        "traveller-quiet": f"/travellers/{desk.traveller('82PQ34567')}",
        "traveller-not-ok": f"/travellers/{desk.traveller('77QQ77777')}",
        "arrivals": "/arrivals", "secondary": "/secondary",
        "secondary-one": f"/secondary/{waiting}", "secondary-done": f"/secondary/{done}",
        "met": "/lookouts/met",
        "figures": "/figures/desk", "figures-list": "/figures/desk/lookout", "audit": "/audit",
    }  # fmt: skip
