"""Publishing as people do it: by a form, without script; nothing typed is lost, nothing is done twice."""

import re
from collections.abc import Callable

import pytest

from graphsvc.domain.announcements import Announcement, AnnouncementState
from graphsvc.domain.records import RecordKind
from people.roles import Role
from tests.graphsvc.usecases.small_world import NEED
from tests.web.conftest import text_of
from tests.web.publishing.conftest import ANNOUNCEMENT, Person, UnsteadyStore


def announcements(store: UnsteadyStore) -> list[Announcement]:
    return [s.record for s in store.records(RecordKind.ANNOUNCEMENT) if s.record.id != NEED.id]


def said(html: str) -> str:
    return text_of(html).replace("&#39;", "'").replace("\u202f", " ").replace("\xa0", " ")


def test_a_member_publishes_and_sees_at_once_whom_it_finds(member: Person, store: UnsteadyStore) -> None:
    answer = member.post("/publier/annonce", ANNOUNCEMENT)
    assert answer.status_code == 303
    (record,) = announcements(store)
    assert (record.actor, record.themes, record.territories) == ("amis", ("drinking",), ("ML-1",))
    shown = said(member.get(answer.headers["Location"]))
    assert "C'est publié" in shown
    assert "Qui pourrait y répondre" in shown


def test_a_double_click_publishes_once(member: Person, store: UnsteadyStore) -> None:
    first = member.post("/publier/annonce", ANNOUNCEMENT)
    second = member.again("/publier/annonce", ANNOUNCEMENT)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(announcements(store)) == 1


def test_the_same_form_sent_again_with_other_words_is_not_lost(member: Person, store: UnsteadyStore) -> None:
    member.post("/publier/annonce", ANNOUNCEMENT)
    answer = member.again("/publier/annonce", {**ANNOUNCEMENT, "description": "Autre texte."})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Autre texte." in html
    assert "déjà été envoyé" in html
    key = re.search(r'name="key" value="([^"]+)"', html)
    assert key is not None
    assert key.group(1) != member.last["key"]
    assert len(announcements(store)) == 1


def test_every_fault_is_told_beside_its_field_and_what_was_typed_stays(
    member: Person, store: UnsteadyStore
) -> None:
    answer = member.post(
        "/publier/annonce",
        {
            "direction": "need",
            "title": 'Un titre "tel quel" <b>',
            "description": "Appelez le 06 12 34 56 78",
            "themes": ["eau potabl"],
            "territories": ["Kayes"],
            "skills": ["visas"],
            "expires_on": "2020-01-01",
        },
    )
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert announcements(store) == []
    for typed in ('value="Un titre &#34;tel quel&#34; &lt;b&gt;"', ">Appelez le 06 12 34 56 78<",
                  'value="eau potabl"', 'value="Kayes"', 'value="2020-01-01"'):  # fmt: skip
        assert typed in html
    assert re.search(r'value="visas" checked', html)
    for name in ("nature", "description", "expires_on"):
        assert f'id="{name}-wrong"' in html
        assert f'{name}-wrong"' in html.split(f'id="{name}"')[1].split(">")[0]  # aria-describedby
    shown = said(html)
    assert "4 champs sont à corriger" not in shown
    assert "5 champs sont à corriger" in shown
    assert "06 12 34 56 78 » : le texte est public" in shown
    assert 'value="Eau potable (drinking)"' in html
    assert 'value="Kayes (ML-kayes)"' in html
    assert 'value="Kayes (CG-kayes)"' in html


def test_an_entry_chosen_among_the_nearest_replaces_what_was_typed(
    member: Person, store: UnsteadyStore
) -> None:
    typed = {
        **ANNOUNCEMENT,
        "themes": ["eau potabl"],
        "themes-0-choice": "Eau potable (drinking)",
        "territories": ["Kayes"],
        "territories-0-choice": "Kayes (ML-kayes)",
    }
    assert member.post("/publier/annonce", typed).status_code == 303
    (record,) = announcements(store)
    assert (record.themes, record.territories) == (("drinking",), ("ML-kayes",))


def test_the_form_proposes_an_end_six_months_ahead(member: Person) -> None:
    assert 'name="expires_on" value="2027-05-04"' in member.get("/publier/annonce")


