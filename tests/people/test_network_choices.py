"""What people do with the network: refusals, layouts, names of communities."""

from people.layouts import community_names, keep_layout, kept_layouts, name_community
from people.refusals import AskerKind, decline, declined_by, forget_refusal


def test_a_refusal_is_remembered_once_per_asker_and_graph(private):
    for _ in range(2):
        decline(private, "g1", AskerKind.ACTOR, "a", "b", by="acc-1")
    decline(private, "g1", AskerKind.ACTOR, "a", "c", by="acc-1")
    decline(private, "g1", AskerKind.PROJECT, "a", "d", by="acc-1")
    decline(private, "g2", AskerKind.ACTOR, "a", "e", by="acc-1")
    assert declined_by(private, "g1", AskerKind.ACTOR, "a") == {"b", "c"}


def test_an_asker_may_change_its_mind(private):
    decline(private, "g1", AskerKind.ACTOR, "a", "b", by="acc-1")
    forget_refusal(private, "g1", AskerKind.ACTOR, "a", "b")
    forget_refusal(private, "g1", AskerKind.ACTOR, "a", "b")
    assert declined_by(private, "g1", AskerKind.ACTOR, "a") == frozenset()


def test_the_last_three_layouts_of_a_graph_are_kept_the_latest_first(private):
    for revision in (1, 2, 3, 4):
        keep_layout(private, "g1", revision, bytes([0, revision]))
    keep_layout(private, "g2", 1, b"other")
    keep_layout(private, "g1", 4, b"again")
    assert [(k.revision, k.content) for k in kept_layouts(private, "g1")] == [
        (4, b"again"),
        (3, b"\x00\x03"),
        (2, b"\x00\x02"),
    ]


def test_a_community_keeps_its_name_until_another_or_none_is_given(private):
    name_community(private, "g1", "c1", "Kayes", by="acc-1")
    name_community(private, "g1", "c1", " Eau à Kayes ", by="acc-1")
    name_community(private, "g1", "c2", "Écoles", by="acc-1")
    name_community(private, "g1", "c2", " ", by="acc-1")
    name_community(private, "g2", "c1", "Ailleurs", by="acc-1")
    assert community_names(private, "g1") == {"c1": "Eau à Kayes"}
