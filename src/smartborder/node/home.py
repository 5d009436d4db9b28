"""A node's home: one folder that holds its settings, secrets, logs and pids.

::

    <home>/node.json     settings, no secrets
    <home>/secrets/      mode 0700: database passwords, signing key, data and backup keys
    <home>/log/          one log per process, rotated
    <home>/run/          pids and sockets of a running node
    <home>/watch/        files dropped here are taken in as messages
    <home>/pg/           the PostgreSQL data, unless the node runs as root (see ``database.place``)

Every process of a node finds its home through the environment variable ``SMARTBORDER_HOME``.
"""

import os
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal, Self

import msgspec
from joserfc.jwk import OKPKey

from smartborder.kernel.errors import EnvironmentFault, InputError, StateError
from smartborder.kernel.text import Text
from smartborder.model.country import CountryPack, load_country
from smartborder.node import home_secrets as secrets
from smartborder.node.store.database import Database, Login, ServerSource, address, own_database

Mode = Literal["demo", "production"]
HOME_VARIABLE = "SMARTBORDER_HOME"
_FOLDERS = ("secrets", "log", "run", "watch")


class HomeMissing(StateError):
    """There is no node in this folder: make one with ``smartborder node init --country XX``."""

    code = "home.missing"
    title = Text("No node in this folder", "Aucun nœud dans ce dossier")
    status = 404


class HomeExists(StateError):
    """The folder already holds a node: choose another, or destroy the old one first."""

    code = "home.exists"
    title = Text("A node already lives here", "Un nœud existe déjà dans ce dossier")


class HomeUnreadable(InputError):
    """``node.json`` is damaged or a value in it is not allowed: correct it, or restore a backup."""

    code = "home.unusable-settings"
    title = Text("The node's settings cannot be used", "Réglages du nœud inutilisables")


class HomePermissions(EnvironmentFault):
    """The node may not read or write its own folder: correct owner and mode of what is named."""

    code = "home.permissions"
    title = Text("Folder rights are wrong", "Droits d'accès au dossier incorrects")


class PartnerAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where the partner's node answers.

    Attributes:
        node_id: ISO 3166 alpha-3 code of the partner's country.
        url: base address, e.g. ``http://127.0.0.1:8102``.
        public_key: the partner's public signing key as a JWK (Ed25519), exchanged out of band.

    """

    node_id: str
    url: str
    public_key: dict[str, str] | None = None


def default_path() -> Path:
    """Where the node lives if nobody says: ``SMARTBORDER_HOME``, else the user's data folder."""
    if named := os.environ.get(HOME_VARIABLE):
        return Path(named).absolute()
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data).absolute() / "smartborder" / "node"


