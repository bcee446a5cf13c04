"""One report: its record, and what cannot be read."""

from __future__ import annotations

import datetime
import json
import pathlib
import pickle
import subprocess
import sys

import numpy
import pandas
import pytest

import verbale


def test_the_record_is_what_the_command_prints(reports: pathlib.Path, tmp_path: pathlib.Path) -> None:
    for path in sorted(reports.glob("*.txt"))[:3]:
        text = path.read_text(encoding="utf-8")
        record = verbale.read(text, id=str(path), published="2025-05-20")
        command = [sys.executable, "-m", "verbale", "read", str(path), "--published", "2025-05-20", "--json", "--mentions"]
        printed = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        # The command finds a title in the file's first line; the text is what both code.
        assert record.sha256 == printed["sha256"]
        assert [one.event_type for one in record.events] == [one["event_type"] for one in printed["events"]]


def test_attributes_are_those_of_the_json(meeting: str) -> None:
    record = verbale.read(meeting, published="2025-03-04")
    event, found = record.events[0], record.to_dict()["events"][0]
    assert (event.event_type, event.status, event.date and event.date.edtf) == ("CONSULT", "held", "2025-03-03")
    assert [one.name for one in event.participants] == [one["name"] for one in found["participants"]]
    assert {one.side for one in event.participants} == {"EST", "CHL"}
    for one in event.participants:
        assert one.name.split()[-1] in meeting[one.start : one.end] or one.office
    for mention in record.mentions:
        assert meeting[mention.start : mention.end] == mention.text


def test_every_key_of_a_record_is_an_attribute(texts: list[str]) -> None:
    def check(value: object, of: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                check(inner, getattr(of, "in_" if key == "in" else key))
        elif isinstance(value, list):
            assert isinstance(of, list) and len(of) == len(value)
            for inner, one in zip(value, of):
                check(inner, one)
        else:
            assert value == of

    for text in texts[:4]:
        record = verbale.read(text, published="2025-05-20")
        check(record.to_dict(), record)


def test_a_record_survives_pickling_and_json(meeting: str) -> None:
    record = verbale.read(meeting)
    assert pickle.loads(pickle.dumps(record)) == record == verbale.Record.from_json(record.to_json())
    assert hash(record) == hash(verbale.Record.from_json(record.to_json()))


def test_people_see_what_was_read(meeting: str) -> None:
    record = verbale.read(meeting, id="<b>one</b>")
    assert repr(record).startswith("<Record <b>one</b>: 1 event, ")
    assert "CONSULT" in str(record) and "Santiago" in str(record)
    page = record._repr_html_()
    assert "&lt;b&gt;one" in page and "<b>" not in page and "CONSULT" in page


@pytest.mark.parametrize(
    "day",
    [
        "2025-03-04",
        "2025-03-04T08:00:00Z",
        datetime.date(2025, 3, 4),
        datetime.datetime(2025, 3, 4, 23, 59, tzinfo=datetime.timezone.utc),
        pandas.Timestamp("2025-03-04 10:00"),
        numpy.datetime64("2025-03-04"),
        numpy.datetime64("2025-03-04T10:00"),
    ],
)
def test_days_of_every_kind(meeting: str, day: object) -> None:
    assert verbale.read(meeting, published=day).published == "2025-03-04"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-03", "2025-03"), ("2025", "2025"), (numpy.datetime64("2025-03"), "2025-03"), (None, None), (float("nan"), None), (pandas.NaT, None), (pandas.NA, None)],
)
def test_shorter_days_and_none(meeting: str, day: object, expected: object) -> None:
    assert verbale.read(meeting, published=day).published == expected


@pytest.mark.parametrize(("text", "says"), [(None, "missing"), (float("nan"), "missing"), (b"They met.", "bytes"), (7, "type int")])
def test_what_is_no_text(text: object, says: str) -> None:
    with pytest.raises(verbale.InputTypeError, match=says) as raised:
        verbale.read(text)  # type: ignore[arg-type]
    assert isinstance(raised.value, (TypeError, ValueError)) and isinstance(raised.value, verbale.VerbaleError)


@pytest.mark.parametrize("day", ["yesterday", "2025-13-01", "04/03/2025"])
def test_what_is_no_day(meeting: str, day: str) -> None:
    with pytest.raises(verbale.InputError, match="YYYY-MM-DD"):
        verbale.read(meeting, published=day)
    with pytest.raises(verbale.InputTypeError, match="published is of type int"):
        verbale.read(meeting, published=20250304)


def test_an_empty_report_is_read_and_says_so() -> None:
    assert verbale.read("").diagnostics[0].message.startswith("the report is empty")


def test_a_world_has_the_users_knowledge(tmp_path: pathlib.Path) -> None:
    with pytest.raises(verbale.InputError, match="no naming profile"):
        verbale.World(names="none-such")
    with pytest.raises(verbale.InputError, match="cannot be read"):
        verbale.World(knowledge=[tmp_path / "none.toml"])
    world = verbale.World(names="un")
    assert world.names == "un" and world.knowledge == []
    assert verbale.read("Turkey's president met the Iranian president in Ankara.", world=world).events
