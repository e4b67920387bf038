"""Reasons in English: « for you », what is not known, and the notes on an answer."""

from collections.abc import Callable

from web.english import date_text, listed
from web.reasons.en_theirs import FOR_THEM
from web.reasons.en_words import (
    Facts,
    actors,
    bond,
    held,
    in_brackets,
    in_words,
    km,
    named_after,
    of_places,
    people,
    proof,
    quoted,
    roles,
    several,
    skills,
    there,
    titled,
    typeset,
    with_article,
    with_noun,
    without_brackets,
    years,
)

__all__ = ["FOR_THEM", "SENTENCES", "typeset"]

_MISSING = {
    "themes": "your themes",
    "territories": "your territories of action",
    "purpose": "your purpose",
    "seat": "your seat",
    "announcements": "an offer or a need",
    "partners": "your partners",
}
_REQUEST_MISSING = {"themes": "a theme", "territories": "a territory"}
# kind of link -> (they gave, you gave)
_MEANS = {
    "funding": ("It has already given you funding", "You have already given it funding"),
    "membership": ("It is already a member of yours", "You are already a member of it"),
    "premises": ("It has already lent you premises", "You have already lent it premises"),
    "staff": ("It has already lent you staff", "You have already lent it staff"),
    "business": ("It has already been your supplier", "You have already been its supplier"),
}
_CONTACTS = {
    "met": "You have already met",
    "interviewed": "An interview has already brought you together",
    "introduced": "An introduction has already brought you together",
}
_IN_COMMON = {
    "membership": "You have a network in common",
    "funding": "You have a funder in common",
    "contact": "You have a contact in common",
}


def _need(facts: Facts) -> str:
    return f"the need {titled(facts['mine'])}" if facts.get("mine") else "what you are looking for"


def _neighbours(facts: Facts) -> str:
    verb = "have" if several(facts) else "has"
    return f"{actors(facts)} {verb} cooperated with you both and can introduce you."


def _purpose(facts: Facts) -> str:
    concepts, words = facts.get("concepts") or (), facts.get("words") or ()
    if concepts:
        yours = "your request" if facts.get("asker") else "your purpose"
        return f"What is known of it touches {yours}: {quoted(concepts)}."
    said = quoted([{"label": word} for word in words])
    same = "have only one word in common" if len(words) == 1 else "use the same words"
    return f"Its description and yours {same}: {said}."


def _related(facts: Facts) -> str:
    if facts.get("theirs"):
        return f"It works on {quoted(facts['theirs'])}, in your field: {quoted(facts['themes'])}."
    return f"It works in your field: {quoted(facts['themes'])}."


def _acts(facts: Facts) -> str:
    shown = proof(facts)
    return f"It acts {there(facts)}{shown}." if shown else f"It acts {there(facts)}, no date known."


def _means(facts: Facts) -> str:
    about = bond(facts) if facts.get("record") else ""
    theirs, yours = _MEANS.get(str(facts["kind"]), ("Funding has already brought you together",) * 2)
    return f"{theirs if facts['way'] == 'from_them' else yours}{in_brackets(about, years(facts))}."


def _touch(facts: Facts) -> str:
    if facts.get("at_event"):
        record = facts.get("record")
        event = f"the event {titled(record)}" if record else "the same event"
        return f"You were both at {event}{in_brackets(years(facts))}."
    said = _CONTACTS.get(str(facts["kind"]), "You have already been in touch")
    return f"{said}{in_brackets(years(facts))}."


def _partners_near(facts: Facts) -> str:
    apart = km(facts["km"])
    if facts.get("giver") and facts.get("receiver"):
        theirs, yours = facts["giver"]["name"], facts["receiver"]["name"]
        return f"Its partner, {theirs}, and yours, {yours}, are {apart} apart."
    if facts.get("receiver"):
        return f"It is {apart} from your partner, {facts['receiver']['name']}."
    return f"Its partner, {facts['giver']['name']}, is {apart} from you."


def _same_size(facts: Facts) -> str:
    yours, theirs = (people(facts[key]) for key in ("receiver_population", "giver_population"))
    both = f"{yours} inhabitants each" if yours == theirs else f"{yours} and {theirs} inhabitants"
    return f"Your two towns are much the same size: about {both}."


def _missing(facts: Facts) -> str:
    words = _REQUEST_MISSING if facts.get("request") else _MISSING
    return listed([words.get(str(m), str(m)) for m in facts.get("missing") or ()])


def _too_little(facts: Facts) -> str:
    asked = _missing(facts)
    if facts.get("request"):
        return f"Your request says too little: add {asked}. Meanwhile, here are first contacts."
    if not asked:
        return "What we know of you meets no other actor: here are first contacts."
    return f"We know too little of you: add {asked}. Meanwhile, here are first contacts."


def _few(facts: Facts) -> str:
    found = int(facts["found"])
    who = "Only one actor has" if found < 2 else f"Only {in_words(found)} actors have"
    return f"{who} enough in common with you to be suggested."


