"""The commands that measure the suggestions on hidden cooperations and learn an order from them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from web.cli.context import configuration, progress, read_snapshot, today
from web.cli.output import format_options, print_csv, print_json, print_table

if TYPE_CHECKING:
    from matcher.evaluation.held_out import Evaluation

FIGURES = ("auc_degree_matched", "precision_at_10", "mrr", "recall_at_10", "candidate_recall")
COLD = ("cold_mrr", "cold_recall_at_10")

_hide = click.option(
    "--hide",
    metavar="PART",
    type=float,
    default=0.2,
    show_default=True,
    help="Part des coopérations cachée à la fois.",
)


@click.command("evaluate")
@_hide
@click.option(
    "--seed",
    type=int,
    metavar="N",
    default=0,
    show_default=True,
    help="Graine du tirage : la même rend la même réponse.",
)
@click.option(
    "--rounds",
    type=int,
    metavar="N",
    help="Nombre de tirages (défaut : tout cacher une fois si le réseau est petit).",
)
@format_options
@click.pass_context
def evaluate_command(
    ctx: click.Context, hide: float, seed: int, rounds: int | None, format_: str, lang: str
) -> None:
    """Cache de vraies coopérations et mesure qui les retrouve : le site, ou un ordre plus simple."""
    from matcher.evaluation.held_out import evaluate

    config = configuration(ctx)
    snapshot = read_snapshot(config)
    with _told(lang) as advance:
        found = evaluate(snapshot, today=today(), hide=hide, seed=seed, rounds=rounds, progress=advance)
    if format_ == "json":
        print_json(evaluation_data(found))
    elif format_ == "csv":
        print_csv(_COLUMNS, _rows(found))
    else:
        _print_text(found, lang)


@click.command("learn")
@_hide
@click.option("--seed", type=int, metavar="N", default=0, show_default=True, help="Graine du tirage.")
@format_options
@click.pass_context
def learn_command(ctx: click.Context, hide: float, seed: int, format_: str, lang: str) -> None:
    """Apprend un ordre des propositions sur les coopérations connues, et ne s'en sert que s'il fait mieux."""
    from matcher.evaluation.held_out import evaluate
    from matcher.learned.model import ENOUGH_LINKS, ModelRefused, write_learned
    from matcher.learned.training import train
    from web.learned_order import usable
    from web.words.learned import order_sentence

    config = configuration(ctx)
    snapshot = read_snapshot(config)
    with _told(lang) as advance:
        found = evaluate(snapshot, today=today(), hide=hide, seed=seed, progress=advance)
        learned = train(snapshot, today(), seed)
    if learned is None or found.held() is None:
        raise ModelRefused("too_few_links")
    path = write_learned(config.home, replace(learned, held=found.held()))
    used, refusal = usable(config.home, snapshot)
    if format_ == "json":
        data = {"used": used is not None, "refusal": refusal, "links": learned.links, "enough": ENOUGH_LINKS}
        print_json({**data, "file": path.name, "evaluation": evaluation_data(found)})
    elif format_ == "csv":
        print_csv(_COLUMNS, _rows(found))
    else:
        _print_text(found, lang)
        click.echo(order_sentence(used, refusal, lang))


@contextmanager
def _told(lang: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar whose stages are in the reader's language."""
    label, stages = _PROGRESS[lang]
    with progress(label) as advance:
        yield lambda stage, done, total: advance(stages[stage], done, total)


_PROGRESS = {
    "fr": ("évaluation", {"training": "apprentissage", "askers": "demandeurs"}),
    "en": ("evaluation", {"training": "training", "askers": "askers"}),
}


def evaluation_data(found: "Evaluation") -> dict[str, Any]:
    """The evaluation in the keys of the exchange format; what was not measured is null."""
    plain = asdict(found)
    return {
        "methods": [
            {
                "name": m.name,
                **{figure: getattr(m, figure).value for figure in FIGURES},
                "intervals": {
                    figure: [getattr(m, figure).low, getattr(m, figure).high] for figure in FIGURES
                },
                "cold": {
                    "mrr": m.cold_mrr.value,
                    "recall_at_10": m.cold_recall_at_10.value,
                    "intervals": {
                        "mrr": [m.cold_mrr.low, m.cold_mrr.high],
                        "recall_at_10": [m.cold_recall_at_10.low, m.cold_recall_at_10.high],
                    },
                },
            }
            for m in found.methods
        ],
        "candidate_recall": found.candidate_recall.value,
        "candidate_recall_interval": [found.candidate_recall.low, found.candidate_recall.high],
        **{
            key: plain[key]
            for key in (
                "best_baseline", "default_over_best", "learned_over_best", "learned_gain", "share", "seed",
                "rounds", "known", "hidden", "askers", "partners", "cold", "never_suggested", "note",
            )
        },
    }  # fmt: skip


_COLUMNS = ("name", *(part for f in (*FIGURES, *COLD) for part in (f, f"{f}_low", f"{f}_high")))


def _rows(found: "Evaluation") -> list[list[object]]:
    rows = []
    for method in found.methods:
        cells: list[object] = [method.name]
        for figure in (*FIGURES, *COLD):
            estimate = getattr(method, figure)
            cells += [estimate.value, estimate.low, estimate.high]
        rows.append(cells)
    return rows


def _print_text(found: "Evaluation", lang: str) -> None:
    from web.words.evaluated import cold_heading, compared_sentences, hidden_sentences

    if found.askers:
        shown = ("mrr", "precision_at_10", "recall_at_10", "candidate_recall", "auc_degree_matched")
        _print_methods(found, shown, lang)
    for sentence in hidden_sentences(found, lang):
        click.echo(sentence)
    if found.cold:
        click.echo(cold_heading(lang))
        _print_methods(found, COLD, lang)
    for sentence in compared_sentences(found, lang):
        click.echo(sentence)


def _print_methods(found: "Evaluation", shown: tuple[str, ...], lang: str) -> None:
    """A line a method, the one that finds partners soonest first."""
    from web.language import column
    from web.words.evaluated import FIGURES as WORDS
    from web.words.evaluated import METHOD, METHODS, estimate_text

    at = column(lang)
    ordered = sorted(found.methods, key=lambda m: -(getattr(m, shown[0]).value or 0.0))
    print_table(
        (METHOD[at], *(WORDS[figure][at] for figure in shown)),
        [[METHODS[m.name][at], *(estimate_text(getattr(m, f), lang) for f in shown)] for m in ordered],
    )
