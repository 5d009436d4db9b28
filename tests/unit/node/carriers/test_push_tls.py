"""A push over TLS goes to the address that was looked at, under the name it was looked up by."""

import datetime
import ipaddress
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from smartborder.node.carriers import push_wire
from smartborder.node.carriers.push_address import Target
from smartborder.node.carriers.push_wire import NotDelivered

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


class Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((self.headers["host"], body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """A host with a certificate for ``dcs.example``; its authority is itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "dcs.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("dcs.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption()))  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    served = HTTPServer(("127.0.0.1", 0), Taker)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    served.got, served.authority = [], folder / "cert.pem"
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.fixture
def send(host, monkeypatch):
    """``send(name, trusted)``: a push to a name that leads to this host."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", host.server_port))
    ])  # fmt: skip

    def do(name, *, trusted=True):
        to = Target(scheme="https", host=name, port=host.server_port, path="/in")
        tls = ssl.create_default_context(cafile=host.authority) if trusted else None
        push_wire.post(to, LOOPBACK, {"content-type": "application/edifact"}, b"UNB'", tls=tls)

    return do


def test_a_host_with_the_right_certificate_takes_it(host, send):
    send("dcs.example")
    assert host.got == [(f"dcs.example:{host.server_port}", b"UNB'")]


def test_another_name_or_an_unknown_authority_takes_nothing(host, send):
    before = len(host.got)
    with pytest.raises(NotDelivered, match="tls"):
        send("other.example")
    with pytest.raises(NotDelivered, match="tls"):
        send("dcs.example", trusted=False)
    assert len(host.got) == before
