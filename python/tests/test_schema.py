"""One schema: the same in Rust, in Python, in Parquet files and in the documentation."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import verbale

ROOT = pathlib.Path(__file__).resolve().parents[2]

TYPES = {"text": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}

#: Tables by the marks of docs/exports.md.
TABLES = {
    "events": "events.parquet",
    "claims": "claims",
    "quotes": "quotes",
    "documents": "documents",
    "mentions": "mentions",
    "records": "records",
    "entities": "entities",
    "runs": "runs",
    "reviews": "reviews",
}


def documented(mark: str) -> list[tuple[str, str]]:
    """Names and types of columns as the documentation has them."""
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    table = page.split(f"<!-- {mark} -->\n")[1].split(f"<!-- /{mark} -->")[0]
    return re.findall(r"^\| `([\w.]+)` \| ([^|]+?) \|", table, re.MULTILINE)


def described(schema: pa.Schema) -> list[tuple[str, str]]:
    """The same of an Arrow schema; fields of structures follow theirs."""
    names = {kind: name for name, kind in TYPES.items()}
    found: list[tuple[str, str]] = []

    def describe(prefix: str, fields: object) -> None:
        for field in fields:  # type: ignore[attr-defined]
            kind, name = field.type, prefix + field.name
            if not pa.types.is_list(kind):
                found.append((name, names[kind]))
            elif pa.types.is_struct(kind.value_type):
                found.append((name, "list of struct"))
                describe(f"{name}.", [kind.value_type.field(at) for at in range(kind.value_type.num_fields)])
            else:
                found.append((name, f"list of {names[kind.value_type]}"))

    describe("", schema)
    return found


@pytest.mark.parametrize("table", TABLES)
def test_the_documentation_lists_the_columns(table: str) -> None:
    assert described(verbale.schema(table)) == documented(TABLES[table])


def test_the_schema_says_its_version() -> None:
    metadata = verbale.schema("events").metadata
    assert metadata[b"verbale.schema"] == str(verbale.SCHEMA_VERSION).encode()
    assert metadata[b"verbale.listing"] == b"events"
    assert metadata[b"verbale.version"] == verbale.__version__.encode()


def test_there_is_no_other_table() -> None:
    with pytest.raises(verbale.InputError, match="'happenings'; there are records, events"):
        verbale.schema("happenings")


@pytest.mark.parametrize("table", ["events", "claims", "quotes", "documents"])
def test_parquet_files_have_the_schema_and_the_rows(table: str, reports: pathlib.Path, tmp_path: pathlib.Path) -> None:
    ledger = verbale.Ledger(tmp_path / "verbale.db")
    ledger.add(reports)
    file = tmp_path / f"{table}.parquet"
    command = [sys.executable, "-m", "verbale", table, "-l", ledger.path, "-o", "parquet", "--to-file", str(file)]
    subprocess.run(command, check=True)
    written, found = pq.read_table(file), getattr(ledger, table)()
    assert written.schema.equals(verbale.schema(table)) and found.schema.equals(verbale.schema(table), check_metadata=True)
    metadata = pq.read_metadata(file).metadata
    assert {key: value for key, value in metadata.items() if key.startswith(b"verbale.")} == found.schema.metadata
    assert written.equals(found) and found.num_rows


def test_parts_of_a_record_have_the_columns_of_their_tables() -> None:
    records = verbale.schema("records")
    for table in ("events", "claims", "mentions"):
        of = records.field(table).type.value_type
        assert pa.schema([of.field(at) for at in range(of.num_fields)]).equals(verbale.schema(table))
    mine = [field for field in records if field.name not in ("events", "claims", "mentions", "diagnostics", "coder", "data")]
    theirs = [field for field in verbale.schema("documents") if field.name not in ("events", "claims")]
    assert mine == theirs


def test_a_read_table_can_be_written_and_read_as_parquet(tmp_path: pathlib.Path, meeting: str) -> None:
    records = verbale.read_many([meeting, None])
    pq.write_table(records, tmp_path / "records.parquet")
    assert pq.read_table(tmp_path / "records.parquet").equals(records)
