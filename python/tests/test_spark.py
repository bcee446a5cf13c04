"""Spark gives what one machine gives, byte for byte, on a cluster of two executors; and one bad row loses nothing.

Needs Java and pyspark (skipped without), and the program ``verbale`` (``VERBALE`` says where, otherwise the debug
build). ``VERBALE_MADE`` names a JSONL file of more reports, as ``cargo xtask ledger N --reports FILE`` writes them.
"""

from __future__ import annotations

import datetime
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("pyspark")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Java is not installed", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402

import verbale  # noqa: E402
from verbale import spark as vs  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("VERBALE", str(ROOT / "target" / "debug" / "verbale"))
SCHEMA = "id string, text string, published string, outlet string, url string"


def program(*words: object) -> str:
    """What the program prints."""
    return subprocess.run([PROGRAM, *map(str, words)], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def session():
    """Two executors, each a process of its own with one core and 2 GB."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    package = str(Path(verbale.__file__).resolve().parents[1])
    spark = (
        SparkSession.builder.master("local-cluster[2,1,2048]")
        .appName("verbale tests")
        .config("spark.executor.memory", "1g")
        .config("spark.executorEnv.PYTHONPATH", package)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield spark
    spark.stop()


@pytest.fixture(scope="module")
def reports() -> list[dict]:
    """The example reports as others might print them, corrected versions at one address, and made ones."""
    found = []
    for number, path in enumerate(sorted((ROOT / "examples" / "reports").glob("*.txt"))):
        text = path.read_text(encoding="utf-8")
        page = f"https://example.org/{path.stem}"
        found.append({"id": path.name, "text": text, "published": "2025-06-01", "outlet": "Gazette", "url": page})
        later = {"published": "2025-06-02", "url": f"{page}?utm_source=feed", "text": f"Corrected. {text}"}
        found.append({**found[-1], "id": f"{path.name}, corrected", **later})
        if number % 2:
            found.append({**found[-2], "id": f"{path.name}, copied", "outlet": "Courier", "url": None})
    # Without a day, twice the same, and one of no interest.
    found.append({"id": "undated", "text": found[0]["text"], "published": None, "outlet": "Herald", "url": None})
    found.append(dict(found[0]))
    found.append({"id": "none", "text": "Rain is expected.", "published": "2025-06-01", "outlet": None, "url": None})
    made = os.environ.get("VERBALE_MADE")
    if made:
        lines = Path(made).read_text(encoding="utf-8").splitlines()
        found += [{"url": None, **json.loads(line)} for line in lines]
    return found


@pytest.fixture(scope="module")
def alone(reports, tmp_path_factory) -> dict:
    """What one machine says: the listing of entries, and balances."""
    folder = tmp_path_factory.mktemp("alone")
    lines = "".join(json.dumps(report) + "\n" for report in reports)
    (folder / "reports.jsonl").write_text(lines, encoding="utf-8")
    ledger = folder / "ledger.db"
    program("add", folder / "reports.jsonl", "-l", ledger)
    asked = {
        (state, between): program("balance", state, "--between", ",".join(between), "-l", ledger, "--json")
        for state, between in [("AFG", ("USA", "RUS")), ("NER", ("FRA", "CHN")), ("Norway", ("Kenya", "XQZ"))]
    }
    program("events", "-l", ledger, "-o", "parquet", "--to-file", folder / "events.parquet")
    return {
        "events": program("events", "-l", ledger, "--superseded", "-o", "jsonl").splitlines(),
        "balance": asked,
        "parquet": folder / "events.parquet",
        "jsonl": folder / "reports.jsonl",
    }


def listed(entries) -> list[str]:
    """The lines of entries in the ledger's order."""
    rows = entries.select("date_from", "id", "json").collect()
    return [row.json for row in sorted(rows, key=lambda row: (row.date_from is None, str(row.date_from), row.id))]


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_any_number_of_partitions_gives_the_bytes_of_one_machine(session, reports, alone, parts):
    rows = session.createDataFrame(reports[::-1], SCHEMA).repartition(parts)
    entries = vs.link(vs.read(rows), partitions=parts).persist()
    assert listed(entries) == alone["events"]
    if parts == 7:
        panel = vs.panel(entries).persist()
        for (state, between), answer in alone["balance"].items():
            assert vs.balance(panel, state, between) == json.loads(answer)
        months = panel.collect()
        assert months and all(month.events == len(month.engagements) for month in months)
        assert len({(month.state, month.month) for month in months}) == len(months)
        told = [Counter(partner for one in month.engagements for partner in one.partners) for month in months]
        assert [month.partners for month in months] == told and any(told)
    session.catalog.clearCache()


def test_columns_are_those_of_the_programs_parquet(session, reports, alone):
    pq = pytest.importorskip("pyarrow.parquet")
    entries = vs.link(vs.read(session.createDataFrame(reports[:2], SCHEMA)))
    assert entries.columns == [*pq.read_schema(alone["parquet"]).names, "json"]
    assert vs.panel(entries).columns == ["state", "month", "events", "partners", "engagements"]


def test_a_bad_row_says_so_and_the_others_are_read(session, reports):
    bad = [
        {**reports[0], "id": "no text", "text": None},
        {**reports[0], "id": "no day", "published": "soon"},
        {**reports[0], "id": "NaN", "published": "NaN"},
        reports[0],
    ]
    records = {row.id: row for row in vs.read(session.createDataFrame(bad, SCHEMA).coalesce(1)).collect()}
    assert len(records) == 4
    for name, word in [("no text", "text"), ("no day", "published"), ("NaN", "published")]:
        row = records[name]
        assert row.document is None and row.key is None and not row.events
        assert row.diagnostics[0].severity == "error" and word in row.diagnostics[0].message
    assert records[reports[0]["id"]].events


def test_a_column_that_is_missing_or_of_another_kind_is_named(session, reports):
    rows = session.createDataFrame(reports[:1], SCHEMA)
    for frame, said in [
        (rows.drop("text"), "text"),
        (rows.drop("published"), "published"),
        (rows.withColumn("text", F.lit(float("nan"))), "text"),
        (rows.withColumn("published", F.lit(1.5)), "published"),
        (rows.withColumn("outlet", F.lit(3)), "outlet"),
    ]:
        with pytest.raises(verbale.InputError, match=f"'{said}'"):
            vs.read(frame)
    with pytest.raises(verbale.InputError, match="'body'"):
        vs.read(rows, text="body")
    with pytest.raises(verbale.InputError, match="'key'"):
        vs.link(rows)
    with pytest.raises(verbale.InputError, match="'json'"):
        vs.panel(rows)
    with pytest.raises(verbale.InputError, match="'state'"):
        vs.balance(rows, "AFG", ["USA", "RUS"])


def test_days_may_be_dates(session, reports):
    rows = session.createDataFrame([(reports[0]["text"], datetime.date(2025, 6, 1))], "body string, day date")
    (row,) = vs.read(rows, "body", "day").collect()
    assert row.published == "2025-06-01" and row.document


def test_a_job_goes_on_where_it_stopped_and_reads_only_what_is_new(session, alone, tmp_path):
    from verbale.spark import job

    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    lines = alone["jsonl"].read_text(encoding="utf-8").splitlines(keepends=True)
    half = len(lines) // 2
    (source / "b.jsonl").write_text("".join(lines[:half]), encoding="utf-8")
    words = [f"{source}/*.jsonl", "--to", str(out), "--at-once", "1"]
    # As if it had been stopped before it linked.
    job.read_in(session, job.found(session, words[:1]), job._parser().parse_args(words), str(out))
    written = {path: path.stat().st_mtime_ns for path in out.glob("records/*/part-*")}
    assert written and not list(out.glob("linked/*"))
    # A file more, which sorts before the other.
    (source / "a.jsonl").write_text("".join(lines[half:]), encoding="utf-8")
    assert job.main(words) == 0
    assert all(path.stat().st_mtime_ns == time for path, time in written.items())
    (linked,) = out.glob("linked/*")
    assert listed(session.read.parquet(str(linked / "events"))) == alone["events"]
    steps = {path: path.stat().st_mtime_ns for path in linked.glob("**/part-*")}
    # The last step is lost, the others are not done again.
    shutil.rmtree(linked / "panel")
    assert job.main(words) == 0
    again = {path: path.stat().st_mtime_ns for path in linked.glob("**/part-*") if "panel" not in path.parts}
    assert again == {path: time for path, time in steps.items() if "panel" not in path.parts}
    assert session.read.parquet(str(linked / "panel")).count() > 0
    assert job.main([f"{source}/*.none", "--to", str(out)]) == 2


def archive(reports: list[dict], numbers: range) -> bytes:
    """Pages of a web crawl: a WARC file, each record compressed by itself as Common Crawl has them."""
    records = []
    for number in numbers:
        report = reports[number]
        paragraphs = "".join(f"<p>{part}</p>" for part in report["text"].split("\n\n"))
        meta = f'<meta property="article:published_time" content="{report["published"]}T08:00:00Z">'
        page = f"<html><head><title>Page</title>{meta}</head><body><article>{paragraphs}</article></body></html>"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2025-06-03T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(records)


def test_a_job_reads_and_writes_any_file_system_of_hadoops(session, reports, tmp_path):
    from verbale.spark import job

    # A file system with a scheme of its own, which stands for whatever is not the local disk.
    mount = "fs.viewfs.mounttable.verbale.link./news"
    session.sparkContext._jsc.hadoopConfiguration().set(mount, tmp_path.as_uri())
    crawl = tmp_path / "crawl"
    crawl.mkdir()
    pages = [report for report in reports if report["published"]][:12]
    (crawl / "a.warc.gz").write_bytes(archive(pages, range(7)))
    # One that breaks off: what was read of it stays, and the next is read.
    (crawl / "b.warc.gz").write_bytes(archive(pages, range(7, 9))[:-40])
    (crawl / "c.warc.gz").write_bytes(archive(pages, range(9, 12)))
    assert job.main(["viewfs://verbale/news/crawl/*.warc.gz", "--to", "viewfs://verbale/news/out"]) == 0
    ledger = tmp_path / "ledger.db"
    ran = subprocess.run([PROGRAM, "add", str(crawl), "-l", str(ledger)], capture_output=True, text=True)
    assert ran.returncode == 1 and "b.warc.gz" in ran.stderr, ran.stderr
    (linked,) = (tmp_path / "out" / "linked").iterdir()
    entries = listed(session.read.parquet(str(linked / "events")))
    assert len(entries) > 5
    assert entries == program("events", "-l", ledger, "--superseded", "-o", "jsonl").splitlines()


def test_a_job_reads_parquet_with_columns_of_any_name(session, reports, tmp_path):
    from verbale.spark import job

    rows = session.createDataFrame(reports[:4], SCHEMA).withColumnsRenamed({"text": "body", "published": "day"})
    rows.repartition(2).write.parquet(str(tmp_path / "in"))
    words = ["--parquet", "--text", "body", "--published", "day", "--to", str(tmp_path / "out")]
    assert job.main([f"{tmp_path}/in/*.parquet", *words]) == 0
    (linked,) = (tmp_path / "out" / "linked").iterdir()
    ledger, lines = tmp_path / "ledger.db", tmp_path / "reports.jsonl"
    lines.write_text("".join(json.dumps(report) + "\n" for report in reports[:4]), encoding="utf-8")
    program("add", lines, "-l", ledger)
    entries = listed(session.read.parquet(str(linked / "events")))
    assert entries and entries == program("events", "-l", ledger, "--superseded", "-o", "jsonl").splitlines()
