"""Opportunities: counts for everybody, names for those whose role allows it; every sentence reads."""

import csv
import io
import json
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.snapshot import Snapshot
from matcher.groups.convergences import convergences
from matcher.groups.dormant import dormant_links
from matcher.groups.groups import GroupRole
from matcher.groups.pool_need import need_of_announcement
from matcher.groups.pooling import pool_groups
from matcher.groups.triangles import triangles
from matcher.places.concentration import concentration
from matcher.places.gaps import missing_themes, unmet_needs
from matcher.reasons import Reason
from people.accounts import redeem, sign_in_link
from people.membership import set_actors
from people.roles import Role
from tests.web.conftest import TODAY
from tests.web.conftest import text_of as escaped_text_of
from web.reasons import reason_text
from web.words.groups import LOADS, ROLES


def text_of(html: str) -> str:
    """What a reader sees, apostrophes included."""
    return unescape(escaped_text_of(html))


NAMED = ("convergences", "a-ranimer", "territoires", "manques")


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_a_visitor_reads_counts_and_no_name(visitor: FlaskClient, snapshot: Snapshot) -> None:
    groups = convergences(snapshot, TODAY)
    sleepers = dormant_links(snapshot, TODAY)
    named = {m.index for g in (*groups, *sleepers) for m in g.members}
    assert named
    for name in NAMED:
        html = page(visitor, f"/opportunites/{name}").split("<main", 1)[1]
        assert not [i for i in named if f'/acteurs/{snapshot.ids[i]}"' in html], name
        assert "réservés aux agents" in text_of(html)
    assert "Région de Kayes" in page(visitor, "/opportunites/convergences")


def test_a_member_reads_what_concerns_its_own_actor(essonne_site: Flask, snapshot: Snapshot) -> None:
    private = essonne_site.extensions["maillage-services"].private
    entered = redeem(private, sign_in_link(private, "kayes@asso.example", create_role=Role.MEMBER))
    set_actors(private, entered.account.id, snapshot.store_id, ("amis-de-kayes",), by="tests")
    member = essonne_site.test_client()
    member.set_cookie("maillage", f"p.{entered.session_token}")
    html = page(member, "/opportunites/convergences").split("<main", 1)[1]
    groups = html.split('class="card group"')[1:]
    assert groups
    assert all('/acteurs/amis-de-kayes"' in group for group in groups)
    assert "où votre structure a sa part" in text_of(html)
    asleep = text_of(page(member, "/opportunites/a-ranimer"))
    assert "Aucune coopération en sommeil n'est connue autour de votre structure" in asleep
    assert member.get("/api/v1/convergences").status_code == 403
    own = member.get("/api/v1/actors/amis-de-kayes/convergences").get_json()
    assert all("amis-de-kayes" in [m["id"] for m in group["members"]] for group in own)
    assert member.get("/api/v1/actors/cresi/convergences").status_code == 403


def test_an_agent_reads_names_reasons_and_roles(agent: FlaskClient, snapshot: Snapshot) -> None:
    best = convergences(snapshot, TODAY)[0]
    html = page(agent, "/opportunites/convergences")
    for member in best.members[:8]:
        assert f'/acteurs/{snapshot.ids[member.index]}"' in html
    assert "a pris la suite" in html
    said = text_of(page(agent, "/opportunites/a-ranimer"))
    assert (
        f"{len(dormant_links(snapshot, TODAY))} coopérations à ranimer" in said
    )  # none lost for its helpers
    assert "Qui pourrait aider" in said
    assert "Former un groupe pour y répondre" in text_of(page(agent, "/opportunites/manques"))


def test_the_pages_as_of_the_study_show_the_case_of_the_documents(agent: FlaskClient) -> None:
    said = text_of(page(agent, "/opportunites/convergences?date=2012"))
    first = said.split("groupes à réunir", 1)[1][:1500]
    assert "Région de Kayes" in first
    assert "Un financement les relie déjà" in first


def test_filters_narrow_the_lists(agent: FlaskClient) -> None:
    kayes = text_of(page(agent, "/opportunites/convergences?territoire=ML-1"))
    whole = text_of(page(agent, "/opportunites/convergences"))
    assert int(re.search(r"(\d+) groupe", kayes)[1]) < int(re.search(r"(\d+) groupe", whole)[1])  # type: ignore[index]
    assert "Sénégal" not in kayes.split("groupe", 1)[1].split("Les dates sont", 1)[0][:400]
    assert page(agent, "/opportunites/triangles?theme=education&territoire=Mali")
    assert "Aucune convergence ne répond" in text_of(
        page(agent, "/opportunites/convergences?territoire=2953318&theme=research")
    )


