"""What is printed."""

import json

from typer.testing import CliRunner

from besedka.cli.main import app
from besedka.trial import report
from besedka.trial.judge import judge
from tests.trial.scene import Scene

KEYS = [
    "sent",
    "stored",
    "lost",
    "duplicates_stored",
    "bursts",
    "answered",
    "unanswered",
    "double_answers",
    "bot_after_person",
    "recovered_by_sweep",
    "ack_ms",
    "visible_ms",
    "answer_overhead_ms",
    "failed",
]


def test_the_json_object_has_the_agreed_keys_in_order(scene: Scene) -> None:
    scene.answers(5.1, [scene.writes(0)])

    printed = json.loads(report.as_json(judge(scene.evidence)))

    assert list(printed) == KEYS
    assert list(printed["ack_ms"]) == ["p50", "p95", "p99", "max"]
    assert printed["failed"] == []


def test_the_table_marks_what_must_be_zero_and_names_the_message(scene: Scene) -> None:
    scene.answers(5.1, [scene.writes(0)])
    lost = scene.writes(20)
    scene.forget_row_of(lost)

    text = report.as_text(judge(scene.evidence))

    assert "должно быть 0" in text
    assert f"lost: message {lost}" in text
    assert "Испытание не пройдено." in text


def test_a_clean_trial_says_so(scene: Scene) -> None:
    scene.answers(5.1, [scene.writes(0)])

    assert "Всё чисто." in report.as_text(judge(scene.evidence))


def test_wrong_options_end_the_command_in_plain_words() -> None:
    result = CliRunner().invoke(app, ["trial", "--messages", "1", "--conversations", "5"])

    assert result.exit_code == 1
    assert "Диалогов больше, чем сообщений" in result.output
