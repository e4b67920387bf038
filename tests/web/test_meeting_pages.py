"""Meetings on the site: planned, kept, attended, followed; and what is refused."""

import io
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import AttendanceRole
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from people.accounts import redeem, sign_in_link
from people.roles import Role
from tests.web import conftest

HOSTILE = '=HYPERLINK("x")'


def text_of(html: str) -> str:
    """What a reader sees, entities read."""
    return unescape(conftest.text_of(html))


def coordinator(site: Flask) -> FlaskClient:
    private = site.extensions["maillage-services"].private
    link = sign_in_link(private, "coordination@ville.example", create_role=Role.COORDINATOR)
    client = site.test_client()
    client.set_cookie("maillage", f"p.{redeem(private, link).session_token}")
    return client


@pytest.fixture(scope="session")
def planner(essonne_site: Flask) -> FlaskClient:
    return coordinator(essonne_site)


WATER = "/rencontres?theme=eau&territoire=Mali&taille=20"


def test_a_guest_list_for_a_meeting_on_water_in_mali_takes_one_question(planner):
    html = planner.get(WATER).get_data(as_text=True)
    said = text_of(html)
    assert "Rencontre : Eau et assainissement, au Mali" in said
    assert re.search(r"\b(?:19|20) invités", said), re.findall(r"\d+ invités?", said)
    first = html.index("/acteurs/", html.index('class="guests"'))
    assert "à l'écart du réseau" in text_of(html[first : first + 3000])
    assert "Aquassistance" in said
    assert "Plan de table" in said
    assert said.count("À sa table") >= 19


def test_the_work_list_leads_to_a_meeting_on_what_it_was_narrowed_to(planner, agent):
    html = planner.get("/acteurs-isoles?territoire=ML&theme=eau").get_data(as_text=True)
    link = re.search(r'href="(/rencontres\?[^"]*)">Préparer une rencontre', html)
    assert link
    assert parse_qs(urlsplit(unescape(link[1])).query) == {"theme": ["eau"], "territoire": ["ML"]}
    assert "Plan de table" in text_of(planner.get(unescape(link[1])).get_data(as_text=True))
    assert planner.get("/rencontres").status_code == 200
    assert "Préparer une rencontre" not in agent.get("/acteurs-isoles").get_data(as_text=True)


def test_the_guest_list_is_for_the_coordination(agent, visitor):
    assert agent.get(WATER).status_code == 403
    assert visitor.get(WATER).status_code == 401


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("taille=0", "une rencontre réunit de 2 à 300 acteurs"),
        ("taille=douze", "une rencontre réunit de 2 à 300 acteurs"),
        ("taille=6&tables=9", "au moins deux invités par table"),
        ("theme=assainissemen", "Noms les plus proches"),
        ("territoire=Malli", "Mali"),
        ("taille=-5", "nombre d'invités : « -5 » refusé"),
    ],
)
def test_what_makes_no_meeting_is_said_beside_the_form(planner, address, sentence):
    answer = planner.get(f"/rencontres?{address}")
    assert answer.status_code == 422
    assert sentence in text_of(answer.get_data(as_text=True))


def test_nobody_on_the_topic_is_said_honestly(planner):
    said = text_of(planner.get("/rencontres?theme=sport&territoire=Pologne").get_data(as_text=True))
    assert "Aucun invité n'est connu à la fois sur ce thème et dans ce territoire" in said


def test_the_workbook_holds_the_guests_and_the_tables(planner):
    answer = planner.get(WATER.replace("?", "/plan.xlsx?"))
    book = load_workbook(io.BytesIO(answer.data))
    rows = list(book["Invités"].iter_rows(min_row=2, values_only=True))
    assert len(rows) >= 19
    assert {row[0] for row in rows} == {1, 2, 3}
    assert len(list(book["Plan de table"].iter_rows(min_row=2))) == len(rows)


@pytest.fixture
def small(site_on: Callable[..., Flask], memory: MemoryStore) -> tuple[FlaskClient, MemoryStore]:
    """Three actors that do not know each other, one with a name made to harm a spreadsheet."""
    kinds = {"a": HOSTILE, "b": "Les amis; de Kayes, \\ et d'ailleurs", "c": "Zone"}
    memory.apply([Put(Actor(k, n, ActorKind.ASSOCIATION, themes=())) for k, n in kinds.items()], by="tests")
    return coordinator(site_on(memory)), memory


