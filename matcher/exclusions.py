"""Who must not be answered, whatever it has in common with the asker."""

from graphsvc.snapshot import Snapshot
from matcher.asks import Context
from matcher.index import MatchIndex
from matcher.question import Question


def left_out(snapshot: Snapshot, index: MatchIndex, question: Question, context: Context) -> set[int]:
    """The asker, its live partners (on the day of the question), its own house and the declined.

    Ended actors are left out by the plan's dates.
    """
    barred = set(question.members)
    barred |= {i for key in context.declined if (i := snapshot.index(key)) is not None}
    ties = snapshot.ties(question.day) if question.partners_excluded else None
    for member in question.members:
        barred |= _own_house(snapshot, index, member)
        if ties is not None:
            barred |= set(ties.neighbours(member).tolist())
    return barred


def _own_house(snapshot: Snapshot, index: MatchIndex, i: int) -> set[int]:
    """What the actor is part of, its own units at any depth, and what it succeeds or is succeeded by."""
    house = set()
    above = int(snapshot.actors.part_of[i])
    while above >= 0 and above not in house:
        house.add(above)
        above = int(snapshot.actors.part_of[above])
    below = [i]
    while below:
        unit = below.pop()
        inner = index.units[index.unit_ptr[unit] : index.unit_ptr[unit + 1]].tolist()
        below += [u for u in inner if u not in house]
        house.update(inner)
    house.update(index.lineage.row(i)[0].tolist())
    return house
