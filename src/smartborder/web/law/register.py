"""The listing register: every entry under review with its clocks, as the law stands today."""

from datetime import date

import msgspec
from litestar import Response, get

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.determinations import keeping
from smartborder.node.determinations.asking import ask, today
from smartborder.node.determinations.families import LISTING
from smartborder.node.determinations.keeping import PURPOSE, File
from smartborder.web.law.fields import fields_of
from smartborder.web.law.shown import Shown, shown
from smartborder.web.law.words import answer
from smartborder.web.page import acting, home_of, page
from smartborder.web.session import WebRequest, store_of


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: what it is, and where it stands today rather than when it was recorded."""

    file: File
    scheme: Text | None
    asked: Shown

    @property
    def first_due(self) -> date:
        """The first clock that has not passed; entries sort by it."""
        return min((c.due for c in self.asked.clocks if c.days >= 0), default=date.max)


@get("/determinations/register", name="listing-register", sync_to_thread=True)
def register(request: WebRequest) -> Response[str]:
    """Listing and freezing files, the next clock first."""
    home, now = home_of(request), store_of(request).time.now()
    with acting(request, Act.LISTING_SEE, purpose=PURPOSE) as s:
        found = keeping.listed(s, [LISTING], most=500)
    rows = []
    for file in found:
        facts = file.now.facts
        day = today(home.pack, now)
        proposal = ask(home, file.rule, facts, now=now, country=file.country, on=day, as_known=day)
        scheme = facts.get("scheme")
        if isinstance(scheme, dict):
            scheme = scheme.get("value")
        rows.append(
            Row(
                file=file,
                scheme=answer(scheme) if isinstance(scheme, str) else None,
                asked=shown(proposal, fields_of(file.rule, file.country), facts, day),
            )
        )
    rows.sort(key=lambda r: (r.first_due, r.file.reference))
    return page(request, "law/register.html", section="listings", rows=rows)