def test_a_form_may_be_filled_beforehand_by_its_address(member: Person) -> None:
    html = member.get("/publier/annonce?sens=offer&nature=skill&theme=Eau+potable&territoire=Mali")
    assert re.search(r'value="offer" checked', html)
    assert re.search(r'value="skill" selected', html)
    assert 'name="themes" value="Eau potable"' in html
    assert 'name="territories" value="Mali"' in html


def test_an_edit_shows_what_is_there_and_keeps_the_changes(
    member: Person, store: UnsteadyStore, published: str
) -> None:
    html = member.get(f"{published}/modifier")
    assert 'value="Qui part à Kayes ?"' in html
    assert 'name="themes" value="Eau potable"' in html
    changed = {**ANNOUNCEMENT, "title": "Qui part en mars ?", "starts_on": "2026-11-02"}
    assert member.post(f"{published}/modifier", changed).status_code == 303
    assert announcements(store)[0].title == "Qui part en mars ?"
    assert "enregistrée" in member.get(published)


def test_two_who_edit_at_once_both_see_both_texts(
    member: Person, person: Callable[..., Person], store: UnsteadyStore, published: str
) -> None:
    agent = person(Role.AGENT)
    agent.last = agent.form(f"{published}/modifier")
    mine = {**ANNOUNCEMENT, "starts_on": "2026-11-02"}
    assert member.post(f"{published}/modifier", {**mine, "title": "Le premier"}).status_code == 303
    late = agent.again(f"{published}/modifier", {**mine, "title": "Le second"})
    html = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Le premier" in html
    assert 'value="Le second"' in html
    assert announcements(store)[0].title == "Le premier"
    fields = dict(re.findall(r'<input type="hidden" name="(key|version)" value="([^"]*)"', html))
    agent.last |= fields
    assert agent.again(f"{published}/modifier", {**mine, "title": "Le second"}).status_code == 303
    assert announcements(store)[0].title == "Le second"


def test_closing_asks_what_became_of_it(member: Person, store: UnsteadyStore, published: str) -> None:
    refused = member.post(f"{published}/clore", {"outcome": "Merci"}, at=published)
    assert refused.status_code == 422
    assert "Choisissez ce que l" in refused.get_data(as_text=True)
    assert ">Merci<" in refused.get_data(as_text=True)
    closing = {"result": "answered_here", "outcome": "Avec Massy solidaire."}
    assert member.post(f"{published}/clore", closing, at=published).status_code == 303
    assert announcements(store)[0].state is AnnouncementState.CLOSED
    shown = said(member.get(published))
    assert "Réponse trouvée dans le réseau" in shown
    assert "Qui pourrait y répondre" not in shown
    assert "Qui part" not in member.get("/annonces")
    assert "Qui part" in member.get("/annonces?etat=closes")


def test_a_renewal_gives_a_new_end(member: Person, store: UnsteadyStore, published: str) -> None:
    past = member.post(f"{published}/prolonger", {"expires_on": "2020-01-01"}, at=published)
    assert past.status_code == 422
    assert (
        member.post(f"{published}/prolonger", {"expires_on": "2027-09-30"}, at=published).status_code == 303
    )
    assert str(announcements(store)[0].expires_on) == "2027-09-30"


@pytest.mark.parametrize("act", ["published", "modifier", "clore", "retirer"])
def test_each_act_can_be_taken_back_at_once(
    member: Person, store: UnsteadyStore, published: str, act: str
) -> None:
    before = {r.id: r for r in announcements(store)} if act != "published" else {}
    if act == "modifier":
        member.post(f"{published}/modifier", {**ANNOUNCEMENT, "title": "Autre", "starts_on": "2026-11-02"})
    elif act == "clore":
        member.post(f"{published}/clore", {"result": "unanswered"}, at=published)
    elif act == "retirer":
        member.post(f"{published}/retirer", {}, at=published)
    shown = member.get("/annonces" if act == "retirer" else published)
    revision = re.search(r'name="revision" value="(\d+)"', shown)
    assert revision is not None
    answer = member.post("/publier/annuler", {"revision": revision.group(1)}, at="/publier/annonce")
    assert answer.status_code == 303
    assert {r.id: r for r in announcements(store)} == before
    assert "C'est annulé" in said(member.get(answer.headers["Location"]))
    # Sent again, it changes nothing more.
    member.again("/publier/annuler", {"revision": revision.group(1)})
    assert {r.id: r for r in announcements(store)} == before


