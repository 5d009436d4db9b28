"""Where replies may be pushed to: the public internet, what the settings name, nothing else."""

import ipaddress
import socket

import pytest

from smartborder.node.carriers import push_address
from smartborder.node.carriers.push_address import AddressRefused, allowed, networks, target
from smartborder.node.home import NodeHome


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return NodeHome.create(tmp_path_factory.mktemp("demo"), country="CA")


@pytest.fixture(scope="module")
def production(demo):
    return demo.changed(mode="production")


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://dcs.example/cusres?to=af", "dcs.example", 443, "/cusres?to=af"),
        ("https://dcs.example:8443", "dcs.example", 8443, "/"),
        ("https://DCS.example./x", "dcs.example", 443, "/x"),
        ("https://[2a00:1450:4007::1]/x", "2a00:1450:4007::1", 443, "/x"),
        ("https://1.1.1.1/x", "1.1.1.1", 443, "/x"),
    ],
)
def test_a_public_https_address_is_taken(production, url, host, port, path):
    found = target(url, production)
    assert (found.scheme, found.host, found.port, found.path) == ("https", host, port, path)


@pytest.mark.parametrize(
    "url",
    [
        "", "nonsense", "ftp://dcs.example/x", "http://dcs.example/x", "https://", "https:///x",
        "https://user:word@dcs.example/x", "https://dcs.example/x#part", "https://dcs.example:0/",
        "https://dcs.example:99999/", "https://[::1", "https://dcs.exämple/", "https://a b/",
        "https://dcs.example/\n", "https://dcs.example/" + "x" * 500,
        "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://192.168.1.1/",
        "https://172.16.0.1/", "https://169.254.169.254/latest", "https://0.0.0.0/",
        "https://100.64.0.1/", "https://224.0.0.1/", "https://240.0.0.1/", "https://[fe80::1]/",
        "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/", "https://[::]/",
    ],
)  # fmt: skip
def test_anything_else_is_refused(production, url):
    with pytest.raises(AddressRefused):
        target(url, production)


def test_a_demonstration_may_push_to_its_own_machine_and_a_node_to_networks_it_names(
    demo, production
):
    assert target("http://127.0.0.1:9000/in", demo).port == 9000
    with pytest.raises(AddressRefused):
        target("http://10.1.2.3/in", demo)
    named = production.changed(push_networks=("10.20.0.0/16",))
    assert target("https://10.20.1.1/in", named).host == "10.20.1.1"
    for url in ("https://10.21.1.1/in", "http://10.20.1.1/in"):
        with pytest.raises(AddressRefused):
            target(url, named)
    with pytest.raises(AddressRefused, match="push_networks"):
        networks(production.changed(push_networks=("10.20.0.1/16",)))


@pytest.mark.parametrize(
    ("found", "right"),
    [(["93.184.215.14"], True), (["93.184.215.14", "10.0.0.1"], False), (["127.0.0.1"], False)],
)
def test_a_name_is_looked_up_at_each_push_and_every_address_counts(monkeypatch, found, right):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 443)) for a in found
    ])  # fmt: skip
    if right:
        assert push_address.resolved("dcs.example", 443, ()) == found[0]
    else:
        with pytest.raises(AddressRefused):
            push_address.resolved("dcs.example", 443, ())


def test_a_permitted_network_does_not_open_what_hides_in_ipv6():
    permitted = (ipaddress.ip_network("10.0.0.0/8"),)
    assert allowed(ipaddress.ip_address("::ffff:10.0.0.1"), permitted)
    assert not allowed(ipaddress.ip_address("64:ff9b::a00:1"), permitted)
    assert not allowed(ipaddress.ip_address("::ffff:192.168.0.1"), permitted)
