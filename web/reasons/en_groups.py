"""Reasons of groups in English."""

from collections.abc import Callable, Mapping
from typing import Any

from web.english import capital, counted, listed
from web.labels import label
from web.reasons.en_words import held, in_words, km, with_article

Facts = Mapping[str, Any]


def _and(items: Any, total: Any = None) -> str:
    return listed([str(item) for item in items], int(total or 0))


def _labels(facts: Facts) -> str:
    return _and(t["label"] for t in facts["themes"])


def _item(entry: Facts) -> str:
    """A means, a skill or a theme; a code of ours in words, a label of the data as it is."""
    text = str(entry["label"])
    return label("nature", text, "en") if entry.get("kind") == "means" else text


def _items(facts: Facts) -> str:
    return _and(_item(item) for item in facts["items"])


def _place(facts: Facts) -> str:
    return str(facts["place"]["name"])


def _partners(facts: Facts) -> str:
    return _and((p["name"] for p in facts["partners"]), facts.get("count"))


def _name(facts: Facts, key: str) -> str:
    return str(facts[key]["name"])


def _when(facts: Facts) -> str:
    years = "-".join(str(facts[k]) for k in ("start", "end") if facts.get(k))
    confirmed = f"confirmed in {facts['confirmed']}" if facts.get("confirmed") and not years else ""
    return f" ({years or confirmed})" if years or confirmed else ""


def _kind(facts: Facts) -> str:
    return label("link_kind", str(facts["kind"]), "en") if facts.get("kind") else "project"


def _ends(facts: Facts) -> str:
    return f"{_name(facts, 'giver')} and {_name(facts, 'receiver')}"


def _title(facts: Facts) -> str:
    return f" “{facts['title']}”" if facts.get("title") else ""


def _gathered(facts: Facts, doing: str) -> str:
    open_, pairs = int(facts["open_pairs"]), int(facts["pairs"])
    alone = "the pair has" if pairs == 1 else f"{open_} of {pairs} pairs {'has' if open_ == 1 else 'have'}"
    return f"{capital(in_words(int(facts['count'])))} actors {doing}; {alone} no live cooperation."


def _former(facts: Facts) -> str:
    former = facts.get("former")
    return f", after {former['name']} (to be confirmed)" if former else ""


def _present(facts: Facts) -> str:
    since, confirmed = facts.get("since"), facts.get("confirmed")
    when = f" since {since}" if since else f" (confirmed in {confirmed})" if confirmed else ""
    return f"Acts in {_place(facts)}{when}{_former(facts)}."


def _by_role(facts: Facts) -> str:
    as_ = with_article(held(str(facts.get("role") or facts.get("kind"))))
    return f"{capital(_item(facts['item']))}: may help as {as_}."


def _nobody(facts: Facts) -> str:
    beside = facts.get("beside")
    more = f", while {beside['count']} act in {beside['place']['name']}" if beside else ""
    return f"No actor of the territory acts in {_place(facts)}{more}."


def _acquainted(facts: Facts) -> str:
    tied, pairs = int(facts["tied"]), int(facts["pairs"])
    if not tied:
        return "None cooperates with another of the group yet."
    if tied == pairs:
        return "They all cooperate already."
    return f"{capital(in_words(tied))} of {in_words(pairs)} pairs already {'cooperates' if tied == 1 else 'cooperate'}."


