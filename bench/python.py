"""What a call from Python costs beyond the reading itself: `python bench/python.py [--write COMMIT]`, with a release wheel.

A report of one sentence is read by `verbale.read`, attributes of its first event included, and by the command, which
reads the same report once and many times over from JSON Lines on one thread; the difference of its two times is what
Rust takes for one, JSON out included. Both are medians.
"""

from __future__ import annotations

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import verbale

SENTENCE = "Foreign Minister Liina Tamberg of Estonia met the Chilean president in Santiago on 3 March 2025."
CALLS = 2000
RUNS = 5


def in_python() -> float:
    """Milliseconds of a call, the first event taken apart."""
    times = []
    for _ in range(CALLS):
        began = time.perf_counter()
        record = verbale.read(SENTENCE, published="2025-03-04")
        record.events[0].participants[0].name
        times.append(time.perf_counter() - began)
    return 1000 * statistics.median(times)


def command(copies: int, folder: str) -> float:
    """Seconds that the command takes to read so many copies."""
    path = pathlib.Path(folder) / f"{copies}.jsonl"
    line = json.dumps({"id": "a", "text": SENTENCE, "published": "2025-03-04"})
    path.write_text(f"{line}\n" * copies, encoding="utf-8")
    program = [sys.executable, "-m", "verbale", "read", str(path), "--json", "--mentions"]
    began = time.perf_counter()
    subprocess.run(program, stdout=subprocess.DEVNULL, check=True, env={**os.environ, "RAYON_NUM_THREADS": "1"})
    return time.perf_counter() - began


def in_rust() -> float:
    """Milliseconds of a report."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [command(CALLS + 1, folder) - command(1, folder) for _ in range(RUNS)]
    return 1000 * statistics.median(runs) / CALLS


def many() -> float:
    """Milliseconds of a report in `read_many`, one thread."""
    began = time.perf_counter()
    verbale.read_many([{"text": SENTENCE, "published": "2025-03-04"}] * CALLS, threads=1)
    return 1000 * (time.perf_counter() - began) / CALLS


def main() -> None:
    in_python()
    call, rust, table = in_python(), in_rust(), many()
    print(f"read {call:.3f} ms, in Rust {rust:.3f} ms, overhead {call - rust:.3f} ms; read_many {table:.3f} ms a report")
    if "--write" in sys.argv:
        commit = sys.argv[sys.argv.index("--write") + 1]
        kept = pathlib.Path("bench/runs/python.csv")
        head = "" if kept.exists() else "commit,read ms,rust ms,overhead ms,read_many ms/report\n"
        with kept.open("a", encoding="utf-8") as file:
            file.write(head)
            file.write(f"{commit},{call:.3f},{rust:.3f},{call - rust:.3f},{table:.3f}\n")


if __name__ == "__main__":
    main()
