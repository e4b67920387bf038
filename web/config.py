"""Settings: read once from the environment, checked, then passed on as a value."""

import hashlib
import ipaddress
import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import SplitResult, unquote, urlsplit

from graphsvc.domain.errors import Refused

SECRET_LENGTH = 32
SECRET_VARIETY = 10
EXAMPLE_SECRETS = frozenset(
    {"remplacez-cette-valeur-par-un-vrai-secret", "replace-this-value-with-a-real-secret"}
)
STORE_SCHEMES = ("sqlite", "neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
PRIVATE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
UPLOAD_LIMIT = 10 * 1024 * 1024
_HOURS_8 = 8 * 3600
# https://host, https://host:port or https://*.host, as a content policy writes them, and nothing else.
_EMBEDDER = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?")
# who@host.tld or https://host/page, as a link holds them: nothing that could end the one or begin another.
_ADDRESS = re.compile(r"[a-z0-9._+-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE)
_CONTACT_PAGE = re.compile(
    r"https://[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}(:\d{1,5})?(/[^\s<>\"']{0,400})?", re.IGNORECASE
)
_YES = frozenset({"1", "true", "yes", "on", "oui"})


@dataclass(eq=False)
class SettingRefused(Refused):
    """A setting is missing, unsafe or unreadable. The value itself is never shown."""

    setting: str
    rule: str

    @property
    def code(self) -> str:
        """`setting_` and the rule: its sentence is in web.words.accounts."""
        return f"setting_{self.rule}"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the application is told from outside. Secrets are left out of `repr`."""

    home: Path
    store_url: str
    private_url: str = field(repr=False)
    secret: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = True
    debug: bool = False
    proxies: int = 0
    public_url: str | None = None
    embed_hosts: tuple[str, ...] = ()
    contours: Path | None = None
    contact: str | None = None
    neo4j_username: str | None = None
    neo4j_password: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(
        cls,
        env: Mapping[str, str],
        *,
        store: str | None = None,
        host: str | None = None,
        port: int | None = None,
    ) -> Self:
        """Read and check the settings; make the home folder (0700) and, in demo mode, its secret (0600).

        `store`, `host` and `port` come from the command line and win. Demo mode is the default on a loopback
        address without MAILLAGE_SECRET. Raises SettingRefused.
        """
        host = host or env.get("MAILLAGE_HOST") or "127.0.0.1"
        debug = any(env.get(name, "").lower() in _YES for name in ("MAILLAGE_DEBUG", "FLASK_DEBUG"))
        demo = _demo(env, host)
        if debug and not demo:
            raise SettingRefused("MAILLAGE_DEBUG", "debug_in_production")
        given_secret = None if demo else check_secret(env.get("MAILLAGE_SECRET", ""))
        store_url = _store(store or env.get("MAILLAGE_STORE"))
        private_url = _private(env.get("MAILLAGE_PRIVATE_DB"))
        port = _whole(port or env.get("MAILLAGE_PORT") or 8000, 1, 65535, "MAILLAGE_PORT", "port_range")
        proxies = _whole(env.get("MAILLAGE_PROXIES") or 0, 0, 5, "MAILLAGE_PROXIES", "proxies_range")
        public_url = _public_url(env.get("MAILLAGE_URL"), demo=demo)
        home = make_home(home_folder(env))
        return cls(
            home=home,
            store_url=store_url or f"sqlite:///{home / 'graph.db'}",
            private_url=private_url or f"sqlite:///{home / 'private.db'}",
            secret=given_secret or demo_secret(home),
            host=host,
            port=port,
            demo=demo,
            debug=debug,
            proxies=proxies,
            public_url=public_url,
            embed_hosts=_embed_hosts(env.get("MAILLAGE_EMBED_HOSTS", ""), demo=demo),
            contours=_contours(env.get("MAILLAGE_CONTOURS", "")),
            contact=_contact(env.get("MAILLAGE_CONTACT", "")),
            neo4j_username=env.get("NEO4J_USERNAME"),
            neo4j_password=env.get("NEO4J_PASSWORD"),
        )

    @property
    def snapshot_folder(self) -> Path:
        """Where the snapshot is kept: a folder a store, so that the last good one is never another's."""
        return self.home / "snapshot" / hashlib.sha256(self.store_url.encode()).hexdigest()[:16]

    @property
    def base_url(self) -> str:
        """The address people open, without a final slash: for links made outside a request."""
        if self.public_url:
            return self.public_url
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.demo else 'https'}://{name}:{self.port}"

    @property
    def own_names(self) -> frozenset[str] | None:
        """The names (Host headers) that are answered; None = any. In demo mode only this machine's own names.

        Those are always answered: health checks use them, and no page elsewhere can make a browser send them.
        """
        loopback = {"localhost", "127.0.0.1", "::1"}
        if self.public_url:
            return frozenset({urlsplit(self.public_url).hostname or "", *loopback})
        return frozenset({self.host, *loopback}) if self.demo else None

    @property
    def session_cookie(self) -> str:
        """`__Host-`: the browser itself refuses the cookie without Secure, Path=/ or from another host."""
        return "maillage" if self.demo else "__Host-maillage"

    def flask_settings(self) -> dict[str, Any]:
        """The Flask and Flask-WTF settings that follow."""
        return {
            "SECRET_KEY": self.secret,
            "DEBUG": self.debug,
            "SESSION_COOKIE_NAME": self.session_cookie,
            "SESSION_COOKIE_SECURE": not self.demo,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_PATH": "/",
            "SESSION_COOKIE_DOMAIN": None,
            "PERMANENT_SESSION_LIFETIME": _HOURS_8,
            "MAX_CONTENT_LENGTH": UPLOAD_LIMIT + 64 * 1024,
            "MAILLAGE_HOSTS": self.own_names,
            "PREFERRED_URL_SCHEME": urlsplit(self.base_url).scheme,
            "MAILLAGE_PROXIES": self.proxies,
            "MAILLAGE_URL": self.public_url,
            "MAILLAGE_EMBED_HOSTS": self.embed_hosts,
            "MAILLAGE_CONTOURS": self.contours,
            "MAILLAGE_CONTACT": self.contact,
            "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session
        }


def home_folder(env: Mapping[str, str]) -> Path:
    """MAILLAGE_HOME, else a folder of the user's data directory, by the habits of the system."""
    if env.get("MAILLAGE_HOME"):
        return _folder(env["MAILLAGE_HOME"])
    if sys.platform == "win32" and env.get("LOCALAPPDATA"):
        return Path(env["LOCALAPPDATA"]) / "maillage"
    own = Path(env["HOME"]) if env.get("HOME") else Path.home()
    if sys.platform == "darwin":
        return own / "Library" / "Application Support" / "maillage"
    shared = env.get("XDG_DATA_HOME", "")
    return (Path(shared) if Path(shared).is_absolute() else own / ".local" / "share") / "maillage"


def _folder(text: str) -> Path:
    try:
        text.encode()
        return Path(text).expanduser().absolute()
    except (UnicodeEncodeError, RuntimeError) as error:  # no text; `~somebody` who is not there
        raise SettingRefused("MAILLAGE_HOME", "home_unusable") from error


def make_home(home: Path) -> Path:
    """The folder, made with mode 0700 if it is not there. Raises SettingRefused when it cannot be written."""
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise SettingRefused("MAILLAGE_HOME", "home_unusable") from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise SettingRefused("MAILLAGE_HOME", "home_unusable")
    return home


def demo_secret(home: Path) -> str:
    """The secret kept in the home folder; a new one if there is none, or if others could read it."""
    path = home / "secret"
    try:
        if path.stat().st_mode & 0o077 == 0 or os.name == "nt":
            kept = path.read_text(encoding="ascii").strip()
            if len(kept) >= SECRET_LENGTH:
                return kept
    except (OSError, UnicodeDecodeError):
        pass  # no secret, or not one of ours: a new one takes its place
    made = secrets.token_urlsafe(48)
    fresh = path.with_name(f"secret.{secrets.token_hex(4)}")
    try:
        with os.fdopen(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as file:
            file.write(made)
        fresh.replace(path)
    except OSError as error:
        raise SettingRefused("MAILLAGE_HOME", "home_unusable") from error
    return made


def check_secret(secret: str) -> str:
    """The secret, if it is one. Raises SettingRefused."""
    if not secret:
        raise SettingRefused("MAILLAGE_SECRET", "secret_missing")
    if secret in EXAMPLE_SECRETS:
        raise SettingRefused("MAILLAGE_SECRET", "secret_example")
    if len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY:
        raise SettingRefused("MAILLAGE_SECRET", "secret_short")
    return secret


def is_loopback(host: str) -> bool:
    """Whether an address is only reachable from this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _demo(env: Mapping[str, str], host: str) -> bool:
    asked = env.get("MAILLAGE_DEMO")
    demo = asked.lower() in _YES if asked else is_loopback(host) and not env.get("MAILLAGE_SECRET")
    if demo and not is_loopback(host):
        raise SettingRefused("MAILLAGE_DEMO", "demo_off_loopback")
    return demo


def _split(url: str, setting: str, rule: str) -> SplitResult:
    """The parts of an address. Raises SettingRefused for what is none, or holds what no path can."""
    try:
        plain = unquote(url, errors="strict").encode()
        parts = urlsplit(url)
        if setting == "MAILLAGE_URL":
            _ = parts.port  # elsewhere several hosts may follow each other, each with its own
    except ValueError:
        raise SettingRefused(setting, rule) from None
    if b"\0" in plain:
        raise SettingRefused(setting, rule)
    return parts


def _store(url: str | None) -> str | None:
    if not url:
        return None
    parts = _split(url, "MAILLAGE_STORE", "store_scheme")
    if parts.scheme not in STORE_SCHEMES:
        raise SettingRefused("MAILLAGE_STORE", "store_scheme")
    if parts.scheme != "sqlite" and parts.username is not None:
        raise SettingRefused("MAILLAGE_STORE", "password_in_url")
    return url


def _private(url: str | None) -> str | None:
    if url and _split(url, "MAILLAGE_PRIVATE_DB", "private_scheme").scheme not in PRIVATE_SCHEMES:
        raise SettingRefused("MAILLAGE_PRIVATE_DB", "private_scheme")
    return url or None


def _whole(value: str | int, low: int, high: int, setting: str, rule: str) -> int:
    try:
        number = int(value)
    except ValueError:
        raise SettingRefused(setting, rule) from None
    if not low <= number <= high:
        raise SettingRefused(setting, rule)
    return number


def _public_url(url: str | None, *, demo: bool) -> str | None:
    if not url:
        return None
    parts = _split(url, "MAILLAGE_URL", "public_url")
    if (
        parts.scheme not in (("http", "https") if demo else ("https",))
        or not parts.hostname
        or parts.path.strip("/")
    ):
        raise SettingRefused("MAILLAGE_URL", "public_url")
    return url.rstrip("/")


def _contours(text: str) -> Path | None:
    """The file of the territory's contours, if one is named; it has to be there."""
    if not text:
        return None
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise SettingRefused("MAILLAGE_CONTOURS", "contours")
    return path


def _contact(text: str) -> str | None:
    """Where to write to the coordination, as a link: an e-mail address or a page of contact."""
    given = text.strip()
    if not given:
        return None
    if _ADDRESS.fullmatch(given):
        return f"mailto:{given}"
    if _CONTACT_PAGE.fullmatch(given):
        return given
    raise SettingRefused("MAILLAGE_CONTACT", "contact")


def _embed_hosts(text: str, *, demo: bool) -> tuple[str, ...]:
    """The sites that may show the embedded map, by spaces or commas; plain HTTP in demo mode only."""
    hosts = tuple(dict.fromkeys(text.lower().replace(",", " ").split()))
    for host in hosts:
        if not _EMBEDDER.fullmatch(host) or not (demo or host.startswith("https://")):
            raise SettingRefused("MAILLAGE_EMBED_HOSTS", "embed_hosts")
    return hosts
