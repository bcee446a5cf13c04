"""Many reports as Arrow tables: one row for each report, or one for each event, claim or mention.

Columns, types and their version are those of the ledger's Parquet files; :func:`schema` gives them, and docs/exports.md
says what each holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

import pyarrow as pa
import pyarrow.compute as pc

from . import _engine
from ._engine import World
from .reading import embedded
from .rows import Day, Report, day, given

#: Anything that holds reports: an iterable of texts or mappings, an Arrow table, a frame of pandas or Polars, or a path.
Reports = Union[Iterable[Report], "os.PathLike[str]", pa.Table, Any]


def schema(table: str = "records") -> pa.Schema:
    """The Arrow schema of a table: ``records``, ``events``, ``claims``, ``mentions``, ``documents``, ``quotes``,
    ``entities``, ``codings``, ``runs``, ``imports`` or ``reviews``. Its metadata say ``verbale.schema``, the version of the columns.

    Raises:
        InputError: There is no such table.

    >>> schema("mentions").names[:4]
    ['document', 'id', 'start', 'end']
    """
    return _engine.schema(table)


def read_many(
    reports: Reports,
    *,
    published: Optional[Day] = None,
    outlet: Optional[str] = None,
    columns: Optional[Mapping[str, str]] = None,
    world: Optional[World] = None,
    threads: Optional[int] = None,
) -> pa.Table:
    """Reads many reports on all cores and returns the table ``records``: one row for each, in their order.

    A report that cannot be read makes a row whose ``document`` is null and whose ``diagnostics`` say why, with the
    number of the row; all others are read.

    Args:
        reports: Texts or mappings with ``text`` and, where known, ``id``, ``title``, ``published``, ``outlet``, ``url``,
            ``language``, ``byline`` and ``fetched``; or a pyarrow Table, or a frame of pandas or Polars with such
            columns. Other columns are let be. Texts of Arrow tables and Polars frames are not copied. A path, or a list
            of paths, is read as the command reads it: files, folders and archives of every format.
        published: When they were published, for those that do not say.
        outlet: Who published them, for those that do not say.
        columns: Which column is which field, where they are called otherwise: ``{"text": "body"}``.
        world: What they are read with, when not what is built in.
        threads: How many threads; all cores without it. The table is the same for any number.

    Returns:
        A table with :func:`schema` ``("records")``. :func:`events`, :func:`claims`, :func:`mentions` and
        :func:`documents` make flat tables of it.

    Raises:
        InputError: A column is missing.
        InputTypeError: This holds no reports, or a whole column is of a kind that cannot be read.

    >>> table = read_many(["The Norwegian foreign minister visited Nairobi on Monday.", None], published="2025-05-14")
    >>> table["diagnostics"].to_pylist()[1][0]["message"]
    'row 1: text is missing (None)'
    """
    return (world or embedded()).read_many(
        given(reports, columns), published=day(published), outlet=outlet, threads=threads or 0
    )


def events(records: pa.Table) -> pa.Table:
    """The events of ``records``, one row for each, with :func:`schema` ``("events")``. Nothing is copied."""
    return _flat(records, "events")


def claims(records: pa.Table) -> pa.Table:
    """The claims of ``records``, one row for each, with :func:`schema` ``("claims")``. Nothing is copied."""
    return _flat(records, "claims")


def mentions(records: pa.Table) -> pa.Table:
    """The mentions of ``records``, one row for each, with :func:`schema` ``("mentions")``. Nothing is copied."""
    return _flat(records, "mentions")


def documents(records: pa.Table) -> pa.Table:
    """The reports of ``records`` that were read, one row for each, with :func:`schema` ``("documents")``."""
    wanted = schema("documents")
    read = records.filter(pc.is_valid(records["document"]))
    counted = {name: pc.list_value_length(read[name]).cast(pa.int64()) for name in ("events", "claims")}
    return pa.table([counted.get(name, read[name]) for name in wanted.names], schema=wanted)


def _flat(records: pa.Table, name: str) -> pa.Table:
    wanted = schema(name)
    parts = [
        pa.Table.from_batches([pa.RecordBatch.from_struct_array(chunk.flatten())]).cast(wanted)
        for chunk in records[name].chunks
    ]
    return pa.concat_tables(parts) if parts else wanted.empty_table()
