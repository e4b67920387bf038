"""Reasons of the matcher as sentences; one module per language.

The words hold from both sides: what the candidate brings the asker and what the asker brings the candidate
are told by the same codes, under the title of the side.
"""

from collections.abc import Mapping
from typing import Any

from web.reasons import en, fr


def reason_text(code: str, facts: Mapping[str, Any], lang: str = "fr") -> str:
    """The sentence of a reason. An unknown code is given back as it is, never an error."""
    told = (fr.SENTENCES if lang == "fr" else en.SENTENCES).get(code)
    return told(facts) if told else code
