"""Answers to many askers are written line by line, and a stopped run goes on where it was."""

import json
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.cli.output import json_line
from web.cli.streaming import kept_lines, lines_out

IDS = [f"a{n}" for n in range(6)]


def answer(key: str) -> str:
    return json_line({"asker": {"id": key}, "suggestions": ["é" * 40]})


def write_all(path: Path, *, resume: bool) -> int:
    with lines_out(str(path), IDS, resume=resume) as (before, write):
        for key in IDS[before:]:
            write(answer(key))
    return before


@given(st.integers(0, 1000))
def test_a_run_killed_at_any_byte_is_resumed_to_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    write_all(folder / "whole.jsonl", resume=False)
    whole = (folder / "whole.jsonl").read_bytes()
    stopped = folder / "stopped.jsonl"
    stopped.write_bytes(whole[: min(cut, len(whole))])
    before = write_all(stopped, resume=True)
    assert stopped.read_bytes() == whole
    assert before == whole[: min(cut, len(whole))].count(b"\n")


def test_each_answer_is_in_the_file_before_the_next_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with lines_out(str(path), IDS, resume=False) as (_, write):
        for count, key in enumerate(IDS, start=1):
            write(answer(key))
            assert [json.loads(line)["asker"]["id"] for line in path.read_text().splitlines()] == IDS[:count]


def test_a_file_is_not_overwritten_without_being_asked(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("mine\n")
    with pytest.raises(click.UsageError, match="--resume"), lines_out(str(path), IDS, resume=False):
        pass
    assert path.read_text() == "mine\n"


def test_the_answers_of_others_are_not_continued(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    for text in (answer("someone") + "\n", "not JSON\n", "[]\n"):
        path.write_text(text)
        with pytest.raises(click.UsageError, match="demandeurs"):
            kept_lines(path, IDS)
        assert path.read_text() == text


def test_a_folder_that_does_not_exist_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "out.jsonl"
    with pytest.raises(click.UsageError, match="impossible"), lines_out(str(path), IDS, resume=False):
        pass
