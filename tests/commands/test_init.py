"""What ``papergen init`` lays down for each kind of body."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from papergen.cli.app import app
from papergen.commands.check import check_meeting
from papergen.commands.init import QUESTIONS, Profile, lay_down, unusable
from papergen.commands.steps import Meeting, read_meeting
from papergen.diagnostics import Diagnostics
from papergen.model.walk import plain_text
from papergen.world import World

RUNNER = CliRunner()


def read(root: Path) -> tuple[Meeting, list[str]]:
    world = World(root, Diagnostics())
    meeting = read_meeting(world, "2026-03-12")
    assert meeting is not None
    return meeting, [str(each) for each in (*world.diagnostics, *check_meeting(meeting).findings)]


@pytest.mark.parametrize("profile", list(Profile))
def test_every_profile_gives_no_finding(profile: Profile, tmp_path: Path) -> None:
    lay_down(tmp_path / "body", profile=profile)
    assert read(tmp_path / "body")[1] == []


@pytest.mark.parametrize("profile", list(Profile))
def test_every_example_of_a_question_stands_in_the_settings(profile: Profile, tmp_path: Path) -> None:
    lay_down(tmp_path / "body", profile=profile)
    settings = (tmp_path / "body" / "content" / "panel.yaml").read_text(encoding="utf-8")
    settings += (tmp_path / "body" / "content" / "2026-03-12" / "meeting.yaml").read_text(encoding="utf-8")
    for question in QUESTIONS[profile]:
        assert question.example in settings, question
        assert unusable(question.example) is None


@pytest.mark.parametrize("profile", list(Profile))
def test_answers_stand_everywhere_in_place_of_the_examples(profile: Profile, tmp_path: Path) -> None:
    answers = [f"Answer {'ABCDEF'[index]}" for index in range(len(QUESTIONS[profile]))]
    made = RUNNER.invoke(
        app, ["init", str(tmp_path / "body"), "--profile", profile.value, "--ask"], input="\n".join([*answers, ""])
    )
    assert made.exit_code == 0, made.output
    for question in QUESTIONS[profile]:
        assert question.words in made.output
        for file in (tmp_path / "body" / "content").rglob("*.yaml"):
            assert question.example not in file.read_text(encoding="utf-8")
    meeting, _ = read(tmp_path / "body")
    assert meeting.session.settings.panel.name == "Answer A"


def test_an_answer_that_cannot_stand_is_asked_for_again(tmp_path: Path) -> None:
    given = "\n".join(["Cabinet: the first", "The Cabinet", *[""] * 5, ""])
    made = RUNNER.invoke(app, ["init", str(tmp_path / "body"), "--profile", "council", "--ask"], input=given)
    assert made.exit_code == 0, made.output
    assert "It may not hold :." in made.output
    meeting, told = read(tmp_path / "body")
    assert told == []
    assert meeting.session.settings.panel.name == "The Cabinet"
    head = {line.label: plain_text(line.words) for line in meeting.papers[0].head}
    assert head["To"].startswith("The Cabinet, 12")
    assert head["Contact officer"] == "Jo Smith, 01632 960 001, jo.smith@anyshire.example"
