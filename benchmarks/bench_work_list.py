"""How long does the work list take in a network of 20,000 actors, for somebody of the staff, served by two
processes of four threads? Order and bridges are the stored ones: computed when the network is first served.
"""

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from benchmarks.bench_pages import CLIENTS, WARM_UP, checked, serving
from benchmarks.load import ask_each_once
from benchmarks.measure import Budget, Figure, percentile
from benchmarks.network import write_bundle
from benchmarks.programs import maillage, own_home

ACTORS, LINKS = 20_000, 60_000
REQUESTS, UNREAD = 800, 200
TARGET_MS = 100.0
LIST = "/acteurs-isoles"
READ = (LIST, *(f"{LIST}?page={k}" for k in range(2, 11)), f"{LIST}?etat=fragile", f"{LIST}?type=association")
STORED_S, QUICK_S = 300.0, 1.0


def run(budget: Budget) -> list[Figure]:
    """p95 of the first ten pages and two filters, read again and again; then of pages nobody has read."""
    with own_home() as env:
        bundle = write_bundle(Path(env["MAILLAGE_HOME"]).parent / "bundle", ACTORS, LINKS)
        maillage("import", str(bundle), env=env)
        with serving(env, seed=False) as address:
            cookie = _signed_in(address, env)
            _wait_until_stored(address, cookie)
            unread = [f"{LIST}?page={k}" for k in range(11, 11 + WARM_UP + budget.repeats(UNREAD))]
            ask_each_once(address, unread[:WARM_UP], CLIENTS, cookie)
            first = checked("work list", ask_each_once(address, unread[WARM_UP:], CLIENTS, cookie))
            turns = [READ[k % len(READ)] for k in range(WARM_UP + budget.repeats(REQUESTS))]
            ask_each_once(address, turns[:WARM_UP], CLIENTS, cookie)
            again = checked("work list", ask_each_once(address, turns[WARM_UP:], CLIENTS, cookie))
    return [
        _figure("work list page, p95", again),
        _figure("work list page nobody has read yet, p95", first),
    ]


def _figure(name: str, taken: list[float]) -> Figure:
    note = (
        f"{ACTORS} actors, {len(taken)} requests, {CLIENTS} clients, median {percentile(taken, 0.5):.1f} ms"
    )
    return Figure(name, percentile(taken, 0.95), "ms", TARGET_MS, note=note)


def _signed_in(address: str, env: Mapping[str, str]) -> str:
    """The cookie of an agent, who came in by a one-time link as anybody does."""
    link = maillage("sign-in-link", "agent@ville.example", "--create", env=env).strip()
    path = urllib.parse.urlsplit(link).path
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(address + path, timeout=30).read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("the sign-in page has no form")
    form = urllib.parse.urlencode({"csrf_token": token[1]}).encode()
    browser.open(urllib.request.Request(address + path, form, {"Referer": address + path}), timeout=30).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _wait_until_stored(address: str, cookie: str) -> None:
    """Ask until both processes have what pages read: some answers in a row come at once."""
    deadline, quick = time.monotonic() + STORED_S, 0
    while quick < 10:
        if time.monotonic() > deadline:
            raise RuntimeError("the work list was not computed in time")
        request = urllib.request.Request(address + LIST, headers={"Cookie": cookie})
        began = time.monotonic()
        page = urllib.request.urlopen(request, timeout=STORED_S).read().decode()
        if "/acteurs-isoles/suivi/" not in page:
            raise RuntimeError("the work list names nobody: the agent is not signed in")
        quick = quick + 1 if time.monotonic() - began < QUICK_S else 0
