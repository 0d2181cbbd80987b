import csv
import io

import pytest

from simpul.programmes.models import Extract
from simpul.programmes.queries.evaluation_extract import archive, extract_of
from tests.programmes.evaluating import INSTRUMENT, karimun, take_away
from tests.programmes.making import AT, TODAY


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def made():
    return karimun(is_synthetic=True)


class TestExtractOf:
    def test_holds_every_answer_under_a_code_of_its_own(self, made):
        data = rows(extract_of(made.programme).data)
        assert len(data) == 60
        assert len({row["orang"] for row in data}) == 30
        assert sum(float(row["nilai_legality"]) for row in data if row["tes"] == "pre") == 279
        assert {row["tes"] for row in data} == {"pre", "post"}

    def test_names_nobody(self, made):
        told = extract_of(made.programme).data.decode()
        keys = [str(key) for key in (made.people[0].pk, made.members[0].pk, made.members[0].organisation_id)]
        assert [word for word in ("P01", "Rahasia", "LKS", *keys) if word in told] == []

    def test_explains_every_column(self, made):
        found = extract_of(made.programme)
        columns = rows(found.data)[0].keys()
        assert [row["kolom"] for row in rows(found.codebook)] == list(columns)
        assert len(columns) == 4 + 8 + sum(len(domain.items) for domain in INSTRUMENT.domains)

    def test_puts_small_bodies_together(self, made):
        for wave in ("pre", "post"):
            take_away(made, wave, 0, 1)
        bodies = {row["lembaga"] for row in rows(extract_of(made.programme).data)}
        assert "LAIN" in bodies
        assert len(bodies) == 4

    def test_is_the_same_to_the_byte(self, made):
        first, second = extract_of(made.programme), extract_of(made.programme)
        assert first == second

    def test_does_not_stand_in_the_order_of_the_attendance_list(self, made):
        codes = [row["orang"] for row in rows(extract_of(made.programme).data)]
        assert codes == sorted(codes)


class TestArchive:
    def test_says_that_the_answers_are_invented(self, made):
        digest = extract_of(made.programme).digest
        kept = {"on": TODAY, "at": AT, "by_name": "Bu Laila", "for_whom": "Universitas"}
        extract = Extract(programme=made.programme, purpose="Tesis", digest=digest, **kept)
        content = archive(extract)
        assert content == archive(extract)
        assert b"baca-dulu.txt" in content
