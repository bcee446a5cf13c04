"""Codings of others: what comes in, what is refused, and what is listed and counted."""

from __future__ import annotations

import datetime
import gzip
import pathlib

import pytest

import verbale

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "kazakhstan" / "gdelt.export.CSV"


@pytest.fixture
def ledger(tmp_path: pathlib.Path) -> verbale.Ledger:
    return verbale.Ledger(tmp_path / "verbale.db")


def test_a_file_comes_in_once_and_its_bad_rows_are_named(ledger: verbale.Ledger) -> None:
    imports = ledger.import_("gdelt", EXAMPLE)
    (file,) = imports.files
    assert imports.refused == [] and not file.known
    assert (file.number, file.format, file.rows, file.stored, file.merged, file.refused) == (1, "gdelt", 16, 14, 1, 1)
    (reject,) = file.rejects
    assert (reject.line, reject.got) == (16, "2025083") and "YYYYMMDD" in reject.expected
    (again,) = ledger.import_("gdelt", [EXAMPLE]).files
    assert again.known and again.number == 1
    assert ledger.imports().select(["format", "stored"]).to_pylist() == [{"format": "gdelt", "stored": 14}]


def test_codings_are_listed_and_counted_apart(ledger: verbale.Ledger) -> None:
    ledger.import_("gdelt", EXAMPLE, country="Kazakhstan", types=["consult"])
    table = ledger.codings("Kazakhstan", source="gdelt", partner="CHN", from_=datetime.date(2025, 7, 1), to="2025-07")
    assert table.schema.equals(verbale.schema("codings"), check_metadata=True)
    (call,) = table.to_pylist()
    assert (call["id"], call["event_type"], call["mode"], call["cameo"]) == ("gdelt:1300000007", "CONSULT", "phone", "041")
    assert call["date_from"] == datetime.date(2025, 7, 3) and call["sides"] == ["CHN", "KAZ"]
    assert [(one["side"], one["code"]) for one in call["participants"]] == [("CHN", "CHNGOV"), ("KAZ", "KAZGOV")]
    assert call["url"] == "https://wire.example/2025/07/03/call" and call["file"] == str(EXAMPLE)
    everybody = ledger.codings("KAZ", source="gdelt")
    assert set(everybody["event_type"].to_pylist()) == {"CONSULT"}
    assert everybody["date_from"].to_pylist() == sorted(everybody["date_from"].to_pylist())
    found = ledger.balance("KAZ", ["RUS", "CHN"], source="gdelt")
    assert set(found.events) <= set(everybody["id"].to_pylist()) and found.counts == {"RUS": 6, "CHN": 5}
    assert ledger.events().num_rows == 0


def test_what_makes_no_sense_raises_and_what_cannot_be_read_is_named(ledger: verbale.Ledger, tmp_path: pathlib.Path) -> None:
    for words, said in [
        ({"format": "gdlt"}, "'gdlt'"),
        ({"format": "gdelt", "country": ["Atlantis"]}, "'Atlantis'"),
        ({"format": "gdelt", "types": "TALK"}, "'TALK'"),
        ({"format": "gdelt", "from_": "2025-08", "to": "2025-07"}, "before"),
        ({"format": "csv", "mapping": tmp_path / "none.toml"}, "none.toml"),
    ]:
        with pytest.raises(verbale.InputError, match=said):
            ledger.import_(files=EXAMPLE, **words)
    with pytest.raises(verbale.InputError, match="icews"):
        ledger.codings("KAZ", source="icews")
    cut = tmp_path / "cut.CSV.gz"
    cut.write_bytes(gzip.compress(EXAMPLE.read_bytes())[:-20])
    empty = tmp_path / "empty"
    empty.mkdir()
    imports = ledger.import_("gdelt", [cut, tmp_path / "none.CSV", empty, EXAMPLE])
    assert [file.stored for file in imports.files] == [14]
    assert [pathlib.Path(name).name for name, _ in imports.refused] == ["cut.CSV.gz", "none.CSV", "empty"]
    assert ledger.codings("KAZ", source="gdelt").num_rows == 14


def test_a_table_comes_in_by_a_mapping(ledger: verbale.Ledger, tmp_path: pathlib.Path) -> None:
    mapping = EXAMPLE.parents[2] / "data" / "imports" / "us-officials-travel.toml"
    with pytest.raises(verbale.InputError, match="own"):
        ledger.codings("USA", source="own")
    imports = ledger.import_("csv", EXAMPLE, mapping=mapping)
    assert imports.files == [] and str(EXAMPLE) in imports.refused[0][0]


def test_entities_are_listed(ledger: verbale.Ledger) -> None:
    ledger.add(["Norwegian Foreign Minister Astrid Solheim met President Joseph Kimani of Kenya in Nairobi on 12 May 2025."])
    table = ledger.entities()
    assert table.schema.equals(verbale.schema("entities"), check_metadata=True)
    assert {tuple(one["sides"]) for one in table.to_pylist()} == {("NOR",), ("KEN",)}
