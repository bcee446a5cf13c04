"""Reports to records: each partition is read where it lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Optional

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import DateType, StringType, StructType, TimestampNTZType, TimestampType

from .. import _engine
from ..errors import InputError, InputTypeError
from ..rows import DAYS, FIELDS, given

#: Fields of a report that are taken from a column of their name, where there is one.
_BESIDE = tuple(name for name in FIELDS if name not in ("text", "published"))


def read(
    df: DataFrame,
    text: str = "text",
    published: Optional[str] = "published",
    *,
    columns: Optional[dict[str, str]] = None,
    outlet: Optional[str] = None,
) -> DataFrame:
    """The records of reports, one row for each row, with what :func:`link` needs.

    ``text`` and ``published`` name the columns of the texts and of their days (text as ``YYYY-MM-DD``, or dates).
    ``id``, ``title``, ``outlet``, ``url``, ``language``, ``byline`` and ``fetched`` are taken from columns of these
    names, or of those that ``columns`` says: ``{"title": "headline"}``. ``published=None`` is for reports without a day;
    ``outlet`` is that of all reports that name none.

    The columns are those of ``verbale.read_many``, and ``key``, ``when``, ``sketch`` and ``sheet``. A row that cannot be
    read (no text, a day that is none) has its reason in ``diagnostics`` and null in ``document``, and the others are read.

    Raises :class:`InputError` that names the column, where one is missing or holds no text.
    """
    names = {"text": text, **({"published": published} if published else {}), **(columns or {})}
    unknown = [name for name in names if name not in FIELDS]
    if unknown:
        raise InputError(f"columns: '{unknown[0]}' is no field of a report; there are {', '.join(FIELDS)}")
    for field in _BESIDE:
        if field not in names and field in df.columns:
            names[field] = field
    fields = [_field(df, field, name).alias(field) for field, name in names.items()]
    if "id" not in names:
        # A number would depend on how the rows are dealt out.
        fields.append(F.substring(F.sha2(F.coalesce(F.col(text), F.lit("")), 256), 1, 16).alias("id"))

    def run(tables: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        world = _engine.World()
        for table in tables:
            yield from _engine.keep_rows(world, list(given(table)), outlet=outlet)

    return df.select(*fields).mapInArrow(run, _schema())


def read_files(files: DataFrame, *, published: Optional[str] = None, outlet: Optional[str] = None) -> DataFrame:
    """The records of all reports in whole files, as ``verbale add`` reads them: WARC, archives, pages, feeds, tables.

    ``files`` has the columns ``path`` and ``content``, as ``spark.read.format("binaryFile")`` gives them for any file
    system of Hadoop's. A file must fit into a task's memory twice, and Spark takes none of 2 GB or more. What cannot be
    read is a row with its reason in ``diagnostics``.
    """
    missing = [name for name in ("path", "content") if name not in files.columns]
    if missing:
        raise InputError(f"there is no column '{missing[0]}'; read files with spark.read.format('binaryFile')")

    def run(tables: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        world = _engine.World()
        for table in tables:
            for path, content in zip(table.column("path"), table.column("content")):
                yield from _engine.keep_file(
                    world, path.as_py(), content.as_py(), published=published, outlet=outlet
                )

    return files.select("path", "content").mapInArrow(run, _schema())


def _schema() -> StructType:
    return from_arrow_schema(_engine.kept_schema())


def _field(df: DataFrame, field: str, name: str) -> Column:
    """A column of the frame as text."""
    if name not in df.columns:
        raise InputError(f"there is no column '{name}' for {field}; there are {', '.join(df.columns) or 'none'}")
    kind = df.schema[name].dataType
    if field in DAYS and isinstance(kind, (DateType, TimestampType, TimestampNTZType)):
        return F.date_format(F.col(f"`{name}`"), "yyyy-MM-dd")
    if not isinstance(kind, StringType) and not (field == "id" and kind.typeName() in ("integer", "long")):
        wanted = "dates, or text such as '2025-10-24'" if field in DAYS else "text"
        raise InputTypeError(f"column '{name}' holds {kind.simpleString()}: {field} must be {wanted}")
    return F.col(f"`{name}`").cast("string")