@pytest.mark.parametrize("name", [*NAMED, "triangles"])
def test_what_is_not_understood_is_told_with_the_nearest(agent: FlaskClient, name: str) -> None:
    answer = agent.get(f"/opportunites/{name}?territoire=Kayyes&date=hier")
    said = text_of(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert "Vouliez-vous dire" in said
    assert "la date n'est pas lisible" in said


def test_an_association_forms_a_group_for_kayes(visitor: FlaskClient) -> None:
    said = text_of(
        page(visitor, "/mutualiser?nature=shared_mission&territoire=Mali&acteur=Les+Amis+de+Kayes")
    )
    assert "Les Amis de Kayes" in said
    assert "porte la demande" in said
    assert re.search(r"\d groupes? possibles?", said)
    assert "Que voulez-vous partager" in text_of(page(visitor, "/mutualiser"))


def test_an_announcement_leads_to_its_group_and_an_unknown_one_to_the_nearest(visitor: FlaskClient) -> None:
    said = text_of(page(visitor, "/annonces/besoin-suivi-sur-place/groupe?territoire=ML-1"))
    assert "Suivre et évaluer des actions sur place" in said
    assert "Le groupe réunit" in said
    unknown = visitor.get("/annonces/besoin-suivi/groupe")
    assert unknown.status_code == 404
    assert "Suivre et évaluer" in unknown.get_data(as_text=True)
    assert visitor.get("/mutualiser?nature=licorne").status_code == 400
    assert visitor.get("/mutualiser?nature=event&acteur=personne-de-ce-nom").status_code == 400


def test_the_api_answers_in_the_keys_of_the_exchange_format(agent: FlaskClient, visitor: FlaskClient) -> None:
    assert visitor.get("/api/v1/convergences").status_code == 401
    found = agent.get("/api/v1/convergences?at=2012&top=3").get_json()
    assert len(found) == 3
    for group in found:
        assert {"score", "members", "themes", "territories", "reasons", "overlap", "complementarity"} <= set(
            group
        )
        assert {"id", "name", "role"} <= set(group["members"][0])
        assert {"code", "facts", "text"} == set(group["reasons"][0])
    pooled = visitor.get("/api/v1/announcements/besoin-suivi-sur-place/groups?territory=ML-1").get_json()
    assert pooled["groups"][0]["members"]
    assert visitor.get("/api/v1/pools?nature=event&theme=global-education").get_json()["groups"]
    assert visitor.get("/api/v1/triangles?actor=kayes-commune").get_json()
    assert json.dumps(agent.get("/api/v1/gaps").get_json())
    assert agent.get("/api/v1/concentration?territory=ML").get_json()[0]["territory"]["id"] == "ML"
    assert agent.get("/api/v1/dormant").get_json()


def test_the_api_gives_a_table_too_and_refuses_nonsense(agent: FlaskClient) -> None:
    answer = agent.get("/api/v1/convergences?format=csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert rows[0]["members"]
    assert agent.get("/api/v1/convergences?theme=zant").status_code == 404
    assert agent.get("/api/v1/convergences?top=0").status_code == 400
    assert agent.get("/api/v1/dormant?at=hier").status_code == 400
    assert agent.get("/api/v1/pools").status_code == 400


def _reasons(snapshot: Snapshot) -> list[Reason]:
    found: list[Reason] = []
    for day in (TODAY, TODAY.replace(year=2012)):
        groups = [
            *convergences(snapshot, day, top=200),
            *triangles(snapshot, day),
            *dormant_links(snapshot, day),
        ]
        for k in range(0, len(snapshot.announcement_ids), 6):
            pools = pool_groups(snapshot, need_of_announcement(snapshot, k), today=day)
            groups += pools.groups
            found += pools.notes
        for group in groups:
            found += [*group.reasons, *(r for m in group.members for r in m.reasons)]
        for gap in (*unmet_needs(snapshot, day), *missing_themes(snapshot, day)):
            found += [*gap.reasons, *(r for m in gap.helpers for r in m.reasons)]
        found += [r for load in concentration(snapshot, day) for r in load.reasons]
    return found


def test_every_reason_of_a_group_is_a_sentence_in_both_languages(snapshot: Snapshot) -> None:
    reasons = _reasons(snapshot)
    assert len({r.code for r in reasons}) > 40
    for reason in reasons:
        text = reason_text(reason.code, reason.facts)
        assert text[0].isupper() or text[0] in "«0123456789", text
        assert text.endswith("."), text
        assert not re.search(r"None|\{|\}|  |\bde [Ll]e |\bà [Ll]e |\bde [Ll]es |\bà [Ll]es |\(\)", text), (
            text
        )
        assert not re.search(r"\b(de|que|le|la) (?=[aeiouéèêh]\w+ation\b)", text), text
        assert reason_text(reason.code, reason.facts, "en") != reason.code


def test_every_role_and_load_has_its_words() -> None:
    assert set(ROLES) == {role.value for role in GroupRole}
    assert set(LOADS) == {"crowded", "hanging", "nobody", "single", "shared", "twinned"}
