"""Many reports: every kind of table gives the same one, and one bad row loses nothing."""

from __future__ import annotations

import datetime
import math
import os
import pathlib
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy
import pandas
import polars
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import verbale

SENTENCES = [
    "Foreign Minister Liina Tamberg of Estonia met the Chilean president in Santiago on 3 March 2025.",
    "The Kenyan and Norwegian foreign ministers signed a fisheries agreement in Nairobi on Monday.",
    "Peru accused Ecuador of breaking the ceasefire.",
]


def columns() -> dict[str, list[Any]]:
    return {
        "id": ["a", "b", "c"],
        "text": list(SENTENCES),
        "published": ["2025-03-04", "2025-05-14", "2025-06-01"],
        "outlet": ["Gazette", None, "Courier"],
        "weight": [1, 2, 3],
    }


def rows() -> Iterator[dict[str, Any]]:
    found = columns()
    return ({name: values[at] for name, values in found.items()} for at in range(3))


def tables() -> list[Any]:
    found = columns()
    days = [datetime.date.fromisoformat(day) for day in found["published"]]
    arrow = pa.table(found)
    frame = pandas.DataFrame(found)
    return [
        list(rows()),
        rows(),
        arrow,
        arrow.to_batches()[0],
        arrow.to_reader(),
        arrow.set_column(2, "published", pa.array(days)),
        arrow.set_column(2, "published", pa.array(days, pa.date32()).cast(pa.timestamp("us", "UTC"))),
        arrow.set_column(1, "text", arrow["text"].cast(pa.large_string())),
        arrow.set_column(1, "text", arrow["text"].cast(pa.string_view())),
        arrow.set_column(3, "outlet", arrow["outlet"].dictionary_encode()),
        frame,
        frame.assign(published=pandas.to_datetime(frame["published"])),
        frame.assign(published=[days[0], pandas.Timestamp(days[1]), numpy.datetime64(days[2])]),
        polars.DataFrame(found),
        polars.DataFrame(found).with_columns(polars.col("published").str.to_date()),
    ]


@pytest.fixture(scope="module")
def expected() -> pa.Table:
    return verbale.read_many(list(rows()))


@pytest.mark.parametrize("at", range(len(tables())))
def test_every_kind_of_table_reads_the_same(at: int, expected: pa.Table) -> None:
    found = verbale.read_many(tables()[at])
    assert found.schema.equals(verbale.schema("records"), check_metadata=True)
    assert found.to_pylist() == expected.to_pylist()


def test_rows_are_the_records_of_single_reports(expected: pa.Table) -> None:
    assert expected["id"].to_pylist() == ["a", "b", "c"]
    for row, text in zip(expected.to_pylist(), SENTENCES):
        record = verbale.read(text, id=row["id"], published=row["published"], outlet=row["outlet"])
        assert row["sha256"] == record.sha256
        assert [one["event_type"] for one in row["events"]] == [one.event_type for one in record.events]
        assert [one["id"] for one in row["claims"]] == [one.id for one in record.claims]
        assert [(one["start"], one["end"], one["text"]) for one in row["mentions"]] == [
            (one.start, one.end, one.text) for one in record.mentions
        ]


def test_flat_tables_have_a_row_for_each(expected: pa.Table) -> None:
    for name in ("events", "claims", "mentions"):
        flat = getattr(verbale, name)(expected)
        assert flat.schema.equals(verbale.schema(name), check_metadata=True)
        assert flat.num_rows == sum(map(len, expected[name].to_pylist())) > 0
    documents = verbale.documents(expected)
    assert documents.schema.equals(verbale.schema("documents"), check_metadata=True)
    assert documents["events"].to_pylist() == [len(one) for one in expected["events"].to_pylist()]
    joined = verbale.claims(expected).join(documents.select(["document", "sha256"]), "document", "document")
    assert joined.num_rows == verbale.claims(expected).num_rows and not joined["sha256"].null_count


def test_a_bad_row_is_named_and_the_rest_is_read() -> None:
    bad = [
        SENTENCES[0],
        None,
        float("nan"),
        b"They met.",
        {"text": SENTENCES[1], "published": "soon"},
        {"title": "no text"},
        {"text": SENTENCES[1], "published": 3.5},
        {"text": SENTENCES[2], "outlet": b"Gazette"},
        SENTENCES[2],
    ]
    found = verbale.read_many(bad).to_pylist()
    assert [row["document"] is None for row in found] == [False] + [True] * 7 + [False]
    said = [row["diagnostics"][0] for row in found[1:8]]
    assert all(one["severity"] == "error" for one in said)
    for at, words in enumerate(["missing", "missing", "bytes", "'soon'", "no 'text'", "type float", "outlet is of type bytes"]):
        assert words in said[at]["message"]
        assert at == 3 or said[at]["message"].startswith(f"row {at + 1}: ")
    assert [found[at]["id"] for at in (0, 4, 8)] == ["row 0", "row 4", "row 8"]


