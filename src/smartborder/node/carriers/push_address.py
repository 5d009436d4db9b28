"""Where replies may be pushed to: never into our own network, unless the node's settings say so.

A client's address is looked up anew for each push, every address it has must be allowed, and the
connection goes to the very address that was looked at; so a name that changes its mind between
the look and the call leads nowhere.
"""

import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.node.home import NodeHome

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_LOOPBACK = ("127.0.0.0/8", "::1/128")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST = 500


class AddressRefused(InputError):
    """Replies go to ``https`` addresses on the public internet or in the node's push_networks."""

    code = "push.address-refused"
    title = Text("Replies cannot be pushed there", "Envoi des réponses impossible à cette adresse")


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """An address taken apart. ``path`` has its query with it."""

    scheme: str
    host: str
    port: int
    path: str


def networks(home: NodeHome) -> tuple[_Network, ...]:
    """The networks beside the public internet that this node may push to.

    Raises:
        AddressRefused: ``push_networks`` of the node's settings holds no network.

    """
    own = _LOOPBACK if home.mode == "demo" else ()
    try:
        return tuple(ipaddress.ip_network(n) for n in (*home.push_networks, *own))
    except ValueError as error:
        raise AddressRefused("push_networks in node.json: networks such as 10.20.0.0/16") from error


def target(url: str, home: NodeHome) -> Target:
    """An address as it may be registered; a name in it is looked up only when something is sent.

    Without TLS (``http``) only a demonstration pushes, and only to its own machine.

    Raises:
        AddressRefused: see there.

    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("it is no address") from error
    usable = (
        len(url) <= _LONGEST and url.isascii() and url.isprintable() and " " not in url
        and bool(parts.hostname) and parts.username is None and not parts.fragment and port != 0
    )  # fmt: skip
    if not usable or parts.scheme not in ("https", "http"):
        raise AddressRefused("give https://HOST/PATH, without user, password or fragment")
    host = (parts.hostname or "").rstrip(".")
    literal = _literal(host)
    if literal is not None and not allowed(literal, networks(home)):
        raise AddressRefused("the address is private, reserved or this machine's own")
    if parts.scheme == "http" and not (home.mode == "demo" and literal and literal.is_loopback):
        raise AddressRefused("https only")
    query = f"?{parts.query}" if parts.query else ""
    return Target(scheme=parts.scheme, host=host, path=(parts.path or "/") + query,
                  port=port or (443 if parts.scheme == "https" else 80))  # fmt: skip


def resolved(host: str, port: int, permitted: Sequence[_Network]) -> str:
    """The address to connect to.

    Raises:
        AddressRefused: one of the host's addresses is not allowed.
        OSError: the name is not known.

    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        literal = _literal(address)
        if literal is None or not allowed(literal, permitted):
            raise AddressRefused("the name leads to a private, reserved or own address")
    return addresses[0]


def allowed(address: _Address, permitted: Sequence[_Network]) -> bool:
    """Whether an address is public, or in a permitted network.

    IPv6 addresses that carry an IPv4 address inside are judged by what they carry, or not taken.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return allowed(address.ipv4_mapped, permitted)
        if address.sixtofour is not None or address.teredo is not None or address in _NAT64:
            return False
    if any(address in network for network in permitted):
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _literal(host: str) -> _Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
