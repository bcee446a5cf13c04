"""What people hand in, as rows that can be read: texts, mappings, Arrow tables, frames of pandas and Polars.

Whole columns are looked at where that can be done, and single values where they are of mixed kinds. A value that
cannot be read makes a row with a ``problem``, which becomes a diagnostic of that row; only what is wrong with a whole
table is an exception.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Optional, Union

import pyarrow as pa
import pyarrow.compute as pc

from .errors import InputError, InputTypeError

#: Fields of a report: its name, its text, and what is known beside it.
FIELDS = ("id", "text", "title", "published", "outlet", "url", "language", "byline", "fetched")
#: Those that are days.
DAYS = ("published", "fetched")
#: Rows of an iterable that are handed over at once.
CHUNK = 1024

#: A day as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, or any object that is a date: of datetime, pandas or NumPy.
Day = Union[str, datetime.date, Any]
#: One report: its text, or a mapping with ``text`` and other fields of a report.
Report = Union[str, Mapping[str, Any]]

_SCHEMA = pa.schema([(name, pa.large_string()) for name in (*FIELDS, "problem")])


def given(reports: Any, columns: Optional[Mapping[str, str]] = None) -> Union[list[str], pa.RecordBatchReader]:
    """What the engine reads: paths as they are, anything else as batches of :data:`FIELDS` and ``problem``, all text.

    ``columns`` says which column or key is which field, where they are called otherwise: ``{"text": "body"}``.

    Raises :class:`InputTypeError` for what holds no reports and :class:`InputError` for a table without texts.
    """
    if isinstance(reports, os.PathLike):
        return _paths([reports])
    if isinstance(reports, (list, tuple)) and reports and all(isinstance(one, os.PathLike) for one in reports):
        return _paths(reports)
    names = _names(columns)
    table = _table(reports)
    if table is not None:
        return _of_table(table, names).to_reader()
    if isinstance(reports, (str, bytes, Mapping)) or not isinstance(reports, Iterable):
        raise InputTypeError(
            f"reports are {_kind(reports)}: give a list of texts or mappings, a path, a pyarrow Table, or a frame of pandas "
            "or Polars"
        )
    return pa.RecordBatchReader.from_batches(_SCHEMA, _batches(iter(reports), names))


def _paths(paths: Iterable[Any]) -> list[str]:
    """Paths that lead somewhere."""
    found = [os.fspath(path) for path in paths]
    for path in found:
        if not os.path.exists(path):
            raise InputError(f"{path}: there is no such file")
    return found


def _batches(rows: Iterator[Any], names: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    start = 0
    while chunk := list(islice(rows, CHUNK)):
        yield _of_rows(chunk, names, start)
        start += len(chunk)


def one(text: Any, **fields: Any) -> tuple[str, dict[str, Optional[str]]]:
    """The text and the other fields of a single report; raises where :func:`given` would note a problem."""
    return _text(text), {name: _field(name, value) for name, value in fields.items()}


def day(value: Any, name: str = "published") -> Optional[str]:
    """A date of any kind as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; ``None`` for what is missing.

    >>> import datetime
    >>> day(datetime.datetime(2025, 10, 24, 8, 30)), day("2025-10"), day(float("nan"))
    ('2025-10-24', '2025-10', None)
    """
    if _is_missing(value):
        return None
    if isinstance(value, str):
        # The time of day of a timestamp is not needed.
        return value[:10] if len(value) > 10 and value[10] in "T " and value[4:5] == "-" else value
    if hasattr(value, "item") and hasattr(value, "dtype"):
        # NumPy's datetime64 says how exact it is: 2025-10 stays a month. Its text is EDTF.
        if getattr(value.dtype, "kind", "") == "M":
            return str(value)[:10]
        value = value.item()
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    raise InputTypeError(f"{name} is {_kind(value)}: give a date, or text such as '2025-10-24'")


def _names(columns: Optional[Mapping[str, str]]) -> dict[str, str]:
    """Which column each field is in."""
    unknown = [name for name in columns or {} if name not in FIELDS]
    if unknown:
        raise InputError(f"columns: '{unknown[0]}' is no field of a report; there are {', '.join(FIELDS)}")
    return {name: (columns or {}).get(name, name) for name in FIELDS}


def _table(reports: Any) -> Any:
    """A table or frame as a table of Arrow's; ``None`` for what is neither."""
    if isinstance(reports, pa.Table):
        return reports
    if isinstance(reports, (pa.RecordBatch, pa.RecordBatchReader)) or (
        hasattr(reports, "__arrow_c_stream__") and not _is_pandas(reports)
    ):
        return pa.table(reports) if not isinstance(reports, pa.RecordBatchReader) else reports.read_all()
    if _is_pandas(reports):
        return _of_pandas(reports)
    return None


def _is_pandas(value: Any) -> bool:
    return type(value).__module__.split(".")[0] == "pandas" and hasattr(value, "columns")


def _of_pandas(frame: Any) -> Any:
    """A frame of pandas, column by column: one of mixed kinds is looked at value by value."""
    arrays: dict[str, Any] = {}
    for name in frame.columns:
        try:
            arrays[str(name)] = pa.array(frame[name], from_pandas=True)
        except (TypeError, ValueError, pa.ArrowNotImplementedError):
            arrays[str(name)] = list(frame[name])
    if all(isinstance(values, (pa.Array, pa.ChunkedArray)) for values in arrays.values()):
        return pa.table(arrays)
    return _Mixed(arrays, len(frame))