def test_bad_values_in_tables_are_named_by_row() -> None:
    table = pa.table({"text": [SENTENCES[0], None, SENTENCES[2]], "published": ["2025-03-04", None, "June"]})
    found = verbale.read_many(table).to_pylist()
    assert found[0]["events"] and found[1]["diagnostics"][0]["message"] == "row 1: text is missing"
    assert "'June'" in found[2]["diagnostics"][0]["message"]
    frame = pandas.DataFrame({"text": [SENTENCES[0], b"x", math.nan, 4], "published": [None, pandas.NaT, math.nan, "2025"]})
    said = [row["diagnostics"] for row in verbale.read_many(frame).to_pylist()]
    assert [bool(one) and one[0]["message"] for one in said[1:]] == [
        "row 1: text is bytes: decode it, as in text.decode('utf-8')",
        "row 2: text is missing",
        "row 3: text is of type int: give text (str)",
    ]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (pa.table({"body": ["x"]}), "no column 'text'; it has body"),
        (pa.table({"text": pa.array([b"x"])}), "column 'text' holds binary"),
        (pa.table({"text": ["x"], "published": [20250304]}), "column 'published' holds int64"),
        (polars.DataFrame({"text": [1]}), "column 'text' holds int64"),
        ("A text.", "of type str"),
        (5, "of type int"),
        (None, "of type NoneType"),
    ],
)
def test_what_is_wrong_with_the_whole_is_raised(table: Any, says: str) -> None:
    with pytest.raises(verbale.InputError, match=says):
        verbale.read_many(table)


def test_columns_may_be_called_otherwise() -> None:
    table = pa.table({"body": SENTENCES, "day": ["2025-03-04"] * 3})
    found = verbale.read_many(table, columns={"text": "body", "published": "day"})
    assert found["published"].to_pylist() == ["2025-03-04"] * 3
    with pytest.raises(verbale.InputError, match="no column 'when'"):
        verbale.read_many(table, columns={"text": "body", "published": "when"})
    with pytest.raises(verbale.InputError, match="'weather' is no field"):
        verbale.read_many(table, columns={"weather": "text"})


def test_what_is_said_of_all_is_for_those_that_do_not_say() -> None:
    found = verbale.read_many([SENTENCES[0], {"text": SENTENCES[1], "published": "2024"}], published=datetime.date(2025, 6, 1), outlet="Post")
    assert found["published"].to_pylist() == ["2025-06-01", "2024"]
    assert found["outlet"].to_pylist() == ["Post", "Post"]


def test_paths_are_read_as_the_command_reads_them(reports: pathlib.Path) -> None:
    found = verbale.read_many(reports)
    assert found.num_rows > 3 and not found["document"].null_count
    with pytest.raises(verbale.InputError, match="no such file"):
        verbale.read_many(reports / "none.txt")


def test_nothing_gives_an_empty_table() -> None:
    for nothing in ([], pa.table({"text": pa.array([], pa.string())})):
        found = verbale.read_many(nothing)
        assert found.num_rows == 0 and found.schema.equals(verbale.schema("records"), check_metadata=True)
        assert verbale.events(found).num_rows == verbale.documents(found).num_rows == 0


def test_any_number_of_threads_gives_the_same() -> None:
    many = SENTENCES * 20
    assert verbale.read_many(many, threads=1).equals(verbale.read_many(many, threads=4))


def test_more_rows_than_a_batch() -> None:
    found = verbale.read_many(f"Report {number}: rain." for number in range(1100))
    assert found.num_rows == 1100 and found["id"].to_pylist()[-1] == "row 1099"
    assert pc.count(found["document"]).as_py() == 1100


def test_others_run_while_reports_are_read(texts: list[str]) -> None:
    """Python's lock is free: another thread of Python goes on counting."""
    ticks = []
    done = threading.Event()

    def count() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    counting = threading.Thread(target=count)
    counting.start()
    began = time.perf_counter()
    verbale.read_many(texts * 5)
    took = time.perf_counter() - began
    done.set()
    counting.join()
    longest = max(later - earlier for earlier, later in zip(ticks, ticks[1:]))
    assert longest < took / 2, f"nothing else ran for {longest:.2f} s of {took:.2f} s"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_reads_too() -> None:
    """Threads do not outlive a fork; a child makes its own."""
    assert verbale.read_many(SENTENCES).num_rows == 3
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if verbale.read_many(SENTENCES).num_rows == 3 else 1
        finally:
            os._exit(code)
    for _ in range(600):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        time.sleep(0.1)
    else:
        os.kill(child, 9)
        raise AssertionError("the child hangs")
    assert os.waitstatus_to_exitcode(status) == 0
