"""Mail to another machine goes by TLS alone, to a server whose certificate holds: a real one."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from mailbox import Maildir
from pathlib import Path
from time import sleep

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gcmtext.db.engine import open_sessions
from gcmtext.services.mail import deliver, outbox, send
from gcmtext.settings import Settings

NOW = datetime(2027, 7, 12, 9, 30, tzinfo=UTC)
# Not the address that is taken for this very machine, to which mail may go in the clear.
HOST = "127.0.0.2"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for the server, signed by itself; return it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A server for mail")])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Settings, Path, Path]]:
    """A server that takes mail after STARTTLS alone: the settings for it, its certificate, and its box."""
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    shown, key = certificate(tmp_path)
    box = tmp_path / "box"
    process = subprocess.Popen(
        [
            *(sys.executable, "-W", "ignore", "-m", "aiosmtpd", "--nosetuid", "--listen", f"{HOST}:{port}"),
            *("--tlscert", str(shown), "--tlskey", str(key)),
            *("--class", "aiosmtpd.handlers.Mailbox", str(box)),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            with socket.socket() as knock:
                if knock.connect_ex((HOST, port)) == 0:
                    break
            sleep(0.1)
        url = f"smtp://{HOST}:{port}"
        yield Settings(tmp_path, "", smtp_url=url, mail_from="texts@example.org"), shown, box
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_mail_goes_by_tls_to_a_server_whose_certificate_holds(
    engine: Engine,
    session: Session,
    server: tuple[Settings, Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings, shown, box = server
    send(session, "amina@example.org", "Rev.2", "Rev.2 is out.", NOW)
    session.commit()
    assert deliver(open_sessions(engine), settings, NOW) == (0, 1)
    session.expire_all()
    assert "CERTIFICATE_VERIFY_FAILED" in outbox(session)[0].fault
    assert not len(Maildir(box))
    session.rollback()
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    assert deliver(open_sessions(engine), settings, NOW + timedelta(hours=1)) == (1, 0)
    [message] = Maildir(box)
    assert message["Subject"] == "Rev.2"
