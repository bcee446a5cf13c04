"""A job: files of any Hadoop file system in, records, entries and a panel out as Parquet; stopped and started at will.

    python -m verbale.spark.job INPUT... --to FOLDER

``INPUT`` are files or patterns of files: WARC (as Common Crawl's CC-NEWS), archives, pages, feeds, JSONL; with
``--parquet`` they are Parquet with a column of texts. Files are read some at a time, and noted as done in
``FOLDER/done``. Started again with the same words, the job goes on after the last of these, and after the last step of
linking; with more files, it reads those alone, and links all that the folder holds.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from typing import Optional

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .counting import panel
from .keeping import there
from .linking import link
from .reading import read, read_files


def main(words: Optional[Sequence[str]] = None) -> int:
    """Runs the job; returns what the process ends with."""
    asked = _parser().parse_args(words)
    spark = SparkSession.builder.appName("verbale").getOrCreate()
    files = found(spark, asked.inputs)
    if not files:
        print(f"no file is named {', '.join(asked.inputs)}", file=sys.stderr)
        return 2
    folder = asked.to.rstrip("/")
    files = read_in(spark, files, asked, folder)
    # What was linked belongs to what was read: with other files, another folder.
    linked = f"{folder}/linked/{name_of(files)}"
    print(f"linking {len(files)} files", file=sys.stderr)
    held = spark.read.parquet(*sorted({f"{folder}/records/{name}" for name in done(spark, folder).values()}))
    entries = kept(spark, link(held, work=f"{linked}/work"), f"{linked}/events")
    kept(spark, panel(entries), f"{linked}/panel")
    print(f"{linked}/events and {linked}/panel are written", file=sys.stderr)
    return 0


def read_in(spark: SparkSession, files: Sequence[str], asked: argparse.Namespace, folder: str) -> list[str]:
    """Reads the files that were not read before, some at a time; returns all that the folder then holds."""
    before = done(spark, folder)
    # A file may be large: Spark hands over one at a time.
    size = spark.conf.get("spark.sql.execution.arrow.maxRecordsPerBatch")
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 256 if asked.parquet else 1)
    groups = list(batches([name for name in files if name not in before], asked.at_once))
    for number, group in enumerate(groups, 1):
        print(f"reading {number} of {len(groups)}: {len(group)} files", file=sys.stderr)
        name = name_of(group)
        records(spark, group, asked).write.mode("overwrite").parquet(f"{folder}/records/{name}")
        write(spark, f"{folder}/done/{name}", "\n".join(group))
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", size or 10_000)
    return sorted(done(spark, folder))


def done(spark: SparkSession, folder: str) -> dict[str, str]:
    """The files that were read into a folder, each with the name of the records it is in."""
    lists = found(spark, [f"{folder}/done/" + "?" * 16])
    rows = spark.read.text(lists, wholetext=True).select("value", F.col("_metadata.file_name")).collect() if lists else []
    return {file: name for files, name in rows for file in files.split("\n")}


def records(spark: SparkSession, group: Sequence[str], asked: argparse.Namespace) -> DataFrame:
    """The records of some files."""
    if asked.parquet:
        rows = spark.read.parquet(*group)
        return read(rows, asked.text, asked.published or None, outlet=asked.outlet)
    whole = spark.read.format("binaryFile").load(list(group))
    return read_files(whole.repartition(len(group), "path"), outlet=asked.outlet)


def kept(spark: SparkSession, rows: DataFrame, path: str) -> DataFrame:
    """Writes a table, unless it is there already."""
    if not there(spark, f"{path}/_SUCCESS"):
        rows.write.mode("overwrite").parquet(path)
    return spark.read.parquet(path)


def write(spark: SparkSession, path: str, text: str) -> None:
    """Writes a small file, which is whole when it has its name."""
    jvm = spark._jvm
    assert jvm is not None
    target, unfinished = (jvm.org.apache.hadoop.fs.Path(name) for name in (path, f"{path}.unfinished"))
    system = target.getFileSystem(spark._jsc.hadoopConfiguration())
    out = system.create(unfinished, True)
    out.write(bytearray(text, "utf-8"))
    out.close()
    system.rename(unfinished, target)


def found(spark: SparkSession, patterns: Sequence[str]) -> list[str]:
    """The files that patterns stand for, on any file system of Hadoop's, in order of their names."""
    jvm = spark._jvm
    assert jvm is not None
    names: set[str] = set()
    for pattern in patterns:
        path = jvm.org.apache.hadoop.fs.Path(pattern)
        system = path.getFileSystem(spark._jsc.hadoopConfiguration())
        names.update(status.getPath().toString() for status in system.globStatus(path) or [])
    return sorted(names)


def batches(files: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Files in groups of so many."""
    for start in range(0, len(files), size):
        yield files[start : start + size]


def name_of(files: Sequence[str]) -> str:
    """A name that the same files always have."""
    return hashlib.sha256("\n".join(files).encode()).hexdigest()[:16]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verbale.spark.job", description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="files, or patterns of files")
    parser.add_argument("--to", required=True, metavar="FOLDER", help="where records, entries and panel go")
    parser.add_argument("--parquet", action="store_true", help="inputs are Parquet with a column of texts")
    parser.add_argument("--text", default="text", metavar="COLUMN", help="with --parquet: the column of texts")
    parser.add_argument(
        "--published", default="published", metavar="COLUMN", help="with --parquet: the column of days; '' for none"
    )
    parser.add_argument("--outlet", metavar="NAME", help="outlet of reports that name none")
    parser.add_argument("--at-once", type=int, default=64, metavar="N", help="files that are read before they are noted as done")
    return parser


if __name__ == "__main__":
    sys.exit(main())
