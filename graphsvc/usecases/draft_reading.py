"""Reading what somebody typed, field by field: nothing is trusted, every fault noted, none stops the rest."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from graphsvc.domain.contact_details import contact_details
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import AmbiguousName, InvalidValue, UnknownRecord
from graphsvc.domain.text import check_text, fold
from graphsvc.search import find_actor, find_place, find_skill, find_theme
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.faults import DraftRefused, Fault

Code = TypeVar("Code", bound=StrEnum)
TITLE_MOST = 120
PROSE_MOST = 2000
TOPICS_MOST = 8
_SHOWN = re.compile(r"(.{1,200}) \(([^()]{1,200})\)\Z", re.DOTALL)
_SHORT_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\Z", re.ASCII)
_LINE_ENDS = re.compile(r"\r\n?")


class DraftReader:
    """Reads the fields of one draft on one snapshot; `faults` holds what is wrong with them so far."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.faults: list[Fault] = []

    def fault(self, field: str, code: str, **facts: Any) -> None:
        """Note that a field breaks a rule."""
        self.faults.append(Fault(field, code, facts))

    def finish(self, kind: str) -> None:
        """Raise DraftRefused if anything is wrong."""
        if self.faults:
            raise DraftRefused(kind, tuple(self.faults))

    def line(self, field: str, text: str, *, most: int = TITLE_MOST) -> str:
        """A required text of one line, white space made even."""
        even = " ".join(text.split())
        if not even:
            self.fault(field, "required")
        return self._published(field, even, most) or ""

    def prose(self, field: str, text: str, *, most: int = PROSE_MOST, required: bool = False) -> str | None:
        """A text of several lines; None when it is blank."""
        bare = _LINE_ENDS.sub("\n", text).strip()
        if not bare and required:
            self.fault(field, "required")
        return self._published(field, bare, most) or None

    def code(self, field: str, text: str, codes: type[Code]) -> Code | None:
        """A required code of a closed list."""
        bare = text.strip()
        if not bare:
            self.fault(field, "required")
        elif bare in list(codes):
            return codes(bare)
        else:
            self.fault(field, "unknown_code", value=bare[:80])
        return None

    def codes(self, field: str, texts: Iterable[str], codes: type[Code]) -> tuple[Code, ...]:
        """Codes of a closed list; none is allowed."""
        found = (self.code(field, text, codes) for text in texts if text.strip())
        return tuple(code for code in found if code is not None)

    def day(self, field: str, text: str) -> PartialDate | None:
        """A date to the year, the month or the day; None when it is blank or wrong."""
        bare = text.strip()
        if not bare:
            return None
        if match := _SHORT_DATE.match(bare):
            bare = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
        try:
            return PartialDate.parse(bare)
        except InvalidValue as error:
            self.fault(field, error.rule, value=text.strip()[:80])
            return None

    def themes(self, field: str, texts: Sequence[str]) -> tuple[str, ...]:
        """Themes by code, label or synonym."""
        return self._entries(field, texts, find_theme, self._snapshot.theme_ids)

    def territories(self, field: str, texts: Sequence[str]) -> tuple[str, ...]:
        """Territories by code, name or alias."""
        return self._entries(field, texts, find_place, self._snapshot.place_ids)

    def skills(self, field: str, texts: Sequence[str]) -> tuple[str, ...]:
        """Skills by code, label or synonym."""
        return self._entries(field, texts, find_skill, self._snapshot.skill_ids)

    def actor(self, field: str, text: str) -> str | None:
        """An actor by key or exact name; None when it is blank or wrong."""
        found = self._entries(field, [text], find_actor, self._snapshot.ids)
        return found[0] if found else None

    def _entries(
        self,
        field: str,
        texts: Sequence[str],
        find: Callable[[Snapshot, str], int],
        ids: Sequence[str],
    ) -> tuple[str, ...]:
        wanted = [(n, text.strip()) for n, text in enumerate(texts) if text.strip()]
        if len(wanted) > TOPICS_MOST:
            self.fault(field, "too_many", most=TOPICS_MOST, count=len(wanted))
            return ()
        found = []
        for n, text in wanted:
            try:
                found.append(ids[self._position(find, text)])
            except UnknownRecord as error:
                facts = {"kind": error.kind, "nearest": list(error.nearest)}
                self.fault(field, "unknown_entry", value=text[:80], position=n, **facts)
            except AmbiguousName as error:
                facts = {"kind": error.kind, "nearest": list(error.candidates)}
                self.fault(field, "ambiguous_entry", value=text[:80], position=n, **facts)
        return tuple(dict.fromkeys(found))

    def _position(self, find: Callable[[Snapshot, str], int], text: str) -> int:
        """By what was typed; `Name (code)`, as lists propose it when two have one name, means that code."""
        if match := _SHOWN.match(text):
            try:
                return find(self._snapshot, match[2])
            except (UnknownRecord, AmbiguousName):
                pass
        return find(self._snapshot, text)

    def _published(self, field: str, text: str, most: int) -> str:
        """A text that everybody will read: of a sane length, without anybody's address or number."""
        if len(text) > most:
            self.fault(field, "too_long", most=most, length=len(text))
        try:
            check_text("draft", field, text)
        except InvalidValue as error:
            self.fault(field, error.rule)
            return ""
        found = contact_details(text[: most * 2])
        if found:
            self.fault(field, f"holds_{found[0].kind}", value=found[0].text[:80], count=len(found))
        elif text and not fold(text):
            self.fault(field, "no_words")
        return text
