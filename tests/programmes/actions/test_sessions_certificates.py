import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.programmes.actions import sessions_certificates as actions
from simpul.programmes.models import Diploma
from simpul.programmes.queries.sessions_certificates import checked, earned, pdf_of
from tests.programmes.making import AT, TODAY
from tests.programmes.meeting import a_session, came, people


@pytest.fixture
def present(member, officer):
    one, two = people(member, officer, 2)
    first, second = (
        a_session(member.programme, officer),
        a_session(member.programme, officer, title="Rencana aksi"),
    )
    came(first, officer, one, two)
    came(second, officer, one)
    return one, two


def issued(programme, by, *participants, **details):
    told = {
        "pattern": "{nomor}/SERT/{tahun}",
        "issuer": "Dinas Sosial Karimun",
        "signs": "Pak Lukman",
        **details,
    }
    keys = {one.pk for one in participants}
    return actions.issue(programme, by=by, on=TODAY, at=AT, participants=keys, **told)


class TestEarned:
    def test_counts_the_sessions_held(self, programme, present):
        told = {
            one.participant.code: (len(one.sessions), one.held, one.is_enough) for one in earned(programme)
        }
        assert told == {"P01": (2, 2, True), "P02": (1, 2, False)}


class TestIssue:
    def test_says_what_is_printed_and_nothing_of_tests(self, programme, officer, present):
        (row,) = issued(programme, officer, present[0])
        lines = {line["label"]: line["text"] for line in row.words["lines"]}
        assert (lines["Nama"], lines["Lama"], row.number) == ("Pak Rahmat", "6 jam", "001/SERT/2026")
        assert lines["Pertemuan"] == "2 dari 2: Legalitas lembaga; Rencana aksi"
        assert not {"Nilai", "Tes"} & set(lines)

    def test_seals_the_name(self, programme, officer, present):
        (row,) = issued(programme, officer, present[0])
        assert b"Rahmat" not in bytes(row.words_sealed)

    def test_gives_one_to_each(self, programme, officer, present):
        issued(programme, officer, *present)
        with pytest.raises(Refusal, match="belum punya sertifikat"):
            issued(programme, officer, *present)
        assert Diploma.objects.count() == 2

    def test_is_not_for_who_never_came(self, programme, officer, member, present):
        (absent,) = people(member, officer, 1)
        with pytest.raises(Refusal, match="P03"):
            issued(programme, officer, absent)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [({"pattern": "SERT"}, "nomor"), ({"issuer": ""}, "menerbitkan"), ({"signs": " "}, "menandatangani")],
        ids=["no_number", "nobody", "unsigned"],
    )
    def test_refuses_a_paper_that_says_too_little(self, programme, officer, present, wrong, words):
        with pytest.raises(Refusal, match=words):
            issued(programme, officer, present[0], **wrong)

    def test_is_not_for_bodies(self, programme, head, present):
        with pytest.raises(NotAllowed):
            issued(programme, head, present[0])


class TestWithdraw:
    def test_is_told_by_the_check_and_not_why(self, programme, officer, present):
        (row,) = issued(programme, officer, present[0])
        assert checked(row.code).withdrawn_on is None
        actions.withdraw(row, by=officer, version=1, on=TODAY, words="Nama tertukar")
        found = checked(row.code)
        assert found.withdrawn_on == TODAY
        assert "tertukar" not in str(found)

    def test_makes_room_for_another(self, programme, officer, present):
        (row,) = issued(programme, officer, present[0])
        actions.withdraw(row, by=officer, version=1, on=TODAY, words="Nama tertukar")
        (fresh,) = issued(programme, officer, present[0])
        assert fresh.number == "002/SERT/2026"


class TestChecked:
    def test_says_exactly_what_the_paper_says(self, programme, officer, present):
        (row,) = issued(programme, officer, present[0])
        found = checked(row.code)
        assert (found.issuer, found.lines) == ("Dinas Sosial Karimun", row.words["lines"])

    @pytest.mark.parametrize("code", ["", "ABCD", "ABCDEFGHJKMN"], ids=["nothing", "short", "unknown"])
    def test_knows_no_other_codes(self, code):
        assert checked(code) is None


class TestPdfOf:
    def test_is_a_paper(self, programme, officer, present):
        (row,) = issued(programme, officer, present[0])
        assert pdf_of(row, "https://simpul.example/program/periksa/ABCD/").startswith(b"%PDF")
