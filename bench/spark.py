"""How fast reports are read and linked on Spark: `python bench/spark.py REPORTS.jsonl EXECUTORS... [--write]`.

The file comes of `cargo xtask ledger N --reports FILE`. Executors are processes of one core and 4 GB on this machine
(`local-cluster`); each number of them is a cluster of its own, and has as many of the machine's cores as executors, on
which its driver and its Python run too. "Processor s" is what they took together, "unused" how much of these cores'
time they did not have or did not use.
"""

import datetime
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = ROOT / "bench" / "runs" / "spark.csv"
HEADER = (
    "day,commit,processor,cores,documents,executors,read s,link s,balance s,documents/s read,documents/s in all,"
    "processor s,unused %,entries,profile"
)
TICK = os.sysconf("SC_CLK_TCK")


class Meter(threading.Thread):
    """Seconds of processor that this process and all below it take; looks often, for processes end and nobody asks them."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.lock = threading.Lock()
        self.taken: dict = {}

    def run(self) -> None:
        """Looks every two seconds."""
        while True:
            self.look()
            time.sleep(2)

    def look(self) -> float:
        """All that was taken so far."""
        below = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            below[int(entry.parent.name)] = (int(fields[1]), fields[19], sum(map(int, fields[11:13])) / TICK)
        seen, more = {os.getpid()}, True
        while more:
            found = {pid for pid, (parent, _, _) in below.items() if parent in seen} - seen
            seen |= found
            more = bool(found)
        with self.lock:
            self.taken.update({(pid, below[pid][1]): below[pid][2] for pid in seen if pid in below})
            return sum(self.taken.values())


def measure(reports: str, executors: int) -> str:
    """One cluster, one line."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:executors])
    from pyspark.sql import SparkSession

    import verbale
    from verbale import spark as vs

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    spark = (
        SparkSession.builder.master(f"local-cluster[{executors},1,4096]")
        .config("spark.executor.memory", "3g")
        .config("spark.executorEnv.PYTHONPATH", str(Path(verbale.__file__).resolve().parents[1]))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    # All executors are there, and their Python has started.
    while len(spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos()) <= executors:
        time.sleep(0.2)
    rows = spark.read.schema("id string, text string, published string, outlet string").json(reports).localCheckpoint()
    count = rows.count()
    # Parts of some seconds each, so that the last ones do not keep an executor waiting for long.
    parts = max(16, count // 5000)
    spark.conf.set("spark.sql.shuffle.partitions", max(8, count // 20_000))
    rows = rows.repartition(parts).localCheckpoint()
    vs.read(rows.limit(8).repartition(executors)).count()
    meter = Meter()
    meter.start()
    began, taken = time.time(), meter.look()
    records = vs.read(rows).localCheckpoint()
    read = time.time()
    entries = vs.link(records).localCheckpoint()
    linked = time.time()
    vs.balance(vs.panel(entries), "NOR", ["USA", "RUS"])
    ended = time.time()
    taken = meter.look() - taken
    cores = os.cpu_count() or 1
    had = executors * (ended - began)
    found = entries.count()
    spark.stop()
    name = next(line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT).stdout.strip()
    profile = os.environ.get("VERBALE_PROFILE", "release")
    return (
        f"{datetime.date.today()},{commit},{name},{cores},{count},{executors},{read - began:.1f},{linked - read:.1f},"
        f"{ended - linked:.1f},{count / (read - began):.1f},{count / (ended - began):.1f},{taken:.1f},{100 * (had - taken) / had:.0f},{found},{profile}"
    )


def main(words: list) -> None:
    """Measures each number of executors, in a process of its own."""
    reports, *sizes = [word for word in words if not word.startswith("--")]
    if "--one" in words:
        print("LINE " + measure(reports, int(sizes[0])))
        return
    print(HEADER)
    for size in sizes:
        ran = subprocess.run([sys.executable, __file__, reports, size, "--one"], stdout=subprocess.PIPE, text=True, check=True)
        line = next(line[5:] for line in ran.stdout.splitlines() if line.startswith("LINE "))
        print(line, flush=True)
        if "--write" in words:
            there = RUNS.exists()
            with RUNS.open("a", encoding="utf-8") as out:
                out.write(line + "\n" if there else f"{HEADER}\n{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
