import uuid
from datetime import date, timedelta

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.organisations.actions import oversight_reports as actions
from simpul.organisations.models import Officer, OfficeRules, Organisation, Report
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.oversight import AT, LAST_YEAR, TODAY, TOLD, sent, started, written
from tests.organisations.papers import a_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    made = organisation(capacity=30)
    a_certificate(made, issued_on=date(2026, 3, 1), valid_to=None)
    return made


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk, name="Bu Salmah")


class TestStartReport:
    def test_begins_with_what_simpul_knows(self, body, head):
        report = started(body, head)
        assert (report.since, report.until, report.due_on) == (
            LAST_YEAR,
            date(2026, 12, 31),
            date(2027, 1, 31),
        )
        assert (report.region, report.state, report.known["capacity"]) == ("21.02", "draft", 30)

    def test_pressed_twice_is_one(self, body, head):
        key = uuid.uuid4()
        assert started(body, head, key=key) == started(body, head, key=key)
        assert Report.objects.count() == 1

    def test_of_a_year_begins_with_the_money_of_the_record(self, body, head):
        Organisation.objects.update(yearly_budget=120_000_000, yearly_own_income=9_000_000)
        money = {"income": 120_000_000, "own_income": 9_000_000, "spent": None}
        assert started(body, head).told["money"] == money

    def test_of_half_a_year_begins_without_it(self, body, head):
        Organisation.objects.update(yearly_budget=120_000_000)
        OfficeRules.objects.create(region="21.02", report_months=6)
        assert started(body, head, since=date(2026, 7, 1)).told["money"]["income"] is None

    def test_follows_the_rules_of_the_office(self, body, head):
        OfficeRules.objects.create(region="21.02", report_months=6)
        assert started(body, head, since=date(2026, 7, 1)).until == date(2026, 12, 31)

    @pytest.mark.parametrize(
        "since",
        [date(2026, 2, 1), date(2028, 1, 1), date(9999, 12, 31)],
        ids=["between", "not begun", "the last"],
    )
    def test_refuses_what_is_no_period(self, body, head, since):
        with pytest.raises(Refusal, match="Pilih masa"):
            started(body, head, since=since)

    def test_refuses_a_second_report_of_a_period_also_when_periods_changed(self, body, head):
        sent(body, head)
        for months in (None, 6):
            OfficeRules.objects.update_or_create(region="21.02", defaults={"report_months": months})
            with pytest.raises(Refusal, match="sudah ada"):
                started(body, head)

    def test_comes_after_the_draft_that_is_open(self, body, head):
        started(body, head)
        with pytest.raises(Refusal, match="draf"):
            started(body, head, since=date(2027, 1, 1))

    def test_is_for_the_body_alone(self, body, officer):
        for user in (officer, user_with("head_of_lks", organisation=organisation().pk)):
            with pytest.raises(NotAllowed):
                started(body, user)


class TestWriteReport:
    def test_keeps_what_is_told_sealed(self, body, head):
        report = Report.objects.get(pk=written(body, head).pk)
        assert report.told["served"] == TOLD["served"]
        assert b"membaca" not in bytes(report.told_sealed)

    def test_a_stale_version_shows_both(self, body, head):
        report = written(body, head)
        with pytest.raises(Clash, match=r"berhitung.*menulis"):
            actions.write_report(report, by=head, version=1, told={**TOLD, "plan": "Kelas menulis."})
        assert Report.objects.get().told["plan"] == "Kelas berhitung."

    def test_the_same_again_is_no_clash(self, body, head):
        report = written(body, head)
        assert actions.write_report(report, by=head, version=1, told=TOLD).version == report.version

    def test_ends_with_sending(self, body, head):
        report = sent(body, head)
        with pytest.raises(Refusal, match="sudah dikirim"):
            actions.write_report(report, by=head, version=report.version, told={})