def token(client: FlaskClient, address: str) -> dict[str, str]:
    html = client.get(address).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    return {"csrf_token": found[1] if found else ""}


def kept(client: FlaskClient, **fields: object) -> str:
    form = {"title": "Autour de Kayes", "start": "2026-10-01", "guests": ["a", "b", "c"], **fields}
    answer = client.post("/rencontres", data={**form, **token(client, "/mon-compte")})
    assert answer.status_code == 303, text_of(answer.get_data(as_text=True))
    return answer.headers["Location"]


def test_a_meeting_is_kept_as_an_event_with_those_invited(small):
    client, store = small
    address = kept(client)
    event = next(iter(store.records(RecordKind.EVENT))).record
    assert {(a.actor, a.role) for a in event.attendances} == {(k, AttendanceRole.INVITED) for k in "abc"}
    said = text_of(client.get(address).get_data(as_text=True))
    assert "Autour de Kayes" in said
    assert "3 acteurs invités" in said


def test_the_same_form_sent_twice_keeps_one_meeting(small):
    client, store = small
    kept(client, key="a-key-of-one-form")
    kept(client, key="a-key-of-one-form")
    assert store.counts()[RecordKind.EVENT] == 1


def test_what_is_wrong_is_shown_with_what_was_typed(small):
    client, store = small
    form = {
        "title": "",
        "guests": ["a"],
        "start": "31/02/2027",
        "also": ["Zonne"],
        "description": "voir x@y.fr",
    }
    answer = client.post("/rencontres", data={**form, **token(client, "/mon-compte")})
    said = text_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    for part in ("au moins 2 acteurs", "n'existe pas dans le calendrier", "Zone", "x@y.fr"):
        assert part in said
    assert store.counts()[RecordKind.EVENT] == 0


def test_who_came_is_a_contact_and_no_tie(small):
    client, store = small
    address = kept(client)
    html = client.get(address).get_data(as_text=True)
    version = re.search(r'name="version" value="(\d+)"', html)
    data = {
        "came": ["a", "b", "stranger"],
        "version": version[1] if version else "",
        **token(client, "/mon-compte"),
    }
    client.post(f"{address}/presences", data=data)
    event = next(iter(store.records(RecordKind.EVENT))).record
    came = {a.actor for a in event.attendances if a.role is AttendanceRole.ATTENDED}
    assert came == {"a", "b"}
    assert {a.actor for a in event.attendances if a.role is AttendanceRole.INVITED} == set("abc")
    assert store.counts()[RecordKind.LINK] == 0


def test_attendance_read_before_somebody_elses_change_is_not_written_over_it(small):
    client, store = small
    address = kept(client)
    for came in (["a"], ["b"]):
        client.post(
            f"{address}/presences", data={"came": came, "version": "1", **token(client, "/mon-compte")}
        )
    event = next(iter(store.records(RecordKind.EVENT))).record
    assert {a.actor for a in event.attendances if a.role is AttendanceRole.ATTENDED} == {"a"}
    assert "entre-temps" in text_of(client.get(address).get_data(as_text=True))


def test_an_introduction_is_followed_until_it_becomes_a_cooperation(small):
    client, store = small
    address = kept(client)
    data = {"pair": ["a|b", "a|a", "a|nobody"], **token(client, "/mon-compte")}
    client.post(f"{address}/mises-en-relation", data=data)
    links = [found.record for found in store.records(RecordKind.LINK)]
    assert [(k.actor_a, k.actor_b, k.kind) for k in links] == [("a", "b", LinkKind.INTRODUCED)]
    assert "pas encore de coopération connue" in text_of(client.get(address).get_data(as_text=True))
    store.apply([Put(Link("k", "a", "b", LinkKind.PARTNERSHIP, start=PartialDate(2026, 11)))], by="tests")
    client.application.extensions["maillage-services"].served(at_least=store.info().revision)
    assert "coopèrent depuis 2026" in text_of(client.get(address).get_data(as_text=True))


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("presences", {"came": ["stranger"], "version": "1"}),
        ("mises-en-relation", {"pair": ["a|nobody", "a|a", "|"], "one": "x" * 10_000, "other": "<b>"}),
        ("mises-en-relation", {}),
    ],
)
def test_nobody_is_told_that_strangers_were_recorded(small, form, data):
    client, store = small
    address = kept(client)
    before = store.info().revision
    client.post(f"{address}/{form}", data={**data, **token(client, "/mon-compte")})
    said = text_of(client.get(address).get_data(as_text=True))
    assert "rien n'est enregistré" in said
    assert "sont enregistrées" not in said
    assert store.info().revision == before