class NodeHome(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of one node and the way to its secrets.

    Attributes:
        path: the home folder (absolute).
        country: ISO 3166 alpha-2 code; picks the data pack.
        node_id: ISO 3166 alpha-3 code, as used in records and on the wire.
        name: what people call this node.
        host: address the web process listens on; loopback unless a proxy says otherwise.
        port: TCP port of the web process.
        web_workers: processes that serve the web; each holds about 150 MB.
        exchange_port: where the partner's node calls under mutual TLS; None leaves the exchange
            to the web port, behind a proxy of one's own.
        mode: ``production`` refuses everything that is for show only.
        clock_offset_seconds: added to the machine's clock so that the demo plays on a fixed day.
        partner: the other country's node, if there is one.
        partner_silent_seconds: how long the partner may not be heard before every page says so;
            it is heard every ten seconds while the line holds.
        push_networks: networks (CIDR) beside the public internet to which replies may be pushed,
            such as ``10.20.0.0/16``; a demonstration may always push to its own machine.
        database: where the node's PostgreSQL is.
        installed: whether database and tables were made to the end.

    """

    path: Path
    country: str
    node_id: str
    name: str
    host: str = "127.0.0.1"
    port: int = 8100
    web_workers: int = 1
    exchange_port: int | None = None
    mode: Mode = "demo"
    clock_offset_seconds: int = 0
    partner: PartnerAddress | None = None
    partner_silent_seconds: int = 45
    push_networks: tuple[str, ...] = ()
    database: Database
    installed: bool = False

    def __post_init__(self) -> None:
        """Refuse what must never be: a moved clock in production, an impossible port."""
        if self.mode == "production" and self.clock_offset_seconds:
            raise HomeUnreadable("clock_offset_seconds must be 0 in production mode")
        if not 1 <= self.port <= 65535:
            raise HomeUnreadable("port must be between 1 and 65535", port=self.port)

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        country: str,
        name: str | None = None,
        port: int = 8100,
        mode: Mode = "demo",
        partner: PartnerAddress | None = None,
        clock_offset_seconds: int = 0,
        database_url: str | None = None,
        server: ServerSource | None = None,
    ) -> Self:
        """Make the folder, its keys and ``node.json``; the database itself is made by ``install``.

        Args:
            path: the folder; made if absent, must not hold a node yet.
            country: ISO 3166 alpha-2 code.
            name: what people call the node; the country's name if not given.
            port: TCP port on loopback.
            mode: ``demo`` or ``production``.
            partner: the other node, if known already.
            clock_offset_seconds: demo only.
            database_url: an existing server's address with the right to create roles; without
                it the node runs a server of its own.
            server: which binaries an own server should use; the machine's first if not given.

        Raises:
            HomeExists: the folder holds a node.
            HomePermissions: the folder cannot be written.

        """
        home = Path(path).absolute()
        pack = load_country(country.upper())
        if (home / "node.json").exists():
            raise HomeExists("this folder already holds a node", home=str(home))
        made = cls(
            path=home,
            country=pack.code,
            node_id=pack.alpha3,
            name=name or pack.name.en,
            port=port,
            mode=mode,
            clock_offset_seconds=clock_offset_seconds,
            partner=partner,
            database=Database.given(database_url) if database_url else own_database(home, server),
        )
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            for folder in _FOLDERS:
                (home / folder).mkdir(exist_ok=True, mode=0o700)
            secrets.write_new(home / "secrets", pack.alpha3, database_url)
            made.save()
        except OSError as error:
            raise HomePermissions(
                f"this folder cannot be written: {error.strerror}", place=error.filename
            ) from error
        return made

    @classmethod
    def of_settings(cls, settings: dict[str, Any], path: Path) -> Self:
        """The node that a ``node.json`` describes, as if it lay in ``path``.

        Raises:
            HomeUnreadable: a value is missing or not allowed.

        """
        try:
            return msgspec.convert(
                {**settings, "path": str(path)}, cls, dec_hook=partial(_folder, path)
            )
        except (msgspec.MsgspecError, TypeError) as error:
            raise HomeUnreadable(f"node.json: {error}", home=str(path)) from error

    @classmethod
    def load(cls, path: Path | str | None = None) -> Self:
        """The node in a folder; without one, in the folder that ``SMARTBORDER_HOME`` names.

        Raises:
            HomeMissing: there is no node.
            HomePermissions: the folder cannot be read by this user.
            HomeUnreadable: ``node.json`` is damaged.

        """
        home = Path(path).absolute() if path else default_path()
        try:
            settings = msgspec.json.decode((home / "node.json").read_bytes())
            return cls.of_settings(settings, home)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise HomeMissing(
                "no node here; make one with: smartborder node init --country XX", home=str(home)
            ) from error
        except PermissionError as error:
            raise HomePermissions(
                "this user may not read the node's home", home=str(home)
            ) from error
        except (msgspec.MsgspecError, TypeError) as error:
            raise HomeUnreadable(f"node.json: {error}", home=str(home)) from error

    def save(self) -> None:
        """Write ``node.json``, whole or not at all; folders below the home are written relative.

        A home can thus be moved while its node is stopped.
        """

        def written(value: Any) -> str:
            inside = isinstance(value, Path) and value.is_relative_to(self.path)
            return str(value.relative_to(self.path) if inside else value)

        settings = msgspec.to_builtins(self, enc_hook=written)
        del settings["path"]
        draft = self.path / "node.json.new"
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
        draft.replace(self.path / "node.json")

    def changed(self, **settings: Any) -> Self:
        """A copy with other settings, e.g. ``home.changed(partner=...)``; not yet saved."""
        return msgspec.structs.replace(self, **settings)

    @property
    def pack(self) -> CountryPack:
        """The country's data pack."""
        return load_country(self.country)

    def dsn(self, login: Login) -> str:
        """``postgresql://...`` for one of the logins; psycopg and SQLAlchemy both take it.

        ``owner`` runs migrations, ``app`` serves, ``auditor`` reads ledger and audit only;
        ``admin`` (made by us in an own cluster, given by ``DATABASE_URL`` otherwise) creates
        roles, backs up and restores.
        """
        return address(self.database, login, secrets.read_passwords(self.path / "secrets"))

    def signing_key(self) -> OKPKey:
        """The node's private signing key (Ed25519, JWK with ``kid``)."""
        return _imported(secrets.read(self.path / "secrets", "signing-key.json"))

    def data_key(self) -> bytes:
        """32 bytes: the key that wraps the keys of personal data at rest."""
        return secrets.read(self.path / "secrets", "data.key")

    def backup_key(self) -> bytes:
        """32 bytes: the key that backups are encrypted with. Keep a copy away from this machine."""
        return secrets.read(self.path / "secrets", "backup.key")


@lru_cache(16)
def _imported(jwk: bytes) -> OKPKey:
    """Importing takes longer than signing; a changed file is another key."""
    return OKPKey.import_key(msgspec.json.decode(jwk, type=dict[str, Any]))


def _folder(home: Path, kind: type, value: Any) -> Any:
    """Folders are written as text in ``node.json``, relative to the home where they are in it."""
    if kind is Path:
        return home / value
    raise TypeError(f"unsupported {kind}")
