"""Checks exports: `check.py FOLDER` reads what `verbale events|claims|documents` wrote there.

DuckDB, pandas and Polars must open the Parquet files and see the rows and values of the JSONL, nested ones
too; the CSV must have as many rows and no cell that a spreadsheet would run.
"""

import csv
import datetime
import json
import pathlib
import sys

import duckdb
import pandas
import polars

# Where a column of Parquet stands in the JSON, when not under its own name.
PATHS = {
    "date_edtf": ("date", "edtf"),
    "date_precision": ("date", "precision"),
    "date_method": ("date", "method"),
    "confirmation_state": ("confirmation", "state"),
    "confirmation_sides": ("confirmation", "sides"),
    "review_verdict": ("review", "verdict"),
    "review_edited": ("review", "edited"),
    "review_conflicts": ("review", "conflicts"),
    "cue": ("cue", "text"),
    "quote": ("quote", "text"),
}
for field in ("name", "country", "geonames", "lat", "lon"):
    PATHS[f"place_{field}"] = ("place", field)
for field in ("start", "end", "in"):
    PATHS[f"date_text_{field}"] = ("date", field)
    PATHS[f"place_text_{field}"] = ("place", field)
    for of in ("cue", "quote", "content"):
        PATHS[f"{of}_{field}"] = (of, field)
PATHS["quote_partial"] = ("quote", "partial")
for who in ("asserter", "via"):
    for field in ("name", "entity", "office", "organisation", "side", "anonymous", "start", "end", "in"):
        PATHS[f"{who}_{field}"] = (who, field)

# Columns reckoned from others, which are checked by themselves.
DAYS = {"date_from", "date_to", "published_from", "published_to"}


def looked_up(row, column):
    """The value of a column in a line of JSONL; what is left out there is false, empty or nothing."""
    for key in PATHS.get(column, (column,)):
        row = row.get(key) if isinstance(row, dict) else None
    if column == "from":
        return [{"field": field, "telling": telling} for field, telling in row.items()]
    if column == "x_summons":
        return bool(row)
    return row


def plain(value):
    """Values of three libraries made alike: lists, dicts, None, numbers, text."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if plain(inner) is not None}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if value is None or value is pandas.NA or value is pandas.NaT or value != value:
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def opened(path):
    """Rows of a Parquet file as three libraries see them."""
    query = duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in query.description]
    yield "DuckDB", [dict(zip(names, row)) for row in query.fetchall()]
    yield "Polars", polars.read_parquet(path).to_dicts()
    yield "pandas", pandas.read_parquet(path, engine="pyarrow", dtype_backend="pyarrow").to_dict("records")


def check_parquet(folder, listing):
    lines = (folder / f"{listing}.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(line) for line in lines]
    for library, rows in opened(folder / f"{listing}.parquet"):
        assert len(rows) == len(expected), f"{library}: {len(rows)} {listing}, JSONL has {len(expected)}"
        for number, (row, line) in enumerate(zip(rows, expected), 1):
            for column, value in row.items():
                where = f"{library}: {listing} {number}, {column}"
                if column in DAYS:
                    assert value is None or isinstance(plain(value), datetime.date), f"{where}: {value!r}"
                    continue
                found, wanted = plain(value), plain(looked_up(line, column))
                assert found == wanted, f"{where}: {found!r}, in JSONL {wanted!r}"
    return len(expected)


def check_days(folder):
    """A day's two ends are the day itself, and are dates that can be compared."""
    query = """SELECT count(*) FROM read_parquet(?) WHERE date_precision = 'day' AND date_edtf NOT LIKE 'X%'
               AND (strftime(date_from, '%Y-%m-%d') <> date_edtf OR date_to IS DISTINCT FROM date_from)"""
    assert duckdb.execute(query, [str(folder / "events.parquet")]).fetchone() == (0,), "date_from and date_to"


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def check_csv(folder, count):
    path = folder / "events.csv"
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf"), "a byte-order mark"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert len(rows) == count, f"events.csv: {len(rows)} rows, JSONL has {count}"
    numbers = {"place_lat", "place_lon", "confidence", "link_score"}
    for number, row in enumerate(rows, 1):
        assert len(row) == len(header), f"events.csv, row {number}: {len(row)} cells"
        for column, cell in zip(header, row):
            safe = not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or (column in numbers and is_number(cell))
            assert safe, f"events.csv, row {number}, {column}: {cell!r} is not guarded"
    frame = pandas.read_csv(path, dtype={"cameo": "string"})
    assert len(frame) == count, f"pandas reads {len(frame)} rows of events.csv"
    for code in frame["cameo"].dropna():
        assert len(code) >= 2 and code.isdigit(), f"CAMEO code {code!r}"


def main():
    folder = pathlib.Path(sys.argv[1])
    counts = {listing: check_parquet(folder, listing) for listing in ("events", "claims", "documents")}
    assert all(counts.values()), f"nothing to check: {counts}"
    check_days(folder)
    check_csv(folder, counts["events"])
    print(f"DuckDB {duckdb.__version__}, pandas {pandas.__version__}, Polars {polars.__version__}: {counts}")


if __name__ == "__main__":
    main()
