"""Reasons of groups in English."""

from collections.abc import Callable, Mapping
from typing import Any

from web.english import capital, counted, listed
from web.labels import label
from web.reasons.en_words import held, in_words, km, quoted, there, where, with_article, without_brackets

Facts = Mapping[str, Any]


def _and(items: Any, total: Any = None) -> str:
    return listed([str(item) for item in items], int(total or 0))


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
    confirmed = f"last confirmed in {facts['confirmed']}" if facts.get("confirmed") and not years else ""
    return f" ({years or confirmed})" if years or confirmed else ""


def _kind(facts: Facts) -> str:
    return label("link_kind", str(facts["kind"]), "en") if facts.get("kind") else "project"


def _ends(facts: Facts) -> str:
    return f"{_name(facts, 'giver')} and {_name(facts, 'receiver')}"


def _title(facts: Facts) -> str:
    return f" “{facts['title']}”" if facts.get("title") else ""


def _gathered(facts: Facts, doing: str) -> str:
    open_, pairs = int(facts["open_pairs"]), int(facts["pairs"])
    if open_ == pairs > 1:
        return f"{capital(in_words(int(facts['count'])))} actors {doing}; no two of them have a live cooperation."
    alone = "the pair has" if pairs == 1 else f"{open_} of {pairs} pairs {'has' if open_ == 1 else 'have'}"
    return f"{capital(in_words(int(facts['count'])))} actors {doing}; {alone} no live cooperation."


def _former(facts: Facts) -> str:
    former = facts.get("former")
    return f", following {former['name']} (to be confirmed)" if former else ""


def _present(facts: Facts) -> str:
    since, confirmed = facts.get("since"), facts.get("confirmed")
    if since:
        return f"Active {there(facts)} since {since}{_former(facts)}."
    when = f" (last confirmed in {confirmed})" if confirmed else ""
    return f"Active {there(facts)}{when}{_former(facts)}."


def _lacks(facts: Facts) -> str:
    also = f"The partner also works on {quoted(facts['themes'])}"
    return f"{also}, which {_name(facts, 'who')} does not."


def _both(facts: Facts) -> str:
    return f"They share {'a theme' if len(facts['themes']) == 1 else 'themes'}: {quoted(facts['themes'])}."


def _common(facts: Facts) -> str:
    one = max(len(facts["partners"]), int(facts.get("count") or 0)) == 1
    return f"{'A partner' if one else 'Partners'} in common: {_partners(facts)}."


def _crowded(facts: Facts) -> str:
    tied = int(facts["tied"])
    pairs = (
        "no two of them cooperate"
        if not tied
        else f"{counted(tied, 'pair')} of them cooperate{'s' if tied == 1 else ''}"
    )
    return f"{capital(in_words(int(facts['count'])))} actors of the territory act {there(facts)}; {pairs}."


def _similar(facts: Facts) -> str:
    similar = int(facts["similar"])
    return f"; {counted(similar, 'other need')} {'is' if similar == 1 else 'are'} like it" if similar else ""


def _empty(facts: Facts) -> str:
    places = listed([where(place) for place in facts["places"]], facts.get("count"))
    return f"Nobody, however, acts {places}."


def _by_role(facts: Facts) -> str:
    as_ = with_article(held(str(facts.get("role") or facts.get("kind"))))
    return f"{capital(_item(facts['item']))}: may help, as {as_}."


def _nobody(facts: Facts) -> str:
    beside = facts.get("beside")
    more = ""
    if beside:
        count = int(beside["count"])
        more = f", while {in_words(count)} {'acts' if count == 1 else 'act'} {where(beside['place'])}"
    return f"No actor of the territory acts {there(facts)}{more}."


