"""Ledgers: what comes in, what comes out, what people say, and what changed."""

from __future__ import annotations

import multiprocessing
import operator
import pathlib
import pickle

import pytest

import verbale

VISIT = "Norwegian Foreign Minister Astrid Solheim visited Nairobi on 12 May 2025 and met President Joseph Kimani of Kenya."
AGAIN = "Kenya's President Joseph Kimani received Norwegian Foreign Minister Astrid Solheim in Nairobi on 12 May 2025."
OTHER = "Peru's foreign minister accused Ecuador of breaking the ceasefire on 2 June 2025."


@pytest.fixture
def ledger(tmp_path: pathlib.Path) -> verbale.Ledger:
    found = verbale.Ledger(tmp_path / "verbale.db")
    added = found.add(
        [
            {"id": "one", "text": VISIT, "outlet": "Gazette", "published": "2025-05-13"},
            {"id": "two", "text": AGAIN, "outlet": "Courier", "published": "2025-05-13"},
            {"id": "three", "text": OTHER, "outlet": "Gazette", "published": "2025-06-03"},
        ]
    )
    assert added == verbale.Added(stored=3, known=0, removed=0)
    return found


def test_the_same_again_adds_nothing(ledger: verbale.Ledger) -> None:
    row = {"text": VISIT, "outlet": "Gazette", "published": "2025-05-13"}
    assert ledger.add([row]) == verbale.Added(stored=0, known=1, removed=0)
    assert ledger.runs().num_rows == 1


def test_what_is_refused_is_named_and_the_rest_is_added(tmp_path: pathlib.Path) -> None:
    added = verbale.Ledger(tmp_path / "a.db").add([VISIT, None, {"text": OTHER, "published": "June"}])
    assert added.stored == 1 and [name for name, _ in added.refused] == ["row 1", "row 2"]
    assert "missing" in added.refused[0][1] and "'June'" in added.refused[1][1]


def test_tables_are_filtered(ledger: verbale.Ledger) -> None:
    assert sorted(ledger.documents()["id"].to_pylist()) == ["one", "three", "two"]
    kenya = ledger.events(country="KEN", partner=["NOR"], event_type="CONSULT").to_pylist()
    assert [(one["documents"], one["date_edtf"]) for one in kenya] == [(2, "2025-05-12")]
    assert {one["outlet"] for one in kenya[0]["tellings"]} == {"Gazette", "Courier"}
    assert ledger.events(from_="2025-06").num_rows < ledger.events().num_rows
    assert set(ledger.claims(outlet="Courier")["outlet"].to_pylist()) == {"Courier"}
    with pytest.raises(verbale.InputError, match="'county' is no filter"):
        ledger.events(county="KEN")
    with pytest.raises(verbale.InputError, match="HELDD|unknown variant"):
        ledger.events(status="HELDD")


def test_a_ledger_that_is_not_there_is_not_made_unasked(tmp_path: pathlib.Path) -> None:
    with pytest.raises(verbale.InputError):
        verbale.Ledger(tmp_path / "none.db", create=False)
    (tmp_path / "text.db").write_text("no ledger, but words" * 100)
    with pytest.raises(verbale.VerbaleError):
        verbale.Ledger(tmp_path / "text.db")


def test_the_record_of_a_document_comes_back(ledger: verbale.Ledger) -> None:
    key = ledger.documents()["document"].to_pylist()[0]
    assert ledger.record(key).events[0].event_type == "CONSULT"
    with pytest.raises(verbale.InputError):
        ledger.record("0000000000000000")


def test_people_rule_and_take_it_back(ledger: verbale.Ledger) -> None:
    first = ledger.review.next(balance="KEN:NOR,PER")
    assert first is not None and first["change"] > 0
    event = first["id"]
    before = ledger.events().num_rows
    ledger.review.reject(event, reviewer="ana", reason="read the statement")
    assert ledger.events().num_rows == before - 1
    assert ledger.review.undo(reviewer="ana") and ledger.events().num_rows == before
    (kept,) = ledger.review.edit(event, {"date": "2025-05-11"}, reviewer="ana")
    rows = {row["id"]: row for row in ledger.events().to_pylist()}
    assert rows[event]["date_edtf"] == "2025-05-11" and rows[event]["review_edited"] == ["date"]
    ledger.review.accept(event, reviewer="bo")
    table = ledger.review.table()
    assert table["action"].to_pylist() == ["reject", "undo", "edit", "accept"] and kept in table["id"].to_pylist()
    assert table.schema.equals(verbale.schema("reviews"), check_metadata=True)
    tellings = [one["id"] for one in rows[event]["tellings"]]
    ledger.review.split(event, tellings[1], reviewer="ana")
    assert ledger.events().num_rows == before + 1
    ledger.review.join(*tellings, reviewer="ana")
    assert ledger.events().num_rows == before
    assert ledger.review.agreement()
    with pytest.raises(verbale.InputError, match="no event"):
        ledger.review.accept("0000000000000000:e1")
    with pytest.raises(verbale.InputError):
        ledger.review.edit(event, {"none": 1})


def test_reviews_go_to_another_ledger(ledger: verbale.Ledger, tmp_path: pathlib.Path) -> None:
    event = ledger.events()["id"].to_pylist()[0]
    ledger.review.reject(event, reviewer="ana")
    other = verbale.Ledger(tmp_path / "other.db")
    other.add([{"text": VISIT, "outlet": "Gazette", "published": "2025-05-13"}])
    assert other.review.load(ledger.review.dump()) == 1
    assert other.review.load(ledger.review.dump()) == 0
    with pytest.raises(verbale.InputError, match="line 1"):
        other.review.load("no review\n")


def test_texts_are_read_again_and_runs_compared(ledger: verbale.Ledger) -> None:
    assert ledger.recode() == verbale.Recoded(run=None, read=0, changed=0)
    again = ledger.recode(all=True)
    assert (again.run, again.read, again.changed) == (2, 3, 0)
    found = ledger.diff(1, 2, balance="KEN:NOR,PER")
    assert found["changes"] == [] and found["balance"]["before"] == found["balance"]["after"]
    assert repr(found).startswith("<Difference of runs 1 and 2: 0 changes")
    with pytest.raises(verbale.InputError):
        ledger.diff(1, 9)
    with pytest.raises(verbale.InputError, match="AFG:USA,RUS"):
        ledger.diff(1, 2, balance="KEN")


def test_a_document_goes_with_all_that_came_of_it(ledger: verbale.Ledger) -> None:
    (key,) = ledger.remove("three", reason="asked for by its author")
    assert key not in ledger.documents()["document"].to_pylist()
    row = {"id": "three", "text": OTHER, "outlet": "Gazette", "published": "2025-06-03"}
    assert ledger.add([row]).removed == 1
    assert ledger.add([row], restore=True).stored == 1


def test_only_as_much_is_kept_as_is_asked_for(tmp_path: pathlib.Path) -> None:
    ledger = verbale.Ledger(tmp_path / "hash.db")
    ledger.add([VISIT], retain="hash")
    assert ledger.documents()["retention"].to_pylist() == ["hash"]
    assert ledger.recode(all=True).kept
    with pytest.raises(verbale.InputError, match="full, excerpts or hash"):
        ledger.add([VISIT], retain="some")


def test_a_ledger_is_pickled_and_shared_by_processes(ledger: verbale.Ledger) -> None:
    assert pickle.loads(pickle.dumps(ledger)).events().equals(ledger.events())
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        (found,) = pool.map(operator.methodcaller("events"), [ledger])
    assert found.equals(ledger.events())
