"""Settings: safe by default on this machine, and refused when they would be unsafe elsewhere."""

import os
import stat
from pathlib import Path

import pytest

from graphsvc.domain.errors import Refused
from web.config import EXAMPLE_SECRETS, Config, SettingRefused, home_folder
from web.french import typeset
from web.words.accounts import ACCOUNT_SENTENCES
from web.words.messages import sentence

SECRET = "kV3rT0p9-aZ_17yQwMxLe84sNdHbUcGj"


@pytest.fixture
def read(tmp_path):
    return lambda **env: Config.from_environment({"MAILLAGE_HOME": str(tmp_path / "home"), **env})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_with_no_setting_the_demo_serves_this_machine_from_its_home(read, tmp_path):
    config = read()
    home = tmp_path / "home"
    assert (config.demo, config.host, config.port) == (True, "127.0.0.1", 8000)
    assert config.store_url == f"sqlite:///{home}/graph.db"
    assert config.private_url == f"sqlite:///{home}/private.db"
    assert config.session_cookie == "maillage"
    assert config.base_url == "http://127.0.0.1:8000"


def test_the_home_and_its_secret_are_for_their_owner_only(read, tmp_path):
    os.umask(0)
    try:
        read()
    finally:
        os.umask(0o022)
    assert mode(tmp_path / "home") == 0o700
    assert mode(tmp_path / "home" / "secret") == 0o600


def test_the_secret_is_drawn_once_and_kept(read, tmp_path):
    first = read().secret
    assert len(first) >= 32
    assert read().secret == first
    assert (tmp_path / "home" / "secret").read_text() == first


@pytest.mark.parametrize("spoil", ["readable", "short", "binary", "folder"])
def test_a_secret_that_others_could_know_is_drawn_again(read, tmp_path, spoil):
    first, path = read().secret, tmp_path / "home" / "secret"
    if spoil == "readable":
        path.chmod(0o644)
    elif spoil == "folder":
        path.unlink()
    else:
        path.write_bytes(b"abc" if spoil == "short" else b"\xff" * 64)
    assert read().secret != first
    assert mode(path) == 0o600


def test_two_homes_have_two_secrets(tmp_path):
    drawn = {Config.from_environment({"MAILLAGE_HOME": str(tmp_path / n)}).secret for n in "abc"}
    assert len(drawn) == 3


def test_secrets_are_never_shown(read):
    config = read(
        MAILLAGE_SECRET=SECRET, NEO4J_PASSWORD="pass-1234", MAILLAGE_PRIVATE_DB="postgresql://u:pw99@h/b"
    )
    assert not any(word in repr(config) for word in (SECRET, "pass-1234", "pw99"))


