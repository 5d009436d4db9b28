"""A node's home: its settings, its secrets, and what is refused."""

import json

import msgspec
import pytest

from smartborder.model.country import UnknownCountryPack
from smartborder.node import home_secrets
from smartborder.node.home import (
    HomeExists,
    HomeMissing,
    HomePermissions,
    HomeUnreadable,
    NodeHome,
    PartnerAddress,
    default_path,
)
from smartborder.node.home_secrets import SecretUnavailable
from smartborder.node.store.database import DatabaseUrlUnusable


@pytest.fixture
def made(tmp_path):
    partner = PartnerAddress(node_id="USA", url="http://127.0.0.1:8102")
    return NodeHome.create(tmp_path / "ca", country="ca", port=8101, partner=partner)


def test_what_is_made_is_loaded(made):
    assert NodeHome.load(made.path) == made
    assert (made.country, made.node_id, made.name) == ("CA", "CAN", "Canada")
    assert made.pack.languages == ("fr", "en")
    assert made.partner is not None
    assert made.partner.url == "http://127.0.0.1:8102"


def test_a_home_can_be_moved(made, tmp_path):
    """What is inside moves along; root's database has a place of its own and stays there."""
    inside = {"place": made.path / "pg", "socket": made.path / "run"}
    made.changed(database=msgspec.structs.replace(made.database, **inside)).save()
    moved = NodeHome.load(made.path.rename(tmp_path / "moved")).database
    assert (moved.place, moved.socket) == (tmp_path / "moved" / "pg", tmp_path / "moved" / "run")


def test_a_country_without_a_pack_gets_a_user_assigned_code(tmp_path):
    """ISO 3166-1: XAA to XZZ are free for users."""
    assert NodeHome.create(tmp_path / "x", country="JP").node_id == "JPN"
    assert NodeHome.create(tmp_path / "y", country="ZZ").node_id == "XZZ"


def test_secrets_are_closed_to_others_and_not_in_the_settings(made):
    folder = made.path / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    names = {p.name: p.stat().st_mode & 0o777 for p in folder.iterdir()}
    assert names == dict.fromkeys(
        ("database.json", "signing-key.json", "data.key", "backup.key"), 0o600
    )
    settings = (made.path / "node.json").read_text()
    for password in json.loads((folder / "database.json").read_text()).values():
        assert password is None or password not in settings


def test_every_node_has_keys_of_its_own(made, tmp_path):
    other = NodeHome.create(tmp_path / "us", country="US")
    assert len(made.data_key()) == len(made.backup_key()) == 32
    assert len({made.data_key(), made.backup_key(), other.data_key(), other.backup_key()}) == 4
    assert made.signing_key().kid.startswith("CAN-")
    assert made.signing_key().as_dict(private=True) == made.signing_key().as_dict(private=True)
    assert made.signing_key().thumbprint() != other.signing_key().thumbprint()


def test_each_login_has_its_own_address(made):
    dsns = {login: made.dsn(login) for login in ("owner", "app", "auditor", "admin")}
    assert len(set(dsns.values())) == 4
    for login, dsn in dsns.items():
        assert dsn.startswith(f"postgresql://sb_{login}:")


def test_a_second_node_in_the_same_folder_is_refused(made):
    with pytest.raises(HomeExists):
        NodeHome.create(made.path, country="US")


def test_no_node_is_a_coded_error(tmp_path, monkeypatch):
    with pytest.raises(HomeMissing):
        NodeHome.load(tmp_path)
    monkeypatch.setenv("SMARTBORDER_HOME", str(tmp_path / "elsewhere"))
    assert default_path() == tmp_path / "elsewhere"
    with pytest.raises(HomeMissing):
        NodeHome.load()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"[]",
        b"{}",
        b'{"port": "many"}',
        b'{"mode": "half"}',
    ],
)
def test_damaged_settings_are_a_coded_error(made, damage):
    path = made.path / "node.json"
    if damage.startswith(b'{"'):
        damage = json.dumps(json.loads(path.read_bytes()) | json.loads(damage)).encode()
    path.write_bytes(damage)
    with pytest.raises(HomeUnreadable):
        NodeHome.load(made.path)


def test_production_refuses_a_moved_clock(made):
    moved = made.changed(clock_offset_seconds=60)
    assert moved.clock_offset_seconds == 60
    with pytest.raises(HomeUnreadable, match="clock_offset_seconds"):
        moved.changed(mode="production")


def test_bad_arguments_are_coded_errors(tmp_path):
    with pytest.raises(UnknownCountryPack):
        NodeHome.create(tmp_path / "a", country="Canada")
    with pytest.raises(HomeUnreadable, match="port"):
        NodeHome.create(tmp_path / "b", country="CA", port=70_000)
    with pytest.raises(DatabaseUrlUnusable):
        NodeHome.create(tmp_path / "c", country="CA", database_url="mysql://a@b/c")
    with pytest.raises(DatabaseUrlUnusable):
        NodeHome.create(tmp_path / "d", country="CA", database_url="postgresql://host")
    url = "postgresql://a@b/" + "n" * 53
    with pytest.raises(DatabaseUrlUnusable, match="52 bytes"):
        NodeHome.create(tmp_path / "e", country="CA", database_url=url)
    with pytest.raises(HomePermissions):
        NodeHome.create("/proc/nowhere", country="CA")
    assert list(tmp_path.iterdir()) == []


def test_missing_secrets_are_a_coded_error(made):
    (made.path / "secrets" / "data.key").unlink()
    with pytest.raises(SecretUnavailable):
        made.data_key()
    (made.path / "secrets" / "database.json").write_text("{}")
    with pytest.raises(SecretUnavailable):
        made.dsn("app")


def test_secrets_are_never_overwritten(made):
    before = made.data_key()
    home_secrets.write_new(made.path / "secrets", "CAN", None)
    assert made.data_key() == before


def test_a_given_server_keeps_its_host_and_options(tmp_path):
    url = "postgres+psycopg://admin:pw@db.example:6432/border?sslmode=require"
    home = NodeHome.create(tmp_path / "g", country="CA", database_url=url)
    assert home.dsn("admin") == "postgresql://admin:pw@db.example:6432/border?sslmode=require"
    app = home.dsn("app")
    assert app.startswith("postgresql://sb_app_border:")
    assert app.endswith("@db.example:6432/border?sslmode=require")
    assert (
        msgspec.json.decode((home.path / "node.json").read_bytes())["database"]["kind"] == "given"
    )