def test_what_has_changed_since_is_not_taken_back(
    member: Person, store: UnsteadyStore, published: str
) -> None:
    revision = store.info().revision
    member.post(f"{published}/modifier", {**ANNOUNCEMENT, "title": "Autre", "starts_on": "2026-11-02"})
    answer = member.post("/publier/annuler", {"revision": str(revision)}, at="/publier/annonce")
    assert answer.status_code == 409
    assert announcements(store)[0].title == "Autre"


def test_a_recorded_need_is_taken_up_with_one_click(member: Person, store: UnsteadyStore) -> None:
    page = f"/annonces/{NEED.id}"
    first = member.post(f"{page}/reprendre", {}, at=page)
    second = member.post(f"{page}/reprendre", {}, at=page)
    assert first.headers["Location"] == second.headers["Location"]
    (own,) = announcements(store)
    assert (own.actor, own.adopts) == ("amis", NEED.id)
    shown = said(member.get(page))
    assert "Un acteur l'a repris à son compte : Les Amis de Kayes" in shown
    assert "Reprend un besoin collectif" in said(member.get(first.headers["Location"]))


def test_one_who_speaks_for_several_says_for_whom(
    person: Callable[..., Person], store: UnsteadyStore
) -> None:
    both = person(Role.MEMBER, "amis", "massy")
    page = f"/annonces/{NEED.id}"
    assert re.search(r'<select id="adopter"', both.get(page))
    assert both.post(f"{page}/reprendre", {}, at=page).status_code == 422
    assert both.post(f"{page}/reprendre", {"actor": "massy"}, at=page).status_code == 303
    assert announcements(store)[0].actor == "massy"
    refused = both.post("/publier/annonce", ANNOUNCEMENT)
    assert refused.status_code == 422
    assert 'id="actor-wrong"' in refused.get_data(as_text=True)
    assert both.post("/publier/annonce", {**ANNOUNCEMENT, "actor": "amis"}).status_code == 303


def test_an_agent_names_any_actor_and_is_told_the_nearest(
    person: Callable[..., Person], store: UnsteadyStore
) -> None:
    agent = person(Role.AGENT)
    wrong = agent.post("/publier/annonce", {**ANNOUNCEMENT, "actor": "Massi solidère"})
    assert wrong.status_code == 422
    assert "Massy solidaire" in said(wrong.get_data(as_text=True))
    assert agent.post("/publier/annonce", {**ANNOUNCEMENT, "actor": "massy SOLIDAIRE"}).status_code == 303
    assert announcements(store)[0].actor == "massy"


def test_what_is_typed_survives_a_store_that_does_not_answer(
    member: Person, store: UnsteadyStore, published: str
) -> None:
    member.last = member.form(f"{published}/modifier")
    store.down = True
    answer = member.again(f"{published}/modifier", {**ANNOUNCEMENT, "title": "Gardé"})
    assert answer.status_code == 503
    assert 'value="Gardé"' in answer.get_data(as_text=True)
    assert "ne répond pas" in answer.get_data(as_text=True)


def test_a_publication_decided_while_the_store_is_down_is_kept_and_said_so(
    member: Person, store: UnsteadyStore
) -> None:
    member.last = member.form("/publier/annonce")
    store.down = True
    answer = member.again("/publier/annonce", ANNOUNCEMENT)
    assert answer.status_code == 303
    assert "sera publié dès que" in said(member.get(answer.headers["Location"]))
    store.down = False
    assert member.again("/publier/annonce", ANNOUNCEMENT).status_code == 303
    assert len(announcements(store)) == 1


