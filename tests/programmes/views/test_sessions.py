import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.access import limits
from simpul.programmes.actions import sessions as actions
from simpul.programmes.actions import sessions_certificates as certificates
from simpul.programmes.models import Attendance, Diploma, Session
from tests.access.test_pictures import jpeg
from tests.programmes.answering import a_person, an_account
from tests.programmes.making import AT, TODAY
from tests.programmes.meeting import a_session, came, people
from tests.programmes.views.counting import few_and_many


@pytest.fixture
def session(programme, member, officer):
    return a_session(programme, officer)


@pytest.fixture
def opened(session, officer, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    limits.forget_all()
    return actions.open_qr(session, by=officer, on=TODAY, at=AT)


def day(name):
    return {f"{name}_day": str(TODAY.day), f"{name}_month": str(TODAY.month), f"{name}_year": str(TODAY.year)}


class TestSession:
    def test_shows_names_to_who_runs_it_and_to_the_own_body(
        self, client, officer, head, stranger, session, member
    ):
        people(member, officer, 2)
        for user in (officer, head):
            client.force_login(user)
            assert "Bu Siti" in client.get(reverse("programmes:session", args=[session.pk])).content.decode()
        client.force_login(stranger)
        assert client.get(reverse("programmes:session", args=[session.pk])).status_code == 404

    def test_shows_counts_alone_to_others(self, client, officer, decider, session, member):
        came(session, officer, *people(member, officer, 2))
        client.force_login(decider)
        shown = client.get(reverse("programmes:session", args=[session.pk])).content.decode()
        assert ("Hadir 2" in shown, "Bu Siti" in shown) == (True, False)

    def test_asks_the_same_however_many_there_are(self, client, officer, session, member):
        client.force_login(officer)
        address = reverse("programmes:session", args=[session.pk])
        assert few_and_many(client, address, lambda: people(member, officer, 1))


class TestSessionAdd:
    def test_keeps_what_was_planned(self, client, officer, programme):
        client.force_login(officer)
        sent = {
            "once": str(uuid.uuid4()),
            "title": "Legalitas",
            "kind": "lecture",
            "starts_at": "08.30",
            "hours": "1,5",
        }
        answer = client.post(
            reverse("programmes:session-add", args=[programme.pk]), sent | day("on"), follow=True
        )
        made = Session.objects.get()
        assert (str(made.starts_at), str(made.hours)) == ("08:30:00", "1.5")
        assert "08.30" in answer.content.decode()

    def test_shows_again_what_cannot_be(self, client, officer, programme):
        client.force_login(officer)
        sent = {"once": "x", "title": "Legalitas", "kind": "lecture", "starts_at": "pagi", "hours": "lama"}
        answer = client.post(reverse("programmes:session-add", args=[programme.pk]), sent)
        assert answer.status_code == 422
        assert 'value="pagi"' in answer.content.decode()


class TestSessionChange:
    def test_begins_with_what_is_recorded(self, client, officer, session):
        client.force_login(officer)
        shown = client.get(reverse("programmes:session-change", args=[session.pk])).content.decode()
        assert 'value="Legalitas lembaga"' in shown
        sent = {"version": "1", "title": "Legalitas dan akta", "kind": "lecture"} | day("on")
        client.post(reverse("programmes:session-change", args=[session.pk]), sent)
        session.refresh_from_db()
        assert session.title == "Legalitas dan akta"


class TestSessionAttendance:
    def test_whoever_is_ticked_nowhere_did_not_come(self, client, officer, session, member):
        one, two, three = people(member, officer, 3)
        client.force_login(officer)
        sent = {"came": [str(one.pk)], "excused": [str(two.pk)]}
        client.post(reverse("programmes:session-attendance", args=[session.pk]), sent)
        found = dict(Attendance.objects.values_list("participant__code", "came"))
        assert found == {one.code: "yes", two.code: "excused", three.code: "no"}

    def test_nobody_came_is_an_answer_too(self, client, officer, session, member):
        people(member, officer, 1)
        client.force_login(officer)
        client.post(reverse("programmes:session-attendance", args=[session.pk]), {})
        assert Attendance.objects.get().came == "no"

    def test_nobody_is_here_and_excused(self, client, officer, session, member):
        (one,) = people(member, officer, 1)
        client.force_login(officer)
        sent = {"came": [str(one.pk)], "excused": [str(one.pk)]}
        answer = client.post(reverse("programmes:session-attendance", args=[session.pk]), sent)
        assert answer.status_code == 422
        assert not Attendance.objects.exists()


class TestSessionList:
    def test_has_room_to_sign(self, client, officer, session, member):
        people(member, officer, 1)
        client.force_login(officer)
        shown = client.get(reverse("programmes:session-list", args=[session.pk])).content.decode()
        assert "Tanda tangan" in shown


class TestMaterial:
    def test_reaches_who_takes_part(self, client, officer, head, stranger, session):
        client.force_login(officer)
        with_file = {"once": str(uuid.uuid4()), "title": "Alur", "file": _upload()}
        client.post(reverse("programmes:material-add", args=[session.pk]), with_file)
        key = session.materials.get().pk
        for user, status in ((head, 200), (stranger, 404)):
            client.force_login(user)
            assert client.get(reverse("programmes:material", args=[key])).status_code == status


def _upload():
    return SimpleUploadedFile("alur.jpg", jpeg(), content_type="image/jpeg")


class TestSessionQr:
    def test_is_opened_and_closed_by_a_button(self, client, officer, session):
        client.force_login(officer)
        page = reverse("programmes:session-qr", args=[session.pk])
        assert "<svg" not in client.get(page).content.decode().split("<main")[1].split("</main>")[0]
        shown = client.post(
            reverse("programmes:session-qr-open", args=[session.pk]), follow=True
        ).content.decode()
        assert "/program/hadir/" in shown
        client.post(reverse("programmes:session-qr-close", args=[session.pk]))
        session.refresh_from_db()
        assert session.qr_mark == ""


class TestArrive:
    def test_is_in_the_name_of_who_is_signed_in_and_takes_part(self, client, officer, opened, member):
        account = an_account(member.organisation)
        a_person(member, "P01", user=account)
        a_person(member, "P02")
        client.force_login(account)
        address = reverse("programmes:arrive", args=[opened.qr_mark])
        other = client.post(address, {"code": "P02"})
        assert (other.status_code, Attendance.objects.count()) == (422, 0)
        client.post(address, {"code": "p1"})
        row = Attendance.objects.get()
        assert (row.participant.code, row.by, row.by_name) == ("P01", account.pk, "Pak Rahmat")

    def test_takes_a_code_and_shows_no_names(self, client, officer, opened, member):
        people(member, officer, 2)
        address = reverse("programmes:arrive", args=[opened.qr_mark])
        shown = client.get(address).content.decode() + client.post(address, {"code": "p2"}).content.decode()
        assert "Kehadiran P02 sudah dicatat" in shown
        assert not [name for name in ("Rahmat", "Siti", member.organisation.name) if name in shown]

    @pytest.mark.parametrize("code", ["", "P77", "<script>"], ids=["nothing", "nobody", "nonsense"])
    def test_says_what_is_wrong(self, client, officer, opened, member, code):
        people(member, officer, 1)
        answer = client.post(reverse("programmes:arrive", args=[opened.qr_mark]), {"code": code})
        assert answer.status_code == 422
        assert not Attendance.objects.exists()

    def test_is_closed_for_any_other_mark(self, client, officer, opened):
        answers = [client.get(reverse("programmes:arrive", args=[mark])) for mark in ("x", "x" * 64)]
        actions.close_qr(opened, by=officer)
        answers.append(client.get(reverse("programmes:arrive", args=[opened.qr_mark])))
        assert [one.status_code for one in answers] == [404, 404, 404]

    def test_is_closed_when_who_opened_it_may_not_any_more(self, client, officer, opened, member):
        people(member, officer, 1)
        officer.is_active = False
        officer.save()
        answer = client.post(reverse("programmes:arrive", args=[opened.qr_mark]), {"code": "P01"})
        assert (answer.status_code, Attendance.objects.count()) == (404, 0)

    def test_stops_a_flood(self, client, officer, opened, member, monkeypatch):
        monkeypatch.setattr(
            "simpul.programmes.views.sessions_public.ARRIVING", limits.Limit("programme-attendance", 2)
        )
        address = reverse("programmes:arrive", args=[opened.qr_mark])
        assert [client.post(address, {"code": "P9"}).status_code for _try in range(3)] == [422, 422, 429]


class TestOpinion:
    def test_is_sent_without_a_name(self, client, opened):
        address = reverse("programmes:opinion", args=[opened.qr_mark])
        sent = {"once": str(uuid.uuid4()), "clear": "4", "most_useful": "Contoh akta"}
        assert "tanpa nama" in client.post(address, sent).content.decode()

    def test_shows_an_empty_one_again(self, client, opened):
        address = reverse("programmes:opinion", args=[opened.qr_mark])
        assert client.post(address, {"once": str(uuid.uuid4())}).status_code == 422

    def test_is_copied_from_paper_by_who_runs_it(self, client, officer, session):
        client.force_login(officer)
        sent = {"once": str(uuid.uuid4()), "clear": "4"}
        answer = client.post(reverse("programmes:opinion-add", args=[session.pk]), sent, follow=True)
        assert "1 lembar tanpa nama" in answer.content.decode()


def given(programme, officer, *participants):
    told = {"pattern": "{nomor}/SERT/{tahun}", "issuer": "Dinas Sosial Karimun", "signs": "Pak Lukman"}
    keys = {one.pk for one in participants}
    return certificates.issue(programme, by=officer, on=TODAY, at=AT, participants=keys, **told)


class TestCertificates:
    def test_are_made_for_those_ticked(self, client, officer, programme, session, member):
        (one,) = people(member, officer, 1)
        came(session, officer, one)
        client.force_login(officer)
        address = reverse("programmes:certificates", args=[programme.pk])
        assert "checked" in client.get(address).content.decode()
        sent = {
            "participants": [str(one.pk)],
            "pattern": "{nomor}/{tahun}",
            "issuer": "Dinas",
            "signs": "Pak Lukman",
        }
        assert "001/2026" in client.post(address, sent, follow=True).content.decode()

    def test_ask_the_same_however_many_there_are(self, client, officer, programme, session, member):
        client.force_login(officer)
        address = reverse("programmes:certificates", args=[programme.pk])
        assert few_and_many(client, address, lambda: people(member, officer, 1))


class TestCertificatePdf:
    def test_is_for_the_office_and_the_person_named(
        self, client, officer, head, body, programme, session, member
    ):
        mine, other = people(member, officer, 1, account=head.username)[0], people(member, officer, 2)[1]
        came(session, officer, mine, other)
        rows = {row.participant_id: row for row in given(programme, officer, mine, other)}
        client.force_login(head)
        found = [
            client.get(reverse("programmes:certificate-pdf", args=[rows[one.pk].pk])) for one in (mine, other)
        ]
        assert [one.status_code for one in found] == [200, 404]
        assert found[0].content.startswith(b"%PDF")


class TestCertificateWithdraw:
    def test_keeps_the_reason_in_the_office(self, client, officer, programme, session, member):
        (one,) = people(member, officer, 1)
        came(session, officer, one)
        (row,) = given(programme, officer, one)
        client.force_login(officer)
        sent = {"version": "1", "words": "Nama tertukar"}
        client.post(reverse("programmes:certificate-withdraw", args=[row.pk]), sent)
        client.logout()
        shown = client.get(reverse("programmes:checked", args=[row.code])).content.decode()
        assert ("ditarik" in shown, "tertukar" in shown) == (True, False)


class TestCheck:
    def test_says_what_the_paper_says_however_it_is_typed(self, client, officer, programme, session, member):
        (one,) = people(member, officer, 1)
        came(session, officer, one)
        (row,) = given(programme, officer, one)
        typed = f"{row.code[:4]}-{row.code[4:8]} {row.code[8:].lower()}"
        shown = client.get(reverse("programmes:check"), {"code": typed}).content.decode()
        for line in row.words["lines"]:
            assert line["text"] in shown

    @pytest.mark.parametrize(
        ("code", "status"), [("", 422), ("ABCD-EFGH-JKMN", 404)], ids=["nothing", "unknown"]
    )
    def test_says_the_same_of_all_it_does_not_know(self, client, code, status):
        assert client.get(reverse("programmes:check"), {"code": code}).status_code == status

    def test_is_open_without_an_account(self, client):
        assert client.get(reverse("programmes:check")).status_code == 200


class TestMine:
    def test_shows_ones_own_and_nobody_elses(self, client, officer, head, programme, session, member):
        mine, other = people(member, officer, 1, account=head.username)[0], people(member, officer, 2)[1]
        came(session, officer, mine, other)
        given(programme, officer, mine)
        client.force_login(head)
        shown = client.get(reverse("programmes:mine")).content.decode()
        assert ("Kode Anda: P01" in shown, "P03" in shown, "Sertifikat kehadiran saya" in shown) == (
            True,
            False,
            True,
        )
        assert Diploma.objects.count() == 1

    def test_says_what_to_do_without_a_place_in_it(self, client, head, member):
        client.force_login(head)
        assert "belum dihubungkan" in client.get(reverse("programmes:mine")).content.decode()

    def test_is_empty_for_a_body_that_does_not_take_part(self, client, stranger, member):
        client.force_login(stranger)
        shown = client.get(reverse("programmes:mine")).content.decode()
        assert "belum ikut program" in shown
        assert member.programme.title not in shown