GROUP_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "bridge_means": lambda f: (
        f"{capital(_kind(f))}{_title(f)} {'joins' if f.get('live') else 'joined'} {_ends(f)}{_when(f)}."
    ),
    "bridge_planned": lambda f: f"A {_kind(f)}{_title(f)} is planned between {_ends(f)}.",
    "bridge_attempted": lambda f: f"A cooperation was tried before, without follow-up{_when(f)}.",
    "bridge_contact": lambda f: f"{_ends(f)} have been in touch: {_kind(f)}{_title(f)}{_when(f)}.",
    "bridge_past": lambda f: f"{_ends(f)} worked together before: {_kind(f)}{_title(f)}{_when(f)}.",
    "bridge_partner": lambda f: f"Common partners: {_partners(f)}.",
    "converge_place": lambda f: _gathered(f, f"act in {_place(f)}"),
    "converge_theme": lambda f: _gathered(f, f"work on {f['theme']['label']}"),
    "converge_both": lambda f: f"They share themes: {_labels(f)}.",
    "converge_connectors": lambda f: (
        f"{_partners(f)} already {'cooperate' if int(f['count']) > 1 else 'cooperates'} with all the others."
    ),
    "together_since": lambda f: f"There together since {f['since']}.",
    "confirmed_until": lambda f: f"Nothing confirmed since {f['year']}: check before inviting.",
    "never_confirmed_there": lambda _: "No source is dated: check before inviting.",
    "stands_for": lambda f: f"Took over from {_name(f, 'former')}; whether the work went on is not known.",
    "present_there": _present,
    "sits_there": lambda f: f"Is on the spot: {_place(f)}.",
    "on_themes": lambda f: f"Works on {_labels(f)}{_former(f)}.",
    "knows_them_all": lambda _: "Already cooperates with all the others.",
    "asks_for_it": lambda _: "Asks for it.",
    "offers_it": lambda f: f"Offers “{f['title']}”.",
    "shares_need": lambda f: f"Has the same need: “{f['title']}”.",
    "brings_by_role": _by_role,
    "partner_already": lambda f: f"Already cooperates with {_name(f, 'with')}.",
    "seat_near": lambda f: f"Its seat is {km(f['km'])} away.",
    "group_covers": lambda f: f"The group brings together {_items(f)}.",
    "group_lacks": lambda f: f"Still missing: {_items(f)}.",
    "group_destination": lambda f: (
        f"Common destination: {_place(f)} ({counted(int(f['count']), 'member')} there)."
    ),
    "group_area": lambda f: f"Around {_place(f)}.",
    "group_kinds": lambda f: f"{f['members']} actors of {counted(int(f['count']), 'kind')}.",
    "group_acquainted": _acquainted,
    "pool_needs_more": lambda _: "Add a theme, a skill or a territory: no group can be made without.",
    "too_few_to_pool": lambda _: "Fewer than three known actors can help: widen the theme or the territory.",
    "triangle_tied": lambda f: f"{_name(f, 'one')} and {_name(f, 'other')} already cooperate.",
    "triangle_possible": lambda f: f"{_name(f, 'one')} acts in {_place(f)}, where {_name(f, 'other')} is.",
    "triangle_lacks": lambda f: (
        f"Themes of the partner that {_name(f, 'who')} does not work on: {_labels(f)}."
    ),
    "triangle_need": lambda f: f"Open need: “{f['title']}”.",
    "third_knows": lambda f: f"{_name(f, 'third')} already cooperates with {_name(f, 'with')}.",
    "south_south": lambda _: "Two partner territories cooperate, with a third actor at their side.",
    "brings_missing": lambda f: f"Brings what is missing: {_labels(f)}.",
    "cooperates_with": lambda f: f"Cooperates with {_name(f, 'with')}.",
    "crowded_place": lambda f: (
        f"{f['count']} actors in {_place(f)}; {counted(int(f['tied']), 'pair')} in cooperation."
    ),
    "empty_beside": lambda f: f"Nobody in {_and((p['name'] for p in f['places']), f.get('count'))}.",
    "hangs_on": lambda f: f"All hangs on one link, between {_name(f, 'one')} and {_name(f, 'other')}.",
    "nobody_there": _nobody,
    "single_there": lambda f: f"One actor of the territory only: {_name(f, 'actor')}.",
    "need_unanswered": lambda f: f"No open offer answers it; {counted(int(f['similar']), 'similar need')}.",
    "nobody_usual": lambda _: "No known actor is well placed to answer.",
    "theme_missing": lambda f: f"Nobody of the territory works on {f['theme']['label']} in {_place(f)}.",
    "partner_works_on": lambda f: f"On the spot: {_partners(f)}.",
    "need_names_it": lambda f: f"A need asks for it: {_and(f['titles'], f.get('count'))}.",
    "acts_elsewhere": lambda f: f"Already acts in {_place(f)}.",
    "asleep_since": lambda f: f"No known follow-up since {f['year']}.",
    "asleep": lambda _: "Dormant, no date known.",
    "revive_heir": lambda f: f"{_name(f, 'former')} ended in {f['year']}; {_name(f, 'heir')} took over.",
    "alone_now": lambda f: f"{_name(f, 'actor')} has no live cooperation left.",
    "partner_of_both": lambda _: "Cooperates with both today.",
    "weaves": lambda f: f"{capital(held(str(f['role'])))} on {_labels(f)}.",
}
