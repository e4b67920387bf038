"""The publishing forms: their fields as typed, kept whatever is wrong with them; the core judges them."""

from dataclasses import dataclass, field

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, StringField

from graphsvc.domain.announcements import Announcement
from graphsvc.domain.calls import Call
from graphsvc.domain.experiences import Experience
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announcement_draft import AnnouncementDraft
from graphsvc.usecases.faults import Fault
from graphsvc.usecases.publish_call import CallDraft
from graphsvc.usecases.share_experience import ExperienceDraft
from web.views.publishing.entry_names import actor_name, place_names, theme_names
from web.words.publishing import fault_text

ROWS, MOST_ROWS = 3, 8


class Texts(Field):  # type: ignore[misc]  # WTForms ships no types
    """Several texts under one name. A box `name-2-choice` that was ticked replaces the third one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """The values as typed, in their order."""
        chosen = [request.form.get(f"{self.name}-{n}-choice", "") for n in range(len(valuelist))]
        self.data = [choice or text for choice, text in zip(chosen, valuelist, strict=True)]


class PublishingForm(FlaskForm):  # type: ignore[misc]  # same reason
    """What every form carries besides its fields: for whom, in which version, under which key."""

    actor = StringField()
    key = StringField()
    version = StringField()

    def text(self, name: str) -> str:
        """A field of one value, as typed."""
        return str(self[name].data or "")

    def texts(self, name: str) -> tuple[str, ...]:
        """A field of several values, as typed."""
        return tuple(str(v) for v in self[name].data or ())

    def rows(self, name: str) -> list[str]:
        """What to show of a field of several boxes: what was typed, and an empty box or more after it."""
        typed = [text for text in self.texts(name) if text.strip()]
        return [*typed, *[""] * max(ROWS - len(typed), int(len(typed) < MOST_ROWS))]

    def read_version(self) -> int | None:
        """The version that the person had before them."""
        text = self.text("version")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class AnnouncementForm(PublishingForm):
    """An offer or a need."""

    direction = StringField()
    nature = StringField()
    title = StringField()
    description = StringField()
    skills = Texts()
    themes = Texts()
    territories = Texts()
    starts_on = StringField()
    expires_on = StringField()

    def draft(self) -> AnnouncementDraft:
        """The draft for the core."""
        return AnnouncementDraft(
            self.text("direction"),
            self.text("nature"),
            self.text("title"),
            self.text("description"),
            self.texts("skills"),
            self.texts("themes"),
            self.texts("territories"),
            self.text("starts_on"),
            self.text("expires_on"),
        )


class ExperienceForm(PublishingForm):
    """An experience sheet."""

    title = StringField()
    themes = Texts()
    territories = Texts()
    start = StringField()
    end = StringField()
    done = StringField()
    successes = StringField()
    failures = StringField()
    advice = StringField()

    def draft(self) -> ExperienceDraft:
        """The draft for the core."""
        return ExperienceDraft(
            self.text("title"),
            self.texts("themes"),
            self.texts("territories"),
            *(self.text(name) for name in ("start", "end", "done", "successes", "failures", "advice")),
        )


class CallForm(PublishingForm):
    """A call for projects."""

    title = StringField()
    funder = StringField()
    open_to = Texts()
    themes = Texts()
    territories = Texts()
    opens_on = StringField()
    closes_on = StringField()
    max_amount = StringField()
    url = StringField()

    def draft(self) -> CallDraft:
        """The draft for the core."""
        return CallDraft(
            self.text("title"),
            self.text("funder"),
            self.texts("open_to"),
            self.texts("themes"),
            self.texts("territories"),
            *(self.text(name) for name in ("opens_on", "closes_on", "max_amount", "url")),
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """The faults of a form, ready to be shown: sentences by field, and the entries to choose from by box."""

    by_field: dict[str, list[str]] = field(default_factory=dict)
    by_box: dict[tuple[str, int], str] = field(default_factory=dict)
    choices: dict[tuple[str, int], list[dict[str, str]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_field)


def shown_faults(faults: list[Fault]) -> Shown:
    """The faults, each field's in the order in which they were found."""
    shown = Shown()
    for fault in faults:
        text = fault_text(fault)
        shown.by_field.setdefault(fault.field, []).append(text)
        if "position" in fault.facts:
            box = (fault.field, int(fault.facts["position"]))
            shown.by_box[box] = text
            shown.choices[box] = list(fault.facts.get("nearest", ()))
    return shown


def announcement_values(snapshot: Snapshot, record: Announcement) -> dict[str, object]:
    """The fields of an announcement, as its author would type them."""
    return {
        "direction": record.direction.value,
        "nature": record.nature.value,
        "title": record.title,
        "description": record.description or "",
        "skills": list(record.skills),
        "themes": theme_names(snapshot, record.themes),
        "territories": place_names(snapshot, record.territories),
        "starts_on": str(record.published_on or ""),
        "expires_on": str(record.expires_on or ""),
    }


def experience_values(snapshot: Snapshot, record: Experience) -> dict[str, object]:
    """The fields of a sheet, as its author would type them."""
    told = {name: getattr(record, name) or "" for name in ("done", "successes", "failures", "advice")}
    return {
        "title": record.title,
        "themes": theme_names(snapshot, record.themes),
        "territories": place_names(snapshot, record.territories),
        "start": str(record.start or ""),
        "end": str(record.end or ""),
        **told,
    }


def call_values(snapshot: Snapshot, record: Call) -> dict[str, object]:
    """The fields of a call, as its author would type them."""
    amount = record.max_amount
    return {
        "title": record.title,
        "funder": actor_name(snapshot, record.funder) if record.funder else "",
        "open_to": [kind.value for kind in record.open_to],
        "themes": theme_names(snapshot, record.themes),
        "territories": place_names(snapshot, record.territories),
        "opens_on": str(record.opens_on or ""),
        "closes_on": str(record.closes_on or ""),
        "max_amount": "" if amount is None else f"{amount:.2f}".removesuffix(".00"),
        "url": record.url or "",
    }
