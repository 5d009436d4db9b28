"""An officer's decision, and its notice in both languages."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.text import Text
from smartborder.law.citing import cited
from smartborder.node.determinations import deciding
from smartborder.node.determinations.keeping import ChangedMeanwhile
from smartborder.node.determinations.notices import notice as drafted
from smartborder.web.law.files import number, on_file, show
from smartborder.web.page import Form, language_of, page, see, signed_in
from smartborder.web.session import WebRequest

DECIDED = Text("Decided under your name. The notice is ready.",
               "Décidé sous votre nom. L'avis est prêt.")  # fmt: skip


@post("/determinations/{file_id:str}/decide", name="determination-decide", sync_to_thread=True)
def decide(request: WebRequest, file_id: FromPath[str], data: Form) -> Response[Any]:
    """The decision of the officer who is signed in."""
    seen = data.get("seen", "")
    try:
        with on_file(request, file_id, deciding=True) as (s, file):
            deciding.decide(s, signed_in(request), file, data.get("outcome", ""),
                            data.get("words", ""), seen=number(seen),
                            other=data.get("other-words", ""),
                            language=language_of(request))  # fmt: skip
    except (deciding.OutcomeUnknown, deciding.ReasonsNeeded, deciding.NotBorneOut,
            ChangedMeanwhile) as error:  # fmt: skip
        return show(request, file_id, error=error, at="decision", typed=data)
    return see(request, f"/determinations/{file_id}", DECIDED)


@get("/determinations/{file_id:str}/notice", name="determination-notice", sync_to_thread=True)
def notice(request: WebRequest, file_id: FromPath[str]) -> Response[str]:
    """The notice to be handed over, or its draft."""
    with on_file(request, file_id) as (s, file):
        s.saw("determination", [file_id], "notice")
    return page(request, "law/notice.html", section="determinations", file=file,
                notice=drafted(file), cited=cited)  # fmt: skip
