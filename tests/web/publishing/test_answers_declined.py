"""Who answers an announcement may be declined on its own page, and taken back."""

import re

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.ports import Put
from tests.web.publishing.conftest import Person, UnsteadyStore


def test_a_proposal_is_declined_on_the_page_of_the_announcement_and_comes_back_when_one_thinks_again(
    member: Person, person, store: UnsteadyStore, published: str
) -> None:
    other = Actor("puisatiers", "Les Puisatiers", ActorKind.ASSOCIATION, themes=("drinking",),
                  territories=("ML-kayes",))  # fmt: skip
    store.apply([Put(other)], by="t")
    page = member.get(published)
    assert "Les Puisatiers" in page
    own = re.search(r'<input type="hidden" name="annonce" value="([^"]+)"', page)
    assert own is not None
    asked = {"annonce": own[1], "refuse": "puisatiers", "retour": published}
    assert member.post("/partenaires/non-merci", asked, at=published).headers["Location"] == published
    after = member.get(published)
    assert "nous ne vous proposerons plus «\u00a0Les Puisatiers\u00a0»" in after
    assert "1 acteur auquel vous avez dit non" in after
    assert "/acteurs/puisatiers" not in after
    assert "/acteurs/puisatiers" in member.get(f"/partenaires/non-merci?annonce={own[1]}")
    member.post("/partenaires/se-raviser", asked, at=published)
    assert "/acteurs/puisatiers" in member.get(published)
    assert "Non merci" not in person(None).get(published)