def _kinds(facts: Facts) -> str:
    count = int(facts["count"])
    kinds = "the same kind" if count == 1 else f"{in_words(count)} different kinds"
    return f"{capital(in_words(int(facts['members'])))} actors of {kinds}."


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
    "bridge_partner": _common,
    "converge_place": lambda f: _gathered(f, f"act {there(f)}"),
    "converge_theme": lambda f: _gathered(f, f"work on “{f['theme']['label']}”"),
    "converge_both": _both,
    "converge_connectors": lambda f: (
        f"{_partners(f)} already {'cooperate' if int(f['count']) > 1 else 'cooperates'} with all the others."
    ),
    "together_since": lambda f: f"There together since {f['since']}.",
    "confirmed_until": lambda f: f"Nothing confirmed since {f['year']}: check before inviting.",
    "never_confirmed_there": lambda _: "No source is dated: check before inviting.",
    "stands_for": lambda f: f"Took over from {_name(f, 'former')}; whether the work went on is not known.",
    "present_there": _present,
    "sits_there": lambda f: f"Is on the spot, {there(f)}.",
    "sits_in": lambda f: f"Is {there(f)}.",
    "on_themes": lambda f: f"Works on {quoted(f['themes'])}{_former(f)}.",
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
        f"A common {'territory' if f.get('home') else 'destination'}: {counted(int(f['count']), 'member')} act{'s' if int(f['count']) == 1 else ''} {there(f)}."
    ),
    "group_area": lambda f: f"Around {without_brackets(f['place'])}.",
    "group_kinds": _kinds,
    "group_acquainted": _acquainted,
    "pool_needs_more": lambda _: "Add a theme, a skill or a territory: no group can be made without.",
    "too_few_to_pool": lambda _: "Fewer than three known actors can help: widen the theme or the territory.",
    "triangle_tied": lambda f: f"{_name(f, 'one')} and {_name(f, 'other')} already cooperate.",
    "triangle_possible": lambda f: (
        f"{_name(f, 'one')} acts {there(f)}, where {_name(f, 'other')} is; they do not cooperate."
    ),
    "triangle_lacks": _lacks,
    "triangle_need": lambda f: f"Open need: “{f['title']}”.",
    "third_knows": lambda f: (
        f"{_name(f, 'third')} already cooperates with {_name(f, 'with')} and can introduce it."
    ),
    "south_south": lambda _: "Two partner territories cooperate, with a third actor at their side.",
    "brings_missing": lambda f: f"Brings what is missing: {quoted(f['themes'])}.",
    "cooperates_with": lambda f: f"Cooperates with {_name(f, 'with')}.",
    "crowded_place": _crowded,
    "empty_beside": _empty,
    "hangs_on": lambda f: (
        f"Everything hangs on a single link, between {_name(f, 'one')} and {_name(f, 'other')}{_when(f)}."
    ),
    "nobody_there": _nobody,
    "single_there": lambda f: f"Only one actor of the territory acts there: {_name(f, 'actor')}{_former(f)}.",
    "need_unanswered": lambda f: f"No open offer answers it{_similar(f)}.",
    "nobody_usual": lambda _: "No known actor is well placed to answer.",
    "theme_missing": lambda f: f"Nobody of the territory works on “{f['theme']['label']}” {there(f)}.",
    "partner_works_on": lambda f: f"Already works on it on the spot: {_partners(f)}.",
    "need_names_it": lambda f: (
        f"{'A need asks' if int(f['count']) == 1 else 'Needs ask'} for it: "
        f"{_and((f'“{title}”' for title in f['titles']), f['count'])}."
    ),
    "acts_elsewhere": lambda f: f"Already active {there(f)}.",
    "asleep_since": lambda f: f"No known follow-up since {f['year']}.",
    "asleep": lambda _: "Dormant, no date known.",
    "revive_heir": lambda f: f"{_name(f, 'former')} ended in {f['year']}; {_name(f, 'heir')} took over.",
    "alone_now": lambda f: f"{_name(f, 'actor')} has no live cooperation left.",
    "partner_of_both": lambda _: "Cooperates with both today.",
    "weaves": lambda f: f"May help as {with_article(held(str(f['role'])))}: works on {quoted(f['themes'])}.",
}
