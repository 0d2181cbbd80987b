import pytest

from simpul.access.gate import NotAllowed
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal
from simpul.organisations.actions.registration_rules import set_rules
from simpul.organisations.queries.registration_rules import rules_of
from tests.organisations.registering import (
    KARIMUN,
    RIAU_ISLANDS,
    a_body,
    certified,
    head_of,
    officer_at,
    registrar_at,
    when,
)

pytestmark = pytest.mark.django_db


def settle(by, version=0, region=KARIMUN, **details):
    return set_rules(Where(region=region), by=by, version=version, at=when()["at"], **details)


class TestSetRules:
    def test_stands_before_the_defaults(self):
        settle(registrar_at(), called="Dinas Sosial Kabupaten Karimun", working_days=10)
        rules = rules_of(KARIMUN)
        assert (rules.called, rules.working_days, rules.valid_months) == (
            "Dinas Sosial Kabupaten Karimun",
            10,
            36,
        )
        assert rules.own == {"called", "working_days"}

    def test_prints_the_office_who_signs_and_its_numbers(self):
        settle(
            registrar_at(), signs="Kepala Dinas, Rahman", number_pattern="{number}/DS/{year}", valid_months=60
        )
        body = a_body()
        given = certified(body, head_of(body), officer_at(), registrar_at())
        assert given.number == "001/DS/2026"
        assert {"label": "Pejabat yang menandatangani", "text": "Kepala Dinas, Rahman"} in given.words

    def test_keeps_the_places_of_a_pattern_in_indonesian(self):
        settle(registrar_at(), number_pattern="{number}/{nomor}/{region}/{month_roman}/{tahun}")
        assert rules_of(KARIMUN).number_pattern == "{nomor}/{nomor}/{wilayah}/{bulan_romawi}/{tahun}"

    @pytest.mark.parametrize(
        ("details", "words"),
        [
            pytest.param({"number_pattern": "STD/{year}"}, "harus memuat", id="without-number"),
            pytest.param({"number_pattern": "{number}/{region}"}, "harus memuat", id="without-year"),
            pytest.param({"number_pattern": "{number}/{year}/{name}"}, "tidak dikenal", id="unknown-place"),
            pytest.param({"working_days": 0}, "tulis angka dari 1", id="no-day"),
            pytest.param({"valid_months": 500}, "sampai 120", id="too-long"),
            pytest.param({"taken": ["invented"]}, "tidak ada dalam daftar", id="unknown-overlay"),
        ],
    )
    def test_says_what_cannot_be(self, details, words):
        with pytest.raises(Refusal, match=words):
            settle(registrar_at(), **details)

    def test_own_requirements_keep_their_codes(self):
        at_work = registrar_at()
        settle(at_work, taken=["profile"], own_titles=["Denah", "Surat camat"])
        settle(at_work, version=1, own_titles=["Surat camat", "Foto kantor"])
        added = [(one.code, one.title.id) for one in rules_of(KARIMUN).added]
        assert added == [("own-2", "Surat camat"), ("own-3", "Foto kantor")]

    def test_sent_twice_is_kept_once_and_a_stale_page_clashes(self):
        at_work = registrar_at()
        for _press in range(2):
            settle(at_work, working_days=10)
        assert rules_of(KARIMUN).version == 1
        with pytest.raises(Clash):
            settle(at_work, working_days=12)

    @pytest.mark.parametrize(
        ("region", "refusal"),
        [
            pytest.param("21.03", NotAllowed, id="another-regency"),
            pytest.param(RIAU_ISLANDS, Refusal, id="the-province-above"),
        ],
    )
    def test_is_for_that_office_alone(self, region, refusal):
        with pytest.raises(refusal):
            settle(registrar_at(region))