class TestRefreshReport:
    def test_fills_in_anew_in_a_draft_only(self, body, head, officer):
        report = written(body, head)
        Organisation.objects.update(capacity=45)
        assert actions.refresh_report(report, by=head, on=TODAY).known["capacity"] == 45
        report.refresh_from_db()
        gone = actions.send_report(report, by=head, on=TODAY, version=report.version)
        back = actions.return_report(gone, by=officer, version=gone.version, because="Isi jumlahnya.")
        for later in (gone, back):
            with pytest.raises(Refusal, match="draf"):
                actions.refresh_report(later, by=head, on=TODAY)


class TestSendReport:
    def test_hands_it_to_the_office_once(self, body, head):
        report = sent(body, head)
        assert (report.state, report.sent_on) == ("sent", TODAY)
        again = actions.send_report(report, by=head, on=TODAY + timedelta(days=3), version=1)
        assert again.sent_on == TODAY

    def test_needs_what_every_report_tells(self, body, head):
        report = started(body, head)
        with pytest.raises(Refusal, match="Kegiatan yang dijalankan"):
            actions.send_report(report, by=head, on=TODAY, version=1)

    @pytest.mark.parametrize(
        ("on", "is_early"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)], ids=str
    )
    def test_waits_for_the_end_of_the_period(self, body, head, on, is_early):
        report = written(body, head)
        if is_early:
            with pytest.raises(Refusal, match="belum berakhir"):
                actions.send_report(report, by=head, on=on, version=report.version)
        else:
            assert actions.send_report(report, by=head, on=on, version=report.version).sent_on == on

    def test_sends_only_what_was_read(self, body, head):
        report = written(body, head)
        with pytest.raises(Clash):
            actions.send_report(report, by=head, on=TODAY, version=report.version - 1)


class TestReturnReport:
    def test_opens_it_again_with_the_reason(self, body, head, officer):
        report = sent(body, head)
        back = actions.return_report(report, by=officer, version=report.version, because="Isi jumlahnya.")
        assert (back.state, back.answer) == ("returned", "Isi jumlahnya.")
        told = {**TOLD, "plan": "Kelas menulis."}
        mended = actions.write_report(back, by=head, version=back.version, told=told)
        assert actions.send_report(mended, by=head, on=TODAY, version=mended.version).state == "sent"

    def test_needs_a_reason_and_a_report_that_was_sent(self, body, head, officer):
        report = sent(body, head)
        with pytest.raises(Refusal, match="Alasan"):
            actions.return_report(report, by=officer, version=report.version, because="")
        actions.receive_report(report, by=officer, on=TODAY, version=report.version)
        with pytest.raises(Refusal, match="tidak sedang menunggu"):
            actions.return_report(report, by=officer, version=report.version, because="Terlambat")


class TestReceiveReport:
    def test_is_told_once(self, body, head, officer):
        report = sent(body, head)
        taken = actions.receive_report(report, by=officer, on=TODAY, version=report.version)
        assert (taken.state, taken.received_on) == ("received", TODAY)
        later = TODAY + timedelta(days=1)
        assert actions.receive_report(taken, by=officer, on=later, version=1).received_on == TODAY

    def test_is_for_the_office_that_it_is_meant_for(self, body, head, verifier):
        report = sent(body, head)
        others = [head, verifier, user_with("registrar", region="21"), user_with("registrar", region="21.71")]
        for user in others:
            with pytest.raises(NotAllowed):
                actions.receive_report(report, by=user, on=TODAY, version=report.version)
        assert actions.receive_report(
            report, by=user_with("registrar", region="21.02"), on=TODAY, version=report.version
        )

    def test_takes_no_draft(self, body, head, officer):
        report = started(body, head)
        with pytest.raises(Refusal, match="tidak sedang menunggu"):
            actions.receive_report(report, by=officer, on=TODAY, version=1)
        assert Report.objects.get().at == AT

    def test_is_not_for_who_belongs_to_the_body(self, body, head, officer):
        report = sent(body, head)
        Officer.objects.create(organisation=body, unit="board", title="Ketua", name=str(officer))
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            actions.receive_report(report, by=officer, on=TODAY, version=report.version)
        with pytest.raises(Refusal, match="bagian dari lembaga ini"):
            actions.return_report(report, by=officer, version=report.version, because="Kurang")
