"""Requests for access and redress on screen: opened, searched, decided, answered by letter."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.custody import break_glass, corrections, notices, onward, receipts
from smartborder.node.redress import consulting, deciding, finding, letters, requests
from smartborder.node.redress.requests import PURPOSE, Requester, RequestUnusable
from smartborder.web.page import Form, acting, allowed, home_of, node_of, page, see, signed_in
from smartborder.web.session import WebRequest

KIND_NAMES = {
    "access": Text("Access to one's records", "Accès à ses renseignements"),
    "correction": Text("Correction", "Correction"),
    "complaint": Text("Complaint", "Plainte"),
}
FOUND_BY = {
    "document": Text("same document", "même document"),
    "name-and-date": Text("name and birth date", "nom et date de naissance"),
    "screening": Text("screening", "filtrage"),
}
CHOICES = {
    "neither": Text("Neither confirm nor deny", "Ni confirmer ni nier"),
    "tell": Text("Tell", "Communiquer"),
    "withhold": Text("Say that it exists, withhold its content",
                     "Dire qu'il existe, en refuser le contenu"),
}  # fmt: skip
ADVICE = {
    "may-tell": Text("The person may be told", "La personne peut être informée"),
    "may-not-tell": Text("Only that it exists", "Seulement qu'il existe"),
    "neither": Text("Neither confirm nor deny", "Ni confirmer ni nier"),
}
AUTHORITIES = {
    "court": Text("A court", "Un tribunal"),
    "police": Text("A police force", "Un corps policier"),
    "agency": Text("Another agency", "Un autre organisme"),
    "carrier": Text("A carrier", "Un transporteur"),
}
_PERSON = ("surname", "given_names", "birth_date", "document", "issuer", "address")


@get("/redress", name="redress", sync_to_thread=True)
def every(request: WebRequest) -> Response[str]:
    """Requests by their deadline, questions of the partner, and who must still be told by hand."""
    audits = allowed(request, Act.AUDIT_SEE)
    with acting(request, Act.REDRESS_SEE, purpose=PURPOSE) as s:
        hidden = notices.hidden(s, home_of(request), audits=audits)
        found: dict[str, Any] = {
            "requests": requests.listed(s),
            "waiting": consulting.waiting(s),
            "onward": onward.waiting(s),
            "seals": break_glass.lately(s, unreviewed=True),
            "by_hand": corrections.by_hand(s),
            "receipts": receipts.lately(s, hidden=hidden),
        }
    return page(request, "redress/every.html", section="redress", **found, **_words())


@get("/redress/new", name="redress-new", sync_to_thread=True)
def new(request: WebRequest) -> Response[str]:
    """An empty form."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE):
        return _form(request, {}, None)


@post("/redress", name="redress-create", sync_to_thread=True)
def create(request: WebRequest, data: Form) -> Response[Any]:
    """Open a request; its clock starts."""
    try:
        with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE) as s:
            person = Requester(**{name: data.get(name, "").strip() for name in _PERSON})
            made = requests.open_request(s, home_of(request), data.get("kind", ""), person,
                                         data.get("said", ""))  # fmt: skip
    except RequestUnusable as error:
        return _form(request, data, error)
    return see(request, f"/redress/{made}", Text("Opened; its clock runs.",
                                                 "Ouverte; le délai court."))  # fmt: skip


@get("/redress/{request_id:str}", name="redress-one", sync_to_thread=True)
def one(request: WebRequest, request_id: FromPath[str]) -> Response[str]:
    """One request with every copy that was found, and the letter as it would go out."""
    with acting(request, Act.REDRESS_SEE, purpose=PURPOSE, case=request_id) as s:
        asked = requests.one(s, request_id)
        copies = finding.copies(s, request_id)
        found: dict[str, Any] = {
            "asked": asked,
            "copies": copies,
            "consulted": consulting.of_request(s, request_id),
            "corrected": {c.record: corrections.of_record(s, c.record) for c in copies},
            "destroyed": {c.record: receipts.of_record(s, c.record) for c in copies},
            "letter": letters.of_request(s, request_id),
            "draft": letters.draft(s, home_of(request), asked) if asked.state == "open" else None,
        }
    return page(request, "redress/one.html", section="redress", **found, **_words())


@post("/redress/{request_id:str}/find", name="redress-find", sync_to_thread=True)
def look(request: WebRequest, request_id: FromPath[str]) -> Redirect:
    """Look for every record and exchanged copy that may concern the person."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE, case=request_id) as s:
        finding.find(s, node_of(request), request_id)
    return see(request, f"/redress/{request_id}")


@post("/redress/{request_id:str}/copies/{record:str}/decide", name="redress-decide",
      sync_to_thread=True)  # fmt: skip
def decide(request: WebRequest, request_id: FromPath[str], record: FromPath[str],
           data: Form) -> Redirect:  # fmt: skip
    """Decide what the letter says of one copy."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE, case=request_id) as s:
        deciding.decide(s, request_id, record, data.get("choice", ""))
    return see(request, f"/redress/{request_id}")


@post("/redress/{request_id:str}/letter", name="redress-sign", sync_to_thread=True)
def sign(request: WebRequest, request_id: FromPath[str]) -> Redirect:
    """Sign the letter: a disclosure that is in the register, under the officer's own name."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE, case=request_id) as s:
        letters.sign(s, home_of(request), request_id, signed_in(request).name)
    return see(request, f"/redress/{request_id}/letter",
               Text("Signed and in the register.", "Signée et inscrite au registre."))  # fmt: skip


@get("/redress/{request_id:str}/letter", name="redress-letter", sync_to_thread=True)
def letter(request: WebRequest, request_id: FromPath[str]) -> Response[str]:
    """The letter as it is printed, both languages on one sheet."""
    with acting(request, Act.REDRESS_SEE, purpose=PURPOSE, case=request_id) as s:
        asked = requests.one(s, request_id)
        found = letters.of_request(s, request_id)
    if found is None:
        raise requests.NotOpen("no letter was signed yet", request=request_id)
    return page(request, "redress/letter.html", section="redress", asked=asked, letter=found,
                subjects=letters.SUBJECT)  # fmt: skip


def _form(request: WebRequest, typed: Mapping[str, str],
          error: RequestUnusable | None) -> Response[str]:  # fmt: skip
    return page(request, "redress/new.html", status=error.status if error else 200,
                section="redress", typed=typed, error=error, **_words())  # fmt: skip


def _words() -> dict[str, Any]:
    return {
        "kind_names": KIND_NAMES, "found_by": FOUND_BY, "choices": CHOICES, "advice_names": ADVICE,
        "record_names": finding.TITLES, "authorities": AUTHORITIES,
    }  # fmt: skip
