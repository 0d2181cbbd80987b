"""Judging a table of an office's own database in place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from uuid import uuid4

import pytest
import sqlglot

from simpul.commands import main
from simpul.commands.stop import DONE, SOME_REFUSED, STOPPED, USAGE
from tests.engines.rules.tables import postgresql_address

PEOPLE = "id INTEGER PRIMARY KEY, born DATE, basic_needs_met BOOLEAN, left_alone BOOLEAN, updated_at TEXT, note TEXT"
ROWS = """
    (1, '1950-03-01', FALSE, TRUE, '2026-11-20', 'a'),
    (2, '1990-01-01', TRUE, FALSE, '2026-11-20', 'b'),
    (3, NULL, NULL, NULL, '2026-11-22', NULL)
"""
LUT = {1: True, 2: False, 3: None}


@pytest.fixture
def office(tmp_path):
    """Runs statements in the office's SQLite file; the rows of the last."""
    path = tmp_path / "warga.sqlite"

    def run(*statements):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement in statements:
                rows = connection.execute(statement).fetchall()
        return rows

    run(f"CREATE TABLE warga ({PEOPLE})", f"INSERT INTO warga VALUES {ROWS}")
    return run


@pytest.fixture
def screen(tmp_path, capsys):
    """Judge the table; the exit code, and what was said."""

    def run(*options, table="warga", database=None, on="2026-11-22"):
        address = str(database or tmp_path / "warga.sqlite")
        code = main(["screen-table", "--database", address, "--table", table, "--on", on, *options])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture
def lut(office):
    """The answers about one type, by person."""

    def read(table="warga_verdicts"):
        answers = {None: None, 0: False, 1: True}
        return {key: answers[value] for key, value in office(f'SELECT id, "LUT" FROM {table} ORDER BY id')}

    return read


class TestScreenTable:
    def test_keeps_one_answer_for_each_type_and_person(self, screen, lut):
        code, _said = screen()
        assert code == DONE
        assert lut() == LUT

    def test_shows_how_many_of_each_answer(self, screen, office):
        _code, said = screen()
        line = next(line for line in said.splitlines() if line.startswith("LUT"))
        assert line.split()[-3:] == ["1", "1", "1"]
        assert "3 orang" in said

    def test_shows_rows_of_person_type_and_answer(self, screen, office):
        screen()
        assert office("SELECT answer FROM warga_verdicts_rows WHERE id = 1 AND type = 'LUT'") == [(1,)]
        assert office("SELECT COUNT(*) FROM warga_verdicts_rows") == [(3 * 26,)]

    def test_speaks_english_when_asked(self, screen, office):
        code, said = screen("--language", "en")
        assert code == DONE
        assert "Permensos" in said

    def test_replaces_its_own_answers_and_changes_nothing_else(self, screen, office, lut):
        screen()
        before = office("SELECT * FROM warga")
        office("UPDATE warga SET left_alone = FALSE, basic_needs_met = TRUE WHERE id = 1")
        assert screen()[0] == DONE
        assert lut() == LUT | {1: False}
        assert len(office("SELECT * FROM warga")) == len(before)

    def test_reads_columns_that_are_called_otherwise(self, screen, office, lut):
        office(
            'ALTER TABLE warga RENAME COLUMN left_alone TO "ditinggal; sendiri"',
            'ALTER TABLE warga RENAME COLUMN born TO "Tanggal lahir"',
        )
        assert screen("--map", "ditinggal; sendiri=left_alone")[0] == DONE
        assert lut() == LUT

    def test_writes_where_it_is_told(self, screen, office, lut):
        assert screen("--into", 'hasil "2026"')[0] == DONE
        assert lut('"hasil ""2026"""') == LUT

    def test_judges_by_the_list_that_was_asked_for(self, screen, office):
        screen("--list", "seed004-28")
        assert len(office("SELECT * FROM warga_verdicts")[0]) == 1 + 28


