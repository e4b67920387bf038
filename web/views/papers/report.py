"""The yearly report: one printable page with the figures, what appeared and ended, a map and charts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template

from graphsvc.analytics.health import Health
from graphsvc.analytics.structure import counted_actors
from graphsvc.analytics.timeline import TieChange, figures_by_year
from graphsvc.analytics.yearly import YearReview, review_year, reviewed_years
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import RelationSource
from web.attached import PDF, attachment
from web.documents import set_in_pages
from web.kept import kept_in_words
from web.labels import label
from web.named import topic_name
from web.permissions import Action, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.views.actors.record_view import Named, named_actor
from web.views.papers.charts import LineChart, line_chart
from web.views.papers.report_map import StillMap, still_map
from web.views.papers.report_territory import TerritoryPicture, territory_picture
from web.views.papers.report_words import moved_words, report_words
from web.words.coordination import figure_number
from web.written import number, percent

bp = Blueprint("report", __name__)
FIGURES = ("actors", "ties", "isolated_share", "mean_degree", "reachable_pairs_share", "largest_component")
BARS, MOST_LISTED = 10, 40


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure at the end of the year, and how it moved; `judged`: better, worse or the same."""

    name: str
    value: str
    change: str


@dataclass(frozen=True, slots=True)
class TieLine:
    """A pair that began or stopped to cooperate, and by what."""

    one: Named
    other: Named
    by: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything of the page."""

    review: YearReview
    drawn: StillMap | None
    territory: TerritoryPicture | None
    figures: tuple[FigureLine, ...]
    history: list[tuple[date, Health]]
    chart: LineChart | None
    appeared: tuple[TieLine, ...]
    ended: tuple[TieLine, ...]
    born: tuple[Named, ...]
    gone: tuple[Named, ...]
    kinds: tuple[tuple[str, int], ...]
    themes: tuple[tuple[str, int], ...]
    records: dict[str, tuple[Any, ...]]


@bp.get("/rapport")
@policy(Action.READ)
def latest() -> str:
    """The report of this year."""
    return _shown(services().today().year)


@bp.get("/rapport/<text>")
@policy(Action.READ)
def yearly(text: str) -> str:
    """The report of a year, as the sources document it. Raises InvalidValue."""
    return _shown(_reported(text))


@bp.get("/rapport.pdf")
@bp.get("/rapport/<text>.pdf")
@policy(Action.READ)
def yearly_pdf(text: str | None = None) -> Response:
    """The same in one PDF, of this year unless one is given. Raises InvalidValue."""
    today = services().today()
    year = today.year if text is None else _reported(text)
    return attachment(_pages(served().snapshot, year, today), PDF, f"rapport-{year}.pdf")


def _reported(text: str) -> int:
    """The year asked for. Raises InvalidValue for one that has no report."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    snapshot, today = served().snapshot, services().today()
    if not min(reviewed_years(snapshot, today)) <= year <= today.year:
        raise InvalidValue("report", "year", text[:10], "report_year")
    return year


def _shown(year: int) -> str:
    snapshot, today = served().snapshot, services().today()
    told = report_of(snapshot, year, today)
    return render_template(
        "report.html",
        told=told,
        words=report_words(told.review, told.drawn),
        moved_words=moved_words,
        most=MOST_LISTED,
        reviewed=reviewed_years(snapshot, today),
        map=told.drawn,
        today=today,
    )


@kept_in_words
def _pages(snapshot: Snapshot, year: int, today: date) -> bytes:
    """The PDF of a year, made once a snapshot, day and language."""
    from web.views.papers.report_document import report_data

    return set_in_pages("report", report_data(snapshot, report_of(snapshot, year, today), today), today)


@kept_in_words
def report_of(snapshot: Snapshot, year: int, today: date) -> Report:
    """The report of a year in words; remembered with the snapshot."""
    review = review_year(snapshot, year, today)
    found = review.changes
    history = figures_by_year(snapshot, review.day)
    counted = counted_actors(snapshot, review.day, snapshot.ties(review.day)).nonzero()[0].tolist()
    return Report(
        review=review,
        drawn=still_map(snapshot, review.day),
        territory=territory_picture(snapshot, year, today),
        figures=tuple(_figure(name, found.before, found.after) for name in FIGURES),
        history=history,
        chart=line_chart(
            [str(day.year) for day, _ in history],
            [
                (_("acteurs"), [float(h.actors) for _, h in history]),
                (_("liens"), [float(h.ties) for _, h in history]),
                (_("sans lien"), [float(h.isolated) for _, h in history]),
            ],
        ),
        appeared=tuple(_tie(snapshot, tie) for tie in found.ties_appeared),
        ended=tuple(_tie(snapshot, tie) for tie in found.ties_ended),
        born=tuple(named_actor(snapshot, snapshot.ids[i]) for i in found.actors_appeared),
        gone=tuple(named_actor(snapshot, snapshot.ids[i]) for i in found.actors_ended),
        kinds=tuple(Counter(snapshot.actor(i).kind.value for i in counted).most_common(BARS)),
        themes=_themes(snapshot, counted),
        records={
            "projects_begun": tuple(snapshot.project(k) for k in review.projects_begun),
            "projects_ended": tuple(snapshot.project(k) for k in review.projects_ended),
            "agreements_begun": tuple(snapshot.agreement(k) for k in review.agreements_begun),
            "agreements_ended": tuple(snapshot.agreement(k) for k in review.agreements_ended),
            "events": tuple(snapshot.event(k) for k in review.events),
            "sheets": tuple(snapshot.experience(k) for k in review.sheets),
        },
    )


def _figure(name: str, before: Health, after: Health) -> FigureLine:
    was, now = getattr(before, name), getattr(after, name)
    share = name.endswith("_share")
    value = percent(now) if share else figure_number(name, now)
    moved = round(100 * (now - was)) if share else round(now - was, 1)
    sign = "+" if moved > 0 else "−"
    unit = "\u00a0" + (_("points") if abs(moved) > 1 else _("point")) if share else ""
    change = number(abs(moved)) if share else figure_number(name, abs(moved))
    return FigureLine(name, value, f"{sign}\u202f{change}{unit}" if moved else "=")


def _tie(snapshot: Snapshot, tie: TieChange) -> TieLine:
    row = tie.rows[0]
    source, record = int(snapshot.relations.source[row]), int(snapshot.relations.record[row])
    if source == RelationSource.PROJECT:
        by = snapshot.project(record).title
    elif source == RelationSource.AGREEMENT:
        by = snapshot.agreement(record).title
    else:
        by = label("link_kind", snapshot.link(record).kind.value)
    one, other = snapshot.ids[tie.a], snapshot.ids[tie.b]
    return TieLine(named_actor(snapshot, one), named_actor(snapshot, other), by)


def _themes(snapshot: Snapshot, counted: list[int]) -> tuple[tuple[str, int], ...]:
    """First-level themes by their number of actors."""
    found: Counter[int] = Counter()
    for i in counted:
        positions = (snapshot.theme_index(key) for key in snapshot.actor(i).themes)
        found.update({snapshot.theme_ancestors(t)[-1] for t in positions if t is not None})
    ranked = sorted(found.items(), key=lambda e: (-e[1], topic_name(snapshot.theme(e[0]))))[:BARS]
    return tuple((topic_name(snapshot.theme(t)), count) for t, count in ranked)