class _Mixed:
    """Columns of which some are plain lists."""

    def __init__(self, columns: dict[str, Any], rows: int) -> None:
        self.columns = columns
        self.num_rows = rows
        self.column_names = list(columns)

    def column(self, name: str) -> Any:
        return self.columns[name]


def _of_table(table: Any, names: Mapping[str, str]) -> pa.Table:
    """The fields of a table's columns as text."""
    there = list(table.column_names)
    missing = [name for field, name in names.items() if name not in there and (field == "text" or name != field)]
    if missing:
        raise InputError(f"the table has no column '{missing[0]}'; it has {', '.join(there) or 'none'}")
    problems: list[Optional[str]] = [None] * table.num_rows
    found: dict[str, Any] = {}
    for field, name in names.items():
        if name in there:
            found[field] = _column(field, table.column(name), problems)
    if "id" in found:
        numbers = pa.array([f"row {number}" for number in range(table.num_rows)], pa.large_string())
        found["id"] = pc.coalesce(found["id"].cast(pa.large_string()), numbers)
    else:
        found["id"] = pa.array([f"row {number}" for number in range(table.num_rows)], pa.large_string())
    if found["text"].null_count:
        _mark(problems, pc.is_null(found["text"]).to_pylist(), "text is missing")
    if any(problems):
        found["problem"] = pa.array(problems, pa.large_string())
    return pa.table(found)


def _mark(problems: list[Optional[str]], where: Iterable[bool], problem: str) -> None:
    for number, is_there in enumerate(where):
        if is_there and problems[number] is None:
            problems[number] = f"row {number}: {problem}"


def _column(field: str, column: Any, problems: list[Optional[str]]) -> Any:
    """A column as text; what cannot be text is named as the problem of its row or, for the whole of it, raised."""
    if isinstance(column, list):
        return pa.array(list(_values(field, column, problems)), pa.large_string())
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_null(kind):
        return column.cast(pa.large_string())
    if field in DAYS:
        if pa.types.is_timestamp(kind):
            return pc.strftime(column, format="%Y-%m-%d").cast(pa.large_string())
        if pa.types.is_date(kind):
            return column.cast(pa.date32()).cast(pa.large_string())
        if _is_text(kind):
            return pa.array(list(_values(field, column.to_pylist(), problems)), pa.large_string())
    elif _is_text(kind):
        # As it is: texts are not copied.
        return column
    elif field == "id" and (pa.types.is_integer(kind)):
        return column.cast(pa.large_string())
    raise InputTypeError(f"column '{field}' holds {kind}: {_wanted(field)}")


def _is_text(kind: pa.DataType) -> bool:
    views = getattr(pa.types, "is_string_view", lambda _: False)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or views(kind))


def _values(field: str, values: Iterable[Any], problems: list[Optional[str]]) -> Iterator[Optional[str]]:
    for number, value in enumerate(values):
        try:
            yield None if _is_missing(value) else _field(field, value)
        except InputError as error:
            problems[number] = problems[number] or f"row {number}: {error}"
            yield None


def _of_rows(rows: list[Any], names: Mapping[str, str], start: int) -> pa.RecordBatch:
    """Rows one by one; each is a text or a mapping."""
    return pa.RecordBatch.from_pylist([_row(row, names, start + at) for at, row in enumerate(rows)], schema=_SCHEMA)


def _row(row: Any, names: Mapping[str, str], number: int) -> dict[str, Optional[str]]:
    found: dict[str, Optional[str]] = {"id": f"row {number}"}
    try:
        if not isinstance(row, Mapping):
            found["text"] = _text(row)
            return found
        if names["text"] not in row:
            keys = ", ".join(map(str, row)) or "none"
            raise InputError(f"it has no '{names['text']}'; it has {keys}")
        if not _is_missing(row.get(names["id"])):
            found["id"] = str(row[names["id"]])
        found["text"] = _text(row[names["text"]])
        for field in FIELDS[2:]:
            found[field] = _field(field, row.get(names[field]))
    except InputError as error:
        found["problem"] = f"row {number}: {error}"
    return found


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise InputTypeError("text is bytes: decode it, as in text.decode('utf-8')")
    if _is_missing(value):
        raise InputTypeError(f"text is missing ({value!r})")
    raise InputTypeError(f"text is {_kind(value)}: give text (str)")


def _field(field: str, value: Any) -> Optional[str]:
    """A field as text; ``None`` where it is missing."""
    if field == "text":
        return _text(value)
    if field in DAYS:
        return day(value, field)
    if _is_missing(value):
        return None
    if isinstance(value, str) or (field == "id" and isinstance(value, int)):
        return str(value)
    if field == "url" and not isinstance(value, (bytes, float, int)):
        return str(value)
    raise InputTypeError(f"{field} is {_kind(value)}: {_wanted(field)}")


def _wanted(field: str) -> str:
    return "give dates, or text such as '2025-10-24'" if field in DAYS else "give text (str)"


def _is_missing(value: Any) -> bool:
    """``None``, NaN, NaT and pandas' NA."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:
        # pandas' NA is neither equal nor unequal to itself.
        return type(value).__name__ == "NAType"


def _kind(value: Any) -> str:
    return f"of type {type(value).__name__}" if not isinstance(value, os.PathLike) else f"a path ({value})"