class TestDoubtfulRows:
    def test_are_left_out_and_told_how_to_find(self, screen, office, lut):
        office(
            "UPDATE warga SET born = '31/12/1950' WHERE id = 1",
            "UPDATE warga SET left_alone = 7 WHERE id = 2",
        )
        code, said = screen()
        assert code == SOME_REFUSED
        assert lut() == {3: None}
        assert "2 baris tidak dinilai" in said
        find = next(line for line in said.splitlines() if "SELECT * FROM" in line and '"left_alone"' in line)
        assert [row[0] for row in office(find.strip().rstrip(";"))] == [2]

    def test_are_not_shown_with_what_is_in_them(self, screen, office):
        office("UPDATE warga SET born = '31/12/1950' WHERE id = 1")
        assert "31/12/1950" not in screen()[1]

    def test_alone_leave_no_result(self, screen, office):
        office("UPDATE warga SET born = 'x'")
        assert screen()[0] == STOPPED
        assert office("SELECT COUNT(*) FROM sqlite_master WHERE name LIKE '%verdicts%'") == [(0,)]


class TestChanged:
    @pytest.fixture
    def judged(self, screen, office):
        screen()
        office(
            "UPDATE warga SET left_alone = FALSE, basic_needs_met = TRUE", "DELETE FROM warga WHERE id = 2"
        )

    @pytest.mark.usefixtures("judged")
    def test_judges_only_the_people_of_these_keys(self, screen, lut, tmp_path):
        (tmp_path / "keys.txt").write_text("1\n2\n\n99\n")
        assert screen("--changed-keys", str(tmp_path / "keys.txt"))[0] == DONE
        assert lut() == {1: False, 3: None}

    @pytest.mark.usefixtures("judged")
    def test_judges_only_who_changed_since_a_day(self, screen, lut):
        assert screen("--changed-since", "2026-11-21")[0] == DONE
        assert lut()[1] is True

    @pytest.mark.usefixtures("judged")
    def test_judges_only_what_the_changed_facts_touch(self, screen, lut, tmp_path):
        (tmp_path / "keys.txt").write_text("1\n")
        assert screen("--changed-keys", str(tmp_path / "keys.txt"), "--changed-facts", "sex")[0] == DONE
        assert lut()[1] is True

    @pytest.mark.usefixtures("judged")
    @pytest.mark.parametrize("other", [("--list", "seed004-28"), ("--map", "left_alone=neglected")])
    def test_refuses_to_mix_lists_and_columns(self, screen, lut, other):
        code, said = screen("--changed-since", "2026-01-01", *other)
        assert (code, "tanpa --changed" in said) == (STOPPED, True)
        assert lut()[1] is True

    def test_refuses_to_mix_days(self, screen, office):
        screen()
        code, said = screen("--changed-since", "2026-01-01", on="2026-11-23")
        assert code == STOPPED
        assert "2026-11-22" in said

    def test_needs_answers_that_are_there(self, screen, office):
        code, said = screen("--changed-since", "2026-01-01")
        assert code == STOPPED
        assert "belum ada" in said

    def test_needs_to_know_who_changed(self, screen, office):
        assert screen("--changed-facts", "born")[0] == USAGE


