"""Who this actor, announcement or project should meet: ranked, with evidence and two-sided reasons."""

from dataclasses import dataclass
from datetime import date

from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Context, Exposure
from matcher.exclusions import left_out
from matcher.explain import Case, Suggestion, asking_side, explained
from matcher.index import build_index
from matcher.learned.model import Learned
from matcher.learned.order import best_candidates, reordered
from matcher.learned.told import with_learned_evidence
from matcher.newcomers import introduced_to_newcomer, missing_of
from matcher.plan import make_plan
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Model
from matcher.reasons import Reason
from matcher.unknowns import about_asker, rows_by_other

FIRST_CONTACTS = 5
"""An answer of fewer than this is completed by first contacts, marked as such."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The answer to one asker. `notes` say what the reader should know of the answer as a whole; `learned`:
    it follows the learned order, not the default one.
    """

    asker: Asker
    items: tuple[Suggestion, ...]
    notes: tuple[Reason, ...] = ()
    learned: bool = False


def suggest(
    snapshot: Snapshot,
    asker: Asker,
    context: Context | None = None,
    *,
    today: date,
    top: int = 10,
    model: Model = DEFAULT,
    exposure: Exposure | None = None,
    learned: Learned | None = None,
) -> Suggestions:
    """The `top` best candidates, at most; fewer when no more have enough in common with the asker.

    Left out: the asker, its live partners, what it is part of and its own units, its predecessors and
    successors, ended actors, the declined. When fewer than FIRST_CONTACTS are found, the nearest engaged
    actors complete the answer, marked by the reason `first_contact`. `learned`, when given, puts the first
    candidates of an answer to `cooperate` in its own order. Raises UnknownRecord for a theme or territory of
    the context nobody knows.
    """
    context = context or Context()
    index = build_index(snapshot)
    question = ask_question(snapshot, index, asker, context, today)
    barred = sorted(left_out(snapshot, index, question, context))
    plan = make_plan(
        snapshot, index, question, model.weights(question.ask), barred, exposure, today.toordinal()
    )
    met = rows_by_other(snapshot, question.members)
    case = Case(snapshot, index, question, plan, asking_side(snapshot, index, question, asker), met, today)
    found = (
        best_candidates(snapshot, index, plan, asker, question, model.floor, top, learned) if top > 0 else []
    )
    items = explained(case, found)
    by_learned = reordered(learned, asker, question)
    if by_learned:
        items = with_learned_evidence(case, asker, items)
    below = items[-1].score if items else 1.0
    items += introduced_to_newcomer(case, min(top, FIRST_CONTACTS), {j for j, _ in found}, below)
    return Suggestions(asker, tuple(items), tuple(_notes(case, context, len(found), top)), by_learned)


def _notes(case: Case, context: Context, found: int, top: int) -> list[Reason]:
    notes = about_asker(case.snapshot, case.question, case.today)
    if found >= top:
        return notes
    missing = missing_of(case.snapshot, case.question.members, context)
    unsaid = not case.plan.knows_something() and bool(missing or case.question.members)
    if unsaid or (not found and {"themes", "territories"} <= set(missing)):
        facts: dict[str, object] = {"missing": missing}
        if not case.question.members:
            facts["request"] = True
        return [*notes, Reason("too_little_known", facts)]
    narrowed = bool(context.themes or context.territories or context.kinds)
    nobody = "nobody_in_context" if narrowed else "nobody_found"
    notes.append(Reason("few_found", {"found": found, "asked": top}) if found else Reason(nobody, {}))
    if missing and len(case.question.members) == 1:
        notes.append(Reason("add_to_your_record", {"missing": missing}))
    return notes
