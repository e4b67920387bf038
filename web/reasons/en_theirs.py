"""What the candidate would gain, in English: « for them »."""

from collections.abc import Callable

from web.reasons.en_words import (
    Facts,
    actors,
    km,
    named_after,
    of_places,
    people,
    proof,
    quoted,
    roles,
    several,
    there,
    titled,
    with_noun,
)

_IN_COMMON = {
    "membership": "You can meet it within one network",
    "funding": "You can compare your applications to one funder",
    "contact": "It can ask about you of one who has been in touch with both",
}


def _own(facts: Facts) -> str:
    return titled(facts.get("mine") or facts["theirs"])


def _outlet(facts: Facts) -> str:
    need = f"The need {titled(facts['mine'])}" if facts.get("mine") else "Your request"
    return f"{need} is an outlet for its offer {titled(facts['theirs'])}."


def _purpose(facts: Facts) -> str:
    concepts, words = facts.get("concepts") or (), facts.get("words") or ()
    yours = "Your request" if facts.get("asker") else "Your purpose"
    if concepts:
        return f"{yours} touches what is known of it: {quoted(concepts)}."
    said = quoted([{"label": word} for word in words])
    same = "has only one word in common with" if len(words) == 1 else "uses the same words as"
    return f"Your description {same} its own: {said}."


def _themes(facts: Facts) -> str:
    if facts.get("asker"):
        known = "a theme it knows" if len(facts["themes"]) == 1 else "themes it knows"
        return f"Your request is about {known}: {quoted(facts['themes'])}."
    return f"It would find in you somebody to talk to about {quoted(facts['themes'])}."


def _related(facts: Facts) -> str:
    if facts.get("asker"):
        return f"Your request touches its field: {quoted(facts['themes'])}."
    return f"Your themes extend its own: {quoted(facts['themes'])}."


def _bring_theme(facts: Facts) -> str:
    return f"You would bring it your experience of {quoted(facts['themes'], int(facts['count']))}."


def _project_there(facts: Facts) -> str:
    if facts.get("asker") == "project":
        return f"The project takes place where it acts: {there(facts)}."
    if facts.get("pools"):
        return f"It too acts {there(facts)}: a journey or a shipment that is shared costs each less."
    return f"Your request is about a place where it acts: {facts['place']['name']}."


def _partners_near(facts: Facts) -> str:
    if facts.get("giver") and facts.get("receiver"):
        return (
            f"One journey would be enough to meet {facts['receiver']['name']} and {facts['giver']['name']}."
        )
    if facts.get("receiver"):
        return f"You are {km(facts['km'])} from its partner, {facts['receiver']['name']}."
    return f"Your partner, {facts['giver']['name']}, is {km(facts['km'])} from its seat."


def _added(facts: Facts) -> str:
    return f"Your work {of_places([facts['place'], *facts['others']])} would add to its own."


FOR_THEM: dict[str, Callable[[Facts], str]] = {
    "complementary_offer": lambda f: f"The offer {titled(f['mine'])} answers its need {titled(f['theirs'])}.",
    "need_for_your_offer": _outlet,
    "common_need": lambda f: f"It would share the effort for a need it has too: {_own(f)}.",
    "common_wish": lambda f: f"Your wish meets its own: {_own(f)}.",
    "common_theme": _themes,
    "related_theme": _related,
    "neighbours_known": lambda f: f"It already knows {actors(f)}, who can tell it about you.",
    "common_purpose": _purpose,
    "same_commune": lambda f: f"You are its neighbours, in {f['place']['name']}.",
    "same_intercommunality": lambda f: f"You are its neighbours, {km(f['km'])} from its seat.",
    "near": lambda f: f"You are only {km(f['km'])} from its seat.",
    "same_country": _added,
    "common_territory": _added,
    "works_on": _bring_theme,
    "based_there": lambda f: f"You are on the spot{'' if f.get('itself') else ', ' + there(f)}.",
    "experience_there": lambda f: (
        f"You would bring it your experience {there(f)}, attested since {f['since']}{proof(f)}."
    ),
    "acts_there": lambda f: (
        f"It would find in you an actor {'that wishes to work' if f.get('wished') else 'at work'} {there(f)}."
    ),
    "project_there": _project_there,
    "partners_there": lambda f: (
        f"You can introduce it to {actors(f)}{'' if named_after(f) else ', ' + there(f)}."
    ),
    "partners_near": _partners_near,
    "linked_to_both": lambda f: f"{_IN_COMMON[str(f['how'])]}: {actors(f)}.",
    "partner_in_country": lambda f: (
        f"It already has {'partners' if several(f) else 'a partner'} in your country: {actors(f)}."
    ),
    "new_country": lambda f: f"You are {there(f)}, where no partner of its own is known.",
    "worked_with": lambda f: f"You can {'also ' if f.get('also') else ''}introduce it to {actors(f)}.",
    "took_part": lambda f: f"You can tell it about your part in {with_noun(f['record'])}.",
    "same_size": lambda f: f"With about {people(f['giver_population'])} inhabitants, you are much its size.",
    "bring_theme": _bring_theme,
    "has_role": lambda f: f"It would find {'on your side' if f.get('several') else 'in you'} {roles(f)}.",
    "part_of_its_role": lambda _: "To answer such requests is part of its role.",
    "similar_works": lambda f: (
        "Your request is like its work." if f.get("asker") else "Your work is like its own."
    ),
    "few_handshakes": lambda _: "It can ask about you among those it knows.",
}