class TestBadInput:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--map", "umur=born"), "Kolom umur tidak ada"),
            (("--map", "born=umur"), "Fakta umur tidak dikenal"),
            (("--map", "left_alone_earliest"), "kolom=fakta"),
            (("--map", "note=left_alone_latest"), "Hanya tanggal"),
            (("--map", "note=income"), "Kolom note tidak dapat dibaca sebagai income"),
            (("--key", "nik"), "Kolom nik tidak ada"),
            (("--into", "warga"), "tidak boleh sama"),
            (("--into", "a.b.c"), "bukan nama tabel"),
            (("--into", "x" * 60), "terlalu panjang"),
            (("--changed-since", "2026-01-01", "--changed-column", "diubah"), "Kolom diubah tidak ada"),
            (("--list", "daftar-lain"), "daftar-lain"),
        ],
    )
    def test_is_answered_with_a_sentence(self, screen, office, options, said):
        code, words = screen(*options)
        assert code in (STOPPED, USAGE)
        assert said in words
        assert office("SELECT COUNT(*) FROM sqlite_master") == [(1,)]

    def test_is_a_table_that_is_not_there(self, screen, office):
        assert "Tabel orang tidak ada" in screen(table="orang")[1]

    def test_is_a_table_without_anything_known(self, screen, office):
        office("CREATE TABLE lain (id INTEGER, warna TEXT)", "INSERT INTO lain VALUES (1, 'biru')")
        assert "Tidak ada kolom yang dikenal" in screen(table="lain")[1]

    def test_is_an_empty_table(self, screen, office):
        office("DELETE FROM warga")
        assert "kosong" in screen()[1]

    def test_is_somebody_elses_table_in_the_place_of_the_answers(self, screen, office):
        office("CREATE TABLE warga_verdicts (penting TEXT)", "INSERT INTO warga_verdicts VALUES ('x')")
        code, said = screen()
        assert (code, "bukan buatan simpul" in said) == (STOPPED, True)
        assert office("SELECT * FROM warga_verdicts") == [("x",)]

    @pytest.mark.parametrize(("key", "said"), [("note", "tidak berkunci"), ("born", "dua baris")])
    def test_is_a_key_that_is_missing_or_there_twice(self, screen, office, lut, key, said):
        screen()
        office("UPDATE warga SET born = '1990-01-01'")
        code, words = screen("--key", key)
        assert (code, said in words) == (STOPPED, True)
        # What was there stays there.
        assert lut() == LUT

    def test_is_a_file_that_is_no_database(self, screen, tmp_path):
        path = tmp_path / "surat.txt"
        path.write_text("Yang terhormat, " * 100)
        assert "bukan basis data SQLite" in screen(database=path)[1]
        assert "tidak ada" in screen(database=tmp_path / "tiada.sqlite")[1]
        assert "Hanya PostgreSQL" in screen(database="mysql://server/dinsos")[1]

    def test_is_a_database_that_somebody_else_writes(self, screen, office, tmp_path, monkeypatch):
        monkeypatch.setattr("simpul.commands.office_tables.PATIENCE", 0.05)
        with closing(sqlite3.connect(tmp_path / "warga.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            code, said = screen()
        assert (code, "sedang dipakai" in said) == (STOPPED, True)


class TestSql:
    """--sql shows and does not run."""

    @pytest.mark.parametrize("dialect", ["postgres", "sqlite", "duckdb", "spark"])
    def test_writes_statements_that_the_dialect_reads(self, screen, capsys, office, dialect):
        code = main(["screen-table", "--table", "dinsos.warga", "--sql", dialect, "--map", "tgl lahir=born"])
        said = capsys.readouterr().out
        assert code == DONE
        trees = sqlglot.parse(said, dialect=dialect)
        assert {"CREATE", "SELECT"} <= {tree.key.upper() for tree in trees if tree}
        assert "tgl lahir" in said

    def test_touches_nothing(self, screen, office):
        code, said = screen("--sql", "sqlite")
        assert code == DONE
        assert office("SELECT COUNT(*) FROM sqlite_master") == [(1,)]
        office(*(statement for statement in said.split(";\n") if statement.strip()))
        assert office("SELECT COUNT(*) FROM warga_verdicts") == [(3,)]

    def test_writes_the_update_when_facts_changed(self, capsys):
        main(["screen-table", "--table", "warga", "--sql", "postgres", "--changed-facts", "born"])
        assert [tree.key for tree in sqlglot.parse(capsys.readouterr().out, dialect="postgres") if tree] == [
            "update",
            "insert",
            "delete",
        ]

    def test_needs_a_database_or_a_dialect(self, capsys):
        assert main(["screen-table", "--table", "warga"]) == USAGE


@pytest.mark.database
class TestPostgreSQL:
    """PostgreSQL."""

    @pytest.fixture
    def server(self):
        """Runs statements in a schema of our own."""
        psycopg = pytest.importorskip("psycopg")
        address, schema = postgresql_address(), f"kantor_{uuid4().hex}"
        with psycopg.connect(address, autocommit=True) as connection:

            def run(*statements):
                for statement in statements:
                    cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []

            run(
                f"CREATE SCHEMA {schema}",
                f"SET search_path = {schema}",
                f"CREATE TABLE warga ({PEOPLE})",
                f"INSERT INTO warga VALUES {ROWS}",
            )
            run.address, run.schema = address, schema
            yield run
            run(f"DROP SCHEMA {schema} CASCADE")

    @pytest.fixture
    def judge(self, server, screen):
        return lambda *options, table="warga", address=None: screen(
            *options, table=f"{server.schema}.{table}", database=address or server.address
        )

    @staticmethod
    def lut(server):
        return dict(server("SELECT id, answer FROM warga_verdicts_rows WHERE type = 'LUT' ORDER BY id"))

    def test_keeps_answers_and_follows_changes(self, server, judge, tmp_path):
        assert judge()[0] == DONE
        assert self.lut(server) == LUT
        server("UPDATE warga SET left_alone = FALSE, basic_needs_met = TRUE WHERE id = 1")
        (tmp_path / "keys").write_text("1\n")
        assert judge("--changed-keys", str(tmp_path / "keys"), "--changed-facts", "left_alone")[0] == DONE
        assert self.lut(server) == LUT | {1: False}

    def test_reads_every_usual_type_of_column(self, server, judge):
        server(
            "CREATE TYPE jk AS ENUM ('L', 'P', 'lain')",
            "ALTER TABLE warga ALTER left_alone TYPE int USING left_alone::int, ALTER born TYPE timestamp",
            "ALTER TABLE warga ALTER basic_needs_met TYPE text USING CASE basic_needs_met WHEN TRUE THEN 'Ya' ELSE 'tidak' END",
            "ALTER TABLE warga ADD sex jk, ADD income numeric(12, 2) DEFAULT 500000",
            "UPDATE warga SET sex = 'L' WHERE id < 3",
        )
        assert judge()[0] == DONE
        assert self.lut(server)[1] is True

    def test_refuses_a_column_of_another_type(self, server, judge):
        server("ALTER TABLE warga ALTER born TYPE text")
        code, said = judge()
        assert (code, "Kolom born tidak dapat dibaca" in said) == (STOPPED, True)

    def test_says_that_it_may_only_read(self, server, judge):
        sign = "&" if "?" in server.address else "?"
        address = f"{server.address}{sign}options=-c%20default_transaction_read_only%3Don"
        code, said = judge(address=address)
        assert (code, "hanya boleh dibaca" in said) == (STOPPED, True)

    def test_says_that_the_account_may_not(self, server, judge):
        role = f"tamu_{uuid4().hex}"
        server(f"CREATE ROLE {role} LOGIN", f"GRANT USAGE, CREATE ON SCHEMA {server.schema} TO {role}")
        sign = "&" if "?" in server.address else "?"
        code, said = judge(address=f"{server.address}{sign}options=-c%20role%3D{role}")
        server(f"DROP OWNED BY {role}", f"DROP ROLE {role}")
        assert (code, "tidak boleh membaca" in said) == (STOPPED, True)

    def test_says_that_a_view_of_others_rests_on_the_answers(self, server, judge):
        judge()
        server("CREATE VIEW milik_lain AS SELECT * FROM warga_verdicts")
        code, said = judge()
        assert (code, "tampilan" in said) == (STOPPED, True)
        assert self.lut(server) == LUT

    def test_says_that_a_key_is_there_twice_or_is_no_key(self, server, judge, tmp_path):
        server("UPDATE warga SET born = '1990-01-01'")
        assert "dua baris" in judge("--key", "born")[1]
        judge()
        (tmp_path / "keys").write_text("bukan angka\n")
        assert "tidak sesuai" in judge("--changed-keys", str(tmp_path / "keys"))[1]

    def test_does_not_tell_the_password(self, judge):
        code, said = judge(address="postgresql://budi:rahasia@localhost:1/dinsos")
        assert (code, "rahasia" in said, "tidak dapat dibuka" in said) == (STOPPED, False, True)
