"""Answers to many askers are written line by line, and a stopped run goes on where it was."""

import json
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.cli.output import json_line
from web.cli.same_question import Questions
from web.cli.streaming import kept_lines, lines_out

IDS = [f"a{n}" for n in range(6)]


def answer(key: str, about: str = "é" * 40) -> str:
    """A line; the second asker is answered alike whatever is asked."""
    return json_line({"asker": {"id": key}, "suggestions": [] if key == IDS[1] else [about]})


def asked(about: str = "é" * 40) -> Questions:
    return Questions(IDS, lambda n: answer(IDS[n], about), lambda: [about])


def write_all(path: Path, *, resume: bool, about: str = "é" * 40) -> int:
    with lines_out(str(path), asked(about), resume=resume) as (before, write):
        for key in IDS[before:]:
            write(answer(key, about))
    return before


def beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.question")


def interrupted(path: Path, count: int, about: str) -> None:
    with lines_out(str(path), asked(about), resume=False) as (_, write):
        for key in IDS[:count]:
            write(answer(key, about))
        raise KeyboardInterrupt


def stop_after(path: Path, count: int, about: str) -> None:
    """A run that ends as a killed one does: `count` lines and what was beside them are left."""
    with pytest.raises(KeyboardInterrupt):
        interrupted(path, count, about)


@given(st.integers(0, 1000), st.booleans())
def test_a_run_killed_at_any_byte_is_resumed_to_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, cut: int, marked: bool
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    write_all(folder / "whole.jsonl", resume=False)
    whole = (folder / "whole.jsonl").read_bytes()
    stopped = folder / "stopped.jsonl"
    stopped.write_bytes(whole[: min(cut, len(whole))])
    if marked:
        beside(stopped).write_text(asked().mark)
    before = write_all(stopped, resume=True)
    assert stopped.read_bytes() == whole
    assert before == whole[: min(cut, len(whole))].count(b"\n")
    assert not beside(stopped).exists()


def test_each_answer_is_in_the_file_before_the_next_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with lines_out(str(path), asked(), resume=False) as (_, write):
        for count, key in enumerate(IDS, start=1):
            write(answer(key))
            assert [json.loads(line)["asker"]["id"] for line in path.read_text().splitlines()] == IDS[:count]


def test_a_file_is_not_overwritten_without_being_asked(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("mine\n")
    with pytest.raises(click.UsageError, match="--resume"), lines_out(str(path), asked(), resume=False):
        pass
    assert path.read_text() == "mine\n"


def test_the_answers_of_others_are_not_continued(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    for text in (answer("someone") + "\n", "not JSON\n", "[]\n"):
        path.write_text(text)
        with pytest.raises(click.UsageError, match="demandeurs"):
            kept_lines(path, asked())
        assert path.read_text() == text


def test_a_folder_that_does_not_exist_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "out.jsonl"
    with pytest.raises(click.UsageError, match="impossible"), lines_out(str(path), asked(), resume=False):
        pass


@pytest.mark.parametrize("count", [0, 1, 2, 5, 6])
def test_a_stopped_run_is_resumed_by_the_same_question(tmp_path: Path, count: int) -> None:
    path, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    write_all(whole, resume=False, about="water")
    stop_after(path, count, "water")
    assert beside(path).exists()
    assert write_all(path, resume=True, about="water") == count
    assert path.read_bytes() == whole.read_bytes()
    assert not beside(path).exists()


@pytest.mark.parametrize("count", [1, 2, 5, 6])
@pytest.mark.parametrize("marked", [True, False])
def test_another_question_does_not_go_on_with_the_file(tmp_path: Path, count: int, marked: bool) -> None:
    path = tmp_path / "out.jsonl"
    stop_after(path, count, "water")
    if not marked:
        beside(path).unlink()
    left = path.read_bytes()
    with pytest.raises(click.UsageError, match=r"cette question.*supprimez-le"):
        write_all(path, resume=True, about="education")
    assert path.read_bytes() == left
    assert beside(path).exists() is marked


def test_what_changed_in_no_line_so_far_is_another_question_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    stop_after(path, 3, "water")
    changed = Questions(IDS, asked("water").answer, lambda: ["water", "a revision later"])
    with pytest.raises(click.UsageError, match="cette question"):
        kept_lines(path, changed)


def test_a_file_of_someone_else_without_a_whole_line_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine, without an end of line")
    with pytest.raises(click.UsageError, match="cette question"):
        write_all(path, resume=True)
    assert path.read_text() == "mine, without an end of line"


def test_what_a_forgotten_run_left_beside_does_not_hinder_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    stop_after(path, 3, "water")
    path.unlink()
    write_all(path, resume=False, about="education")
    assert path.read_text().count("education") == len(IDS) - 1
    assert not beside(path).exists()
