"""Mutual TLS between nodes: each side shows one certificate, and the other has pinned exactly it.

TLS 1.3 only, P-256 certificates that each node makes for itself; no public authority is asked.
It hides who asks how much from the line; what is said is signed and sealed in any case.
"""

import ssl
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.kernel.time import TimeSource
from smartborder.node import home_secrets as secrets
from smartborder.node.home import NodeHome

KEY, CERTIFICATE, PARTNER = "tls-key.pem", "tls-certificate.pem", "tls-partner.pem"
GOOD_FOR = timedelta(days=730)


class NoCertificate(EnvironmentFault):
    """The line is TLS, but a certificate is missing: make ours, and pin the partner's."""

    code = "exchange.no-certificate"
    title = Text("Certificate missing", "Certificat manquant")


def certificate(home: NodeHome, time: TimeSource) -> bytes:
    """This node's certificate (PEM), made on first use; the partner pins it."""
    folder = home.path / "secrets"
    if not (folder / CERTIFICATE).exists():
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"smartborder {home.node_id}")])
        now = time.now()
        made = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1)).not_valid_after(now + GOOD_FOR)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        secrets.write(folder / KEY, key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ))  # fmt: skip
        secrets.write(folder / CERTIFICATE, made.public_bytes(serialization.Encoding.PEM))
    return (folder / CERTIFICATE).read_bytes()


def pin_certificate(home: NodeHome, pem: bytes) -> None:
    """Trust these certificates of the partner and no others; two may overlap in one file.

    Raises:
        NoCertificate: there is none in it.

    """
    try:
        x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise NoCertificate("no certificate (PEM) in it") from error
    place = home.path / "secrets" / PARTNER
    draft = Path(f"{place}.new")
    draft.unlink(missing_ok=True)
    secrets.write(draft, pem)
    draft.replace(place)


def context(home: NodeHome, *, server: bool) -> ssl.SSLContext:
    """The TLS settings of one end of the line.

    Raises:
        NoCertificate: ours or the partner's is missing.

    """
    folder = home.path / "secrets"
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.check_hostname = False  # the certificate itself is pinned
    made.verify_mode = ssl.CERT_REQUIRED
    # A pinned certificate is its own root: nothing above it is trusted, and nothing it signs.
    made.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        made.load_cert_chain(folder / CERTIFICATE, folder / KEY)
        made.load_verify_locations(folder / PARTNER)
    except (OSError, ssl.SSLError) as error:
        raise NoCertificate("make ours and pin the partner's") from error
    return made
