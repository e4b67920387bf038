"""The state of the network in plain French: each figure with its sentence, its trend and a caution."""

from dataclasses import asdict, dataclass
from datetime import date

from flask import Blueprint, render_template, request

from graphsvc.analytics.brokerage import Broker, brokers
from graphsvc.analytics.dependency import Hub, hubs
from graphsvc.analytics.health import Health, network_health
from graphsvc.analytics.openness import Openness, Sharing, openness
from graphsvc.analytics.timeline import figures_by_year
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from web.french import capital
from web.kept import kept_in_words
from web.labels import label
from web.named import place_name, topic_name
from web.permissions import Action, may, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.views.actors.record_view import Named, named_actor
from web.views.papers.charts import LineChart, line_chart, spark
from web.words.coordination import difference_text, figure_text, judged
from web.words.health import Told, told_figures
from web.written import decimal

bp = Blueprint("network_health", __name__)
GROUPS, PLACED = 12, 10


@dataclass(frozen=True, slots=True)
class FigureCard:
    """One figure: what it says, how it moved since a year before, its line over the years, a caution."""

    told: Told
    value: str
    trend: str
    judged: str
    spark: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The openness of one group; `at`, `expected_at`: places on a scale from 0 to 100, None without ties."""

    name: str
    group: Openness
    index: str
    words: str
    at: float | None
    expected_at: float | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything of the page that a day decides."""

    health: Health
    cards: list[FigureCard]
    years: list[tuple[date, Health]]
    chart: LineChart | None
    groups: list[tuple[str, list[GroupLine]]]
    hubs: list[tuple[Named, Hub]]
    brokers: list[tuple[Named, Broker]]


@bp.get("/etat-du-reseau")
@policy(Action.READ)
def page() -> str:
    """The figures of a day (today, or `date`); names of brokers and hubs for agents and the coordination."""
    shown, today = served(), services().today()
    day = asked_day("date") or today
    return render_template(
        "coordination/health.html",
        portrait=portrait(shown.snapshot, day),
        day=day,
        today=today,
        named=may(Action.SEE_WORK_LIST),
        rows=HISTORY,
        figure_text=figure_text,
    )


HISTORY = ("actors", "ties", "isolated_share", "mean_degree", "reachable_pairs_share", "largest_component")


def asked_day(name: str) -> date | None:
    """The day of a parameter, the last one it can mean; None when it is not given. Raises InvalidValue."""
    given = request.args.get(name, "").strip()
    if not given:
        return None
    try:
        return PartialDate.parse(given[:40]).last_day
    except InvalidValue as error:
        raise InvalidValue("filtre", name, given[:80], error.rule) from None


@kept_in_words
def portrait(snapshot: Snapshot, day: date) -> Portrait:
    """The page's content; remembered with the snapshot."""
    now = network_health(snapshot, day)
    years = figures_by_year(snapshot, day)
    before = network_health(snapshot, _a_year_before(day))
    ties = snapshot.ties(day)
    return Portrait(
        health=now,
        cards=[_card(told, now, before, years) for told in told_figures(now)],
        years=years,
        chart=_chart(years),
        groups=[(sharing.value, _groups(snapshot, day, sharing)) for sharing in Sharing],
        hubs=[(named_actor(snapshot, snapshot.ids[hub.index]), hub) for hub in hubs(ties, PLACED)],
        brokers=[
            (named_actor(snapshot, snapshot.ids[one.index]), one)
            for one in brokers(snapshot, day, most=PLACED)
        ],
    )


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=max(1, day.year - 1))
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _card(told: Told, now: Health, before: Health, years: list[tuple[date, Health]]) -> FigureCard:
    value, former = asdict(now)[told.name], asdict(before)[told.name]
    change = difference_text(told.name, former, value)
    trend = _("Comme un an avant.") if change == "=" else _("%(change)s en un an.", change=change)
    line = spark([float(asdict(health)[told.name]) for _day, health in years])
    return FigureCard(told, figure_text(told.name, value), trend, judged(told.name, former, value), line)


def _chart(years: list[tuple[date, Health]]) -> LineChart | None:
    """Ties and isolated actors over the years, on one scale of counts."""
    labels = [str(day.year) for day, _health in years]
    return line_chart(
        labels,
        [
            (_("liens de coopération"), [health.ties for _day, health in years]),
            (_("acteurs sans lien"), [health.isolated for _day, health in years]),
        ],
    )


def _groups(snapshot: Snapshot, day: date, sharing: Sharing) -> list[GroupLine]:
    return [_group(snapshot, sharing, one) for one in openness(snapshot, day, sharing)[:GROUPS]]


def _group(snapshot: Snapshot, sharing: Sharing, one: Openness) -> GroupLine:
    return GroupLine(
        _name(snapshot, sharing, one.code),
        one,
        "—"
        if one.index is None
        else f"{'+' if one.index >= 0 else ''}{decimal(one.index, 2)}".replace("-", "\u2212"),
        _words(one),
        None if one.index is None else round((one.index + 1) * 50, 1),
        None if one.by_size is None else round((one.by_size + 1) * 50, 1),
    )


def _words(one: Openness) -> str:
    if one.index is None:
        return str(_("aucun lien"))
    if one.by_size is not None and one.index < one.by_size - 0.1:
        return str(_("plus entre soi que sa taille ne le voudrait"))
    if one.by_size is not None and one.index > one.by_size + 0.1:
        return str(_("plus tourné vers les autres que sa taille ne le voudrait"))
    return str(_("comme sa taille le laisse attendre"))


def _name(snapshot: Snapshot, sharing: Sharing, code: str) -> str:
    if sharing is Sharing.KIND:
        return capital(label("actor_kind", code))
    if sharing is Sharing.THEME:
        t = snapshot.theme_index(code)
        return code if t is None else topic_name(snapshot.theme(t))
    p = snapshot.place_index(code)
    return code if p is None else place_name(snapshot.place(p))