def test_a_sheet_and_a_call_have_their_forms_too(
    member: Person, person: Callable[..., Person], store: UnsteadyStore
) -> None:
    wrong = member.post("/publier/experience", {"title": "Un puits", "done": "Creusé."})
    assert wrong.status_code == 422
    assert "Dites ce qui a marché" in said(wrong.get_data(as_text=True))
    sheet = member.post(
        "/publier/experience", {"title": "Un puits", "done": "Creusé.", "failures": "La pompe."}
    )
    assert sheet.status_code == 303
    assert "La pompe." in member.get(sheet.headers["Location"])
    edited = {"title": "Un puits", "done": "Creusé.", "failures": "Le tuyau."}
    assert member.post(f"{sheet.headers['Location']}/modifier", edited).status_code == 303
    assert "Le tuyau." in member.get(sheet.headers["Location"])
    agent = person(Role.AGENT)
    form = {"title": "Appel eau", "funder": "Massy solidaire", "closes_on": "2027-03-01",
            "open_to": ["association"], "themes": ["Eau potable"], "url": "www.exemple.fr"}  # fmt: skip
    refused = agent.post("/publier/appel", {**form, "max_amount": "beaucoup"})
    assert refused.status_code == 422
    assert re.search(r'value="association" checked', refused.get_data(as_text=True))
    call = agent.post("/publier/appel", {**form, "max_amount": "15 000"})
    assert call.status_code == 303
    assert "15 000 €" in said(agent.get(call.headers["Location"]))
    shown = said(member.get("/acteurs/amis/financements"))
    assert "Appel eau" in shown
    assert "Porte sur ce que vous faites : « Eau potable »" in shown
    for path in (sheet.headers["Location"], call.headers["Location"]):
        owner = member if "experience" in path else agent
        assert owner.post(f"{path}/retirer", {}, at=path).status_code == 303
    assert [*store.records(RecordKind.EXPERIENCE), *store.records(RecordKind.CALL)] == []


def test_the_author_of_a_change_is_an_account_and_not_a_person(member: Person, store: UnsteadyStore) -> None:
    member.post("/publier/annonce", ANNOUNCEMENT)
    (event,) = store.changes_since(1)
    assert re.fullmatch(r"acc-[0-9a-f]{24}", event.by)


def test_one_is_told_of_ones_own_announcements_that_end_soon(
    member: Person, person: Callable[..., Person]
) -> None:
    member.post("/publier/annonce", {**ANNOUNCEMENT, "expires_on": "2026-11-07"})
    member.post("/publier/annonce", {**ANNOUNCEMENT, "title": "Plus tard"})
    told = "Une de vos annonces s'arrête bientôt : Qui part à Kayes ? , dans 5 jours"
    assert told in said(member.get("/annonces"))
    assert "s'arrête" not in said(person(Role.MEMBER, "massy").get("/annonces"))
    assert "encore 5 jours" in said(person(None).get("/annonces"))


@pytest.mark.parametrize(
    ("query", "status", "instead"),
    [
        ("pres=Masy&km=10", 404, "/annonces?km=10&amp;pres=91377"),
        ("territoire=Malii", 404, "/annonces?territoire=ML"),
        ("theme=eau+potabl&sens=need", 404, "/annonces?sens=need&amp;theme=drinking"),
        ("pres=Kayes", 400, "/annonces?pres=ML-kayes"),
        ("acteur=Massi+solidaire", 404, "/annonces?acteur=massy"),
    ],
)
def test_a_filter_that_names_nothing_proposes_the_nearest_in_its_place(
    person: Callable[..., Person], query: str, status: int, instead: str
) -> None:
    visitor = person(None)
    answer = visitor.client.get(f"/annonces?{query}")
    html = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert f'href="{instead}"' in html
    assert "Vouliez-vous dire" in html
    assert visitor.client.get(instead.replace("&amp;", "&")).status_code == 200


def test_an_announcement_of_later_waits_for_its_first_day_and_already_shows_whom_it_will_find(
    member: Person,
) -> None:
    later = {**ANNOUNCEMENT, "title": "Au printemps", "starts_on": "2027-03-01"}
    answer = member.post("/publier/annonce", later)
    shown = said(member.get(answer.headers["Location"]))
    assert "à partir du 1er mars 2027" in shown
    assert "Qui pourrait y répondre" in shown
    assert "n'est plus ouverte" not in shown
    assert "Au printemps" not in member.get("/annonces")
    assert "Au printemps" in member.get("/annonces?etat=a-venir")
