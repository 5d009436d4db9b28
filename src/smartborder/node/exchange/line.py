"""The line to the partner: one per process and home, its connection kept open between calls."""

from threading import Lock

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.exchange import tls
from smartborder.node.exchange.transport import HttpTransport
from smartborder.node.home import NodeHome

_lines: dict[tuple[str, str], HttpTransport] = {}
_lock = Lock()


class NoPartner(StateError):
    """This node works alone: there is nobody to talk to."""

    code = "exchange.no-partner"
    title = Text("No partner", "Aucun partenaire")


def line_to(home: NodeHome) -> HttpTransport:
    """The line to this node's partner.

    Raises:
        NoPartner: there is none.
        NoCertificate: the line is TLS and a certificate is missing.

    """
    if home.partner is None:
        raise NoPartner("no partner is set up")
    key = (str(home.path), home.partner.url)
    with _lock:
        if key not in _lines:
            secure = home.partner.url.startswith("https:")
            _lines[key] = HttpTransport(
                home.partner.url, tls.context(home, server=False) if secure else None
            )
        return _lines[key]
