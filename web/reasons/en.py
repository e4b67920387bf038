"""Reasons in English, for `--lang en`."""

from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]


def _and(items: Any, total: int | None = None) -> str:
    names = [str(i) for i in items]
    more = max(0, (total or 0) - len(names))
    return ", ".join(names) + (f" and {more} more" if more else "")


def _labels(facts: Facts, key: str = "themes") -> str:
    return _and(t["label"] for t in facts.get(key) or ())


def _place(facts: Facts) -> str:
    return str(facts["place"]["name"])


def _partners(facts: Facts) -> str:
    return _and((p["name"] for p in facts["partners"]), facts.get("count"))


def _met(text: str) -> Callable[[Facts], str]:
    def tell(facts: Facts) -> str:
        titles = [f"“{facts[key]['title']}”" for key in ("mine", "theirs") if facts.get(key)]
        return f"{text}: {' and '.join(titles)}." if titles else text + "."

    return tell


def _own_title(facts: Facts) -> str:
    return f"“{(facts.get('mine') or facts['theirs'])['title']}”"


def _kind(facts: Facts) -> str:
    words = str(facts.get("kind") or "joint project").replace("_", " ")
    years = "-".join(str(facts[k]) for k in ("start", "end") if facts.get(k))
    return f"{words} ({years})" if years else words


def _missing(facts: Facts) -> str:
    return _and(facts.get("missing") or ())


def typeset(text: str) -> str:
    """English needs no spaces before its signs."""
    return text


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "complementary_offer": _met("An offer answers a need"),
    "need_for_your_offer": _met("A need meets an offer"),
    "role_answers_need": lambda f: (
        f"May answer {'the need “' + f['mine']['title'] + '”' if f.get('mine') else 'what you need'} as {f['role']}."
    ),
    "common_need": _met("The same need, to be met together"),
    "common_wish": _met("The same wish to cooperate"),
    "common_theme": lambda f: f"Common themes: {_labels(f)}.",
    "related_theme": lambda f: f"Related themes, around {_labels(f)}.",
    "neighbours_known": lambda f: f"Common partners: {_partners(f)}.",
    "common_purpose": lambda f: f"Purposes meet: {_labels(f, 'concepts') or _and(f.get('words') or ())}.",
    "same_commune": lambda f: f"Same municipality: {_place(f)}.",
    "same_intercommunality": lambda f: f"Same intermunicipal area: {_place(f)}, {f['km']} km apart.",
    "near": lambda f: f"Seats {f['km']} km apart.",
    "same_country": lambda f: f"Both act in {_place(f)}.",
    "common_territory": lambda f: f"Both act in {_place(f)}.",
    "based_there": lambda f: f"Based there: {_place(f)}.",
    "experience_there": lambda f: f"Experience in {_place(f)}, attested since {f['since']}.",
    "works_on": lambda f: f"Works on {_labels(f)}.",
    "open_offer": lambda f: f"Offers now: “{f['theirs']['title']}”.",
    "open_need": lambda f: f"Looks now for: “{f['theirs']['title']}”.",
    "acts_there": lambda f: f"Says it acts in {_place(f)}.",
    "partners_there": lambda f: f"Partners in {_place(f)}: {_partners(f)}.",
    "bring_theme": lambda f: f"Know-how on other themes: {_labels(f)}.",
    "has_role": lambda f: f"Helpful roles: {_and(str(r).replace('_', ' ') for r in f['roles'])}.",
    "attempted_before": lambda f: f"A cooperation was tried before, without follow-up: {_kind(f)}.",
    "former_partners": lambda f: f"You have cooperated before: {_kind(f)}.",
    "linked_by_means": lambda f: f"Linked by means already: {_kind(f)}.",
    "already_in_touch": lambda f: f"Already in touch: {_kind(f)}.",
    "never_confirmed": lambda _: "The record was never confirmed.",
    "no_confirmed_since": lambda f: f"The record has not been confirmed since {f['year']}.",
    "activity_not_known": lambda _: "Its international activity is not recorded.",
    "no_theme": lambda _: "Its themes are not recorded.",
    "no_purpose": lambda _: "Its purpose is not recorded.",
    "seat_unknown": lambda _: "Its seat is not known.",
    "no_contact_yet": lambda _: "No known contact between you yet.",
    "too_little_known": lambda f: (
        f"Too little is known to argue; first contacts instead. Missing: {_missing(f)}."
    ),
    "add_to_your_record": lambda f: f"Complete the record to get more suggestions: {_missing(f)}.",
    "nobody_in_context": lambda _: "Nobody fits these criteria: widen the theme or the territory.",
    "nobody_found": lambda _: "Nobody has enough in common to be suggested.",
    "few_found": lambda f: f"Only {f['found']} actors have enough in common to be suggested.",
    "similar_works": lambda _: "What is told of its work is like what is said of yours.",
    "few_handshakes": lambda _: "Few handshakes apart in the network.",
    "as_of": lambda f: f"Answered as of {f['day']}, the end of the project.",
    "asker_ended": lambda f: f"This actor ceased to exist in {f['year']}.",
    "announcement_closed": lambda _: "This announcement is no longer open.",
    "first_contact": lambda _: "A useful first contact.",
}

FOR_THEM: dict[str, Callable[[Facts], str]] = {
    "common_need": lambda f: f"You would share the effort for a need it has too: {_own_title(f)}.",
    "common_wish": lambda f: f"Your wish meets its own: {_own_title(f)}.",
    "common_theme": lambda f: f"You work on its themes: {_labels(f)}.",
    "related_theme": lambda f: f"Your themes extend its own, around {_labels(f)}.",
    "neighbours_known": lambda f: f"Can hear of you from {_partners(f)}.",
    "common_purpose": lambda f: (
        f"Your purpose is close to its own: {_labels(f, 'concepts') or _and(f.get('words') or ())}."
    ),
    "same_commune": lambda f: f"You are its neighbours, in {_place(f)}.",
    "same_intercommunality": lambda f: f"You are its neighbours, {f['km']} km away.",
    "near": lambda f: f"You are {f['km']} km away only.",
    "same_country": lambda f: f"It would not be alone in {_place(f)}.",
    "common_territory": lambda f: f"It would not be alone in {_place(f)}.",
    "project_there": lambda f: f"Your project takes place where it acts: {_place(f)}.",
    "part_of_its_role": lambda _: "To answer such requests is part of its role.",
    "similar_works": lambda _: "Your work is like its own.",
    "few_handshakes": lambda _: "Can ask about you among those it knows.",
}

# Told to the candidate only: the same words, whichever side asks for them.
SENTENCES.update({code: FOR_THEM[code] for code in ("project_there", "part_of_its_role")})