@pytest.mark.parametrize(
    ("env", "rule"),
    [
        ({"MAILLAGE_HOST": "0.0.0.0"}, "secret_missing"),
        ({"MAILLAGE_HOST": "192.0.2.1", "MAILLAGE_SECRET": "short"}, "secret_short"),
        ({"MAILLAGE_HOST": "::", "MAILLAGE_SECRET": "ab" * 40}, "secret_short"),
        *(({"MAILLAGE_HOST": "0.0.0.0", "MAILLAGE_SECRET": s}, "secret_example") for s in EXAMPLE_SECRETS),
        ({"MAILLAGE_SECRET": "short"}, "secret_short"),
        ({"MAILLAGE_DEMO": "0"}, "secret_missing"),
        ({"MAILLAGE_DEMO": "1", "MAILLAGE_HOST": "0.0.0.0"}, "demo_off_loopback"),
        ({"MAILLAGE_DEMO": "1", "MAILLAGE_HOST": "localhost.evil.example"}, "demo_off_loopback"),
        ({"MAILLAGE_SECRET": SECRET, "MAILLAGE_DEBUG": "1"}, "debug_in_production"),
        ({"MAILLAGE_SECRET": SECRET, "FLASK_DEBUG": "true"}, "debug_in_production"),
        ({"MAILLAGE_STORE": "mysql://h/b"}, "store_scheme"),
        ({"MAILLAGE_STORE": "bolt://["}, "store_scheme"),
        ({"MAILLAGE_STORE": "sqlite:///a%00b"}, "store_scheme"),
        ({"MAILLAGE_STORE": "sqlite:///a\udcff"}, "store_scheme"),
        ({"MAILLAGE_PRIVATE_DB": "postgresql://[::/x"}, "private_scheme"),
        ({"MAILLAGE_URL": "https://["}, "public_url"),
        ({"MAILLAGE_URL": "https://site.example:99999"}, "public_url"),
        ({"MAILLAGE_HOME": "~nobody-of-this-name/x"}, "home_unusable"),
        ({"MAILLAGE_HOME": "a\udcff"}, "home_unusable"),
        ({"MAILLAGE_STORE": "neo4j://u:p@h:7687"}, "password_in_url"),
        ({"MAILLAGE_PRIVATE_DB": "file:///x"}, "private_scheme"),
        ({"MAILLAGE_PORT": "eighty"}, "port_range"),
        ({"MAILLAGE_PORT": "70000"}, "port_range"),
        ({"MAILLAGE_PROXIES": "-1"}, "proxies_range"),
        ({"MAILLAGE_SECRET": SECRET, "MAILLAGE_URL": "http://site.example"}, "public_url"),
        ({"MAILLAGE_URL": "https://site.example/path"}, "public_url"),
    ],
)
def test_a_setting_is_refused_with_its_remedy_and_without_its_value(read, env, rule, tmp_path):
    with pytest.raises(SettingRefused) as refused:
        read(**env)
    assert refused.value.rule == rule
    said = sentence(refused.value)
    assert said == typeset(ACCOUNT_SENTENCES[f"setting_{rule}"][0].format(setting=refused.value.setting))
    assert not any(value in said for value in env.values() if len(value) > 5)
    assert not (tmp_path / "home" / "private.db").exists()


def test_off_the_demo_the_secret_is_the_given_one_and_cookies_are_host_bound(read, tmp_path):
    config = read(
        MAILLAGE_HOST="0.0.0.0", MAILLAGE_SECRET=SECRET, MAILLAGE_URL="https://maillage.ville.example"
    )
    assert (config.demo, config.secret, config.session_cookie) == (False, SECRET, "__Host-maillage")
    assert config.base_url == "https://maillage.ville.example"
    assert config.own_names == {"maillage.ville.example", "localhost", "127.0.0.1", "::1"}
    assert not (tmp_path / "home" / "secret").exists()
    assert config.flask_settings()["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_every_loopback_address_may_be_a_demo(read, host):
    assert read(MAILLAGE_HOST=host).demo


def test_the_command_line_wins_over_the_environment(tmp_path):
    env = {"MAILLAGE_HOME": str(tmp_path), "MAILLAGE_STORE": "bolt://h:7687", "MAILLAGE_PORT": "1"}
    config = Config.from_environment(env, store="sqlite:///x.db", host="::1", port=9000)
    assert (config.store_url, config.base_url) == ("sqlite:///x.db", "http://[::1]:9000")


def test_a_home_that_cannot_be_made_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as refused:
        Config.from_environment({"MAILLAGE_HOME": str(tmp_path / "file" / "home")})
    assert "MAILLAGE_HOME" in sentence(refused.value)


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"HOME": "/h"}, "/h/.local/share/maillage"),
        ({"HOME": "/h", "XDG_DATA_HOME": "/x"}, "/x/maillage"),
        ({"HOME": "/h", "XDG_DATA_HOME": "relative"}, "/h/.local/share/maillage"),
        ({"HOME": "/h", "MAILLAGE_HOME": "/m"}, "/m"),
    ],
)
def test_the_home_follows_the_habits_of_the_system(env, expected, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert home_folder(env) == Path(expected)
