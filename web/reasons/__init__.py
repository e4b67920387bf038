"""Reasons of the matcher as sentences; one set of modules per language.

A reason is told to one side: `for_you` speaks to the asker of the candidate (« il », or « elle »), `for_them` says what
the candidate would gain. What both share is worded differently on each side, so that no card says a thing
twice. What is not known, and the notes on an answer, have one wording.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from web.language import in_french
from web.reasons import en, en_groups, en_meetings, fr, fr_groups, fr_meetings
from web.reasons.fr_gender import told_of_her

fr.SENTENCES.update(
    fr_groups.GROUP_SENTENCES
)  # groups have modules of their own: one vocabulary all the same
en.SENTENCES.update(en_groups.GROUP_SENTENCES)
fr.SENTENCES.update(fr_meetings.MEETING_SENTENCES)
en.SENTENCES.update(en_meetings.MEETING_SENTENCES)


def reason_text(
    code: str, facts: Mapping[str, Any], lang: str | None = None, side: str = "for_you", *, she: bool = False
) -> str:
    """The sentence of a reason as this side hears it; `she` when French says « elle » of the candidate
    (`fr_gender.is_she`). An unknown code is given back as it is.
    """
    french = in_french(lang)
    language = fr if french else en
    told = (language.FOR_THEM.get(code) if side == "for_them" else None) or language.SENTENCES.get(code)
    return _set(told(facts), french, she) if told else code


@lru_cache(maxsize=20_000)
def _set(text: str, french: bool, she: bool) -> str:
    """As it is printed: the same sentences are said of many candidates, and on every answer."""
    said: str = fr.typeset(told_of_her(text) if she else text) if french else en.typeset(text)
    return said