def test_the_workbook_of_a_kept_meeting_runs_no_formula(small):
    client, _ = small
    answer = client.get(f"{kept(client)}/plan.xlsx")
    with ZipFile(io.BytesIO(answer.data)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/")]
    assert not any("<f>" in sheet for sheet in sheets)
    cells = [c.value for row in load_workbook(io.BytesIO(answer.data))["Invités"] for c in row]
    assert HOSTILE in cells


def test_a_calendar_file_needs_a_day(small):
    client, _ = small
    dated = client.get(f"{kept(client)}/invitation.ics")
    assert dated.headers["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;VALUE=DATE:20261001\r\n" in dated.data
    undated = client.get(f"{kept(client, start='2026')}/invitation.ics")
    assert undated.status_code == 400
    assert "jour précis" in text_of(undated.get_data(as_text=True))


def test_a_meeting_nobody_knows_is_not_found(small):
    assert small[0].get("/rencontres/absente").status_code == 404


NASTY = (
    "",
    "-1",
    "99999",
    "٣",
    "\x00",
    "'",
    "<script>x</script>",
    "' OR 1=1 --",
    "a" * 5000,
    "\u202e",
    "1e3",
    "🙂",
)


@pytest.mark.parametrize("name", ["theme", "territoire", "secteur", "taille", "tables", "tous", "complet"])
def test_nasty_questions_are_answered_or_refused(planner, name):
    for value in NASTY:
        answer = planner.get("/rencontres", query_string={name: value})
        assert answer.status_code in (200, 400, 422), value
        assert "<script>x" not in answer.get_data(as_text=True)
    refused = planner.get("/rencontres/plan.xlsx", query_string={name: "\x00"})
    assert refused.status_code in (200, 400, 404)


def test_programs_get_the_same_plan_in_the_keys_of_the_command_line(planner):
    answer = planner.get("/api/v1/meeting?theme=eau&territory=Mali&size=20")
    document = answer.get_json()
    assert {"guests", "tables", "notes"} <= set(document)
    assert document["guests"][0]["role"] == "apart"
    assert all({"actor", "why", "table"} <= set(guest) for guest in document["guests"])
    for refused in ("size=0", "size=x", "tables=0", "tables=99", "theme=nulle-part"):
        assert planner.get(f"/api/v1/meeting?{refused}").status_code in (400, 404), refused


def test_programs_follow_the_introductions_of_a_kept_meeting(small):
    client, _ = small
    address = kept(client)
    client.post(f"{address}/mises-en-relation", data={"pair": "a|b", **token(client, "/mon-compte")})
    document = client.get(f"/api/v1/meetings/{address.rsplit('/', 1)[1]}").get_json()
    assert document["introductions"] == [
        {"actors": ["a", "b"], "introduced_on": "2026-10-01", "cooperating": False, "since": None}
    ]
    assert client.get("/api/v1/meetings/absente").status_code == 404


def test_programs_read_the_sheet_of_a_territory(visitor):
    document = visitor.get("/api/v1/territories/Mali/sheet").get_json()
    assert {"territory", "actors", "past", "documented"} <= set(document)
    assert any(row["name"] == "Les Amis de Kayes" for row in document["actors"])
    assert visitor.get("/api/v1/territories/Atlantide/sheet").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/rencontres",
        "/rencontres?taille=4",
        "/rencontres?theme=eau",
        "/lettres",
        "/lettres?tous=1",
        "/rapport/2026",
    ],
)
def test_an_empty_network_has_sensible_pages(site_on, memory, path):
    answer = coordinator(site_on(memory)).get(path)
    assert answer.status_code in (200, 422)
    assert "nan" not in text_of(answer.get_data(as_text=True)).lower().split()