def _first_contact(facts: Facts) -> str:
    place = facts.get("place")
    if facts.get("same_commune") and place:
        return f"Its seat is in your commune, {place['name']}."
    if facts.get("km") is not None:
        where = f", in {place['name']}" if place and place["level"] == "municipality" else ""
        return f"Its seat is {km(facts['km'])} from yours{where}."
    if facts.get("relay"):
        return "It can pass your request on."
    return "It knows the network well and can guide you."


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "complementary_offer": lambda f: f"Its offer {titled(f['theirs'])} answers {_need(f)}.{skills(f)}",
    "need_for_your_offer": lambda f: (
        f"Its need {titled(f['theirs'])} calls for the offer {titled(f['mine'])}.{skills(f)}"
    ),
    "role_answers_need": lambda f: f"It is {with_article(held(str(f['role'])))}: it could answer {_need(f)}.",
    "common_need": lambda f: f"It has the same need as you, to be met together: {titled(f['theirs'])}.",
    "common_wish": lambda f: f"It too wishes to cooperate: {titled(f['theirs'])}.",
    "common_theme": lambda f: f"It too works on {quoted(f['themes'])}.",
    "related_theme": _related,
    "neighbours_known": _neighbours,
    "common_purpose": _purpose,
    "same_commune": lambda f: f"Your seats are in the same commune, {f['place']['name']}.",
    "same_intercommunality": lambda f: (
        f"Your seats are {km(f['km'])} apart, in the same intercommunality: {without_brackets(f['place'])}."
    ),
    "near": lambda f: f"Your seats are {km(f['km'])} apart.",
    "same_country": lambda f: f"It too acts {of_places([f['place'], *f['others']])}.",
    "common_territory": lambda f: f"It too acts {of_places([f['place'], *f['others']])}.",
    "based_there": lambda f: f"It is on the spot{'' if f.get('itself') else ', ' + there(f)}.",
    "experience_there": lambda f: f"It has experience {there(f)}, attested since {f['since']}{proof(f)}.",
    "acts_there": _acts,
    "works_on": lambda f: f"It works on {quoted(f['themes'], int(f['count']))}.",
    "open_offer": lambda f: f"It offers: {titled(f['theirs'])}.",
    "open_need": lambda f: f"It is looking for: {titled(f['theirs'])}.",
    "partners_there": lambda f: f"It has worked with {actors(f)}{'' if named_after(f) else ', ' + there(f)}.",
    "partners_near": _partners_near,
    "linked_to_both": lambda f: f"{_IN_COMMON[str(f['how'])]}: {actors(f)}.",
    "partner_in_country": lambda f: (
        f"You already have {'partners' if several(f) else 'a partner'} in that country: {actors(f)}."
    ),
    "new_country": lambda f: f"It is {there(f)}, where no partner of yours is known.",
    "worked_with": lambda f: f"It has {'also ' if f.get('also') else ''}worked with {actors(f)}.",
    "took_part": lambda f: (
        f"It {'took part in' if f['record']['kind'] == 'project' else 'is a party to'} {with_noun(f['record'])}."
    ),
    "same_size": _same_size,
    "bring_theme": lambda f: f"It also works on {quoted(f['themes'], int(f['count']))}.",
    "has_role": lambda f: f"It is {roles(f)}.",
    "attempted_before": lambda f: (
        f"A cooperation was tried before, without follow-up{in_brackets(bond(f), years(f))}."
    ),
    "former_partners": lambda f: f"You have cooperated before{in_brackets(bond(f), years(f))}.",
    "linked_by_means": _means,
    "already_in_touch": _touch,
    "similar_works": lambda f: (
        f"What is told of its work is like {'your request' if f.get('asker') else 'what is said of yours'}."
    ),
    "few_handshakes": lambda _: "Few intermediaries stand between you in the network.",
    "first_contact": _first_contact,
    "never_confirmed": lambda _: "Its record has never been confirmed.",
    "no_confirmed_since": lambda f: f"Its record has not been confirmed since {f['year']}.",
    "activity_not_known": lambda _: "Its international activity is not recorded.",
    "no_theme": lambda _: "Its themes are not recorded.",
    "no_purpose": lambda _: "Its purpose is not recorded.",
    "seat_unknown": lambda _: "Its seat is not known.",
    "subject_not_known": lambda _: (
        "What is asked about is neither in its record nor in what it is known to do."
    ),
    "no_contact_yet": lambda _: "No contact between you is known.",
    "too_little_known": _too_little,
    "add_to_your_record": lambda f: f"To receive more suggestions, add {_missing(f)}.",
    "nobody_in_context": lambda _: (
        "Nobody fits this request: widen the territory or the theme, or remove one of them."
    ),
    "nobody_found": lambda _: "No actor has enough in common with you to be suggested.",
    "few_found": _few,
    "as_of": lambda f: f"Answered as of {date_text(str(f['day']))}, the end of the project.",
    "asker_ended": lambda f: (
        f"This actor ceased to exist in {f['year']}: these suggestions are for the record only."
    ),
    "announcement_closed": lambda _: "This announcement is no longer open.",
}

# Told to the candidate only: the same words, whichever side asks for them.
SENTENCES.update({code: FOR_THEM[code] for code in ("project_there", "part_of_its_role")})
