"""The pages from validation to renewal: who sees them, who does not, and that nothing typed is lost."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.accreditation.models import (
    Accreditation,
    Appeal,
    Assignment,
    Decision,
    OwnScheme,
    Recommendation,
    SelfScore,
    Validated,
    Visit,
    Vote,
    Watch,
)
from simpul.organisations.models import Certificate, Flag
from tests.access.factories import give, user_with
from tests.accreditation.second import (
    a_run,
    a_validator,
    an_assessor,
    at_the_plenary,
    decided_run,
    head_of,
    items,
    members,
    moment,
    named,
    scored_run,
    voted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return user_with("dinas_officer", region="21.02")


@pytest.fixture
def secretary():
    return user_with("accreditation_secretary", region="21")


def address(name, *keys):
    return reverse(f"accreditation:{name}", args=keys)


def opened(client, user, name, *keys):
    client.force_login(user)
    return client.get(address(name, *keys))


def sent(client, who, page, *keys, **data):
    client.force_login(who)
    return client.post(address(page, *keys), data)


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def flagged(run):
    told = {"kind": "complaint", "on": timezone.localdate(), "at": moment(), "by_name": "Dinas"}
    flag = Flag(organisation=run.organisation, **told)
    flag.words = "Isi tanda"
    flag.save()


def minuted(run):
    told = {"met_with": "Ketua", "minutes": "Ruang layanan bersih.", "at": moment(9), "by_name": "Asesor"}
    return Visit.objects.create(accreditation=run, on=moment(9).date(), **told)


class TestStrangers:
    @pytest.mark.parametrize(
        ("role", "name"),
        [
            ("accreditation_validator", "validate"),
            ("plenary_member", "plenary"),
            ("plenary_member", "result"),
            ("dinas_officer", "result"),
            ("dinas_officer", "improvement"),
            ("dinas_officer", "watch"),
            ("accreditation_secretary", "recheck"),
        ],
    )
    def test_of_another_area_find_nothing(self, client, role, name):
        run = scored_run()

        assert opened(client, user_with(role, region="33.01"), name, run.pk).status_code == 404

    @pytest.mark.parametrize("name", ["appeal", "result", "improvement"])
    def test_heads_of_other_bodies_find_nothing(self, client, name):
        run, other = decided_run(), a_run()

        assert opened(client, head_of(other), name, run.pk).status_code == 404

    def test_a_validator_who_was_not_named_finds_nothing(self, client):
        run, other = scored_run(), scored_run()

        assert opened(client, a_validator(other), "validate", run.pk).status_code == 404

    @pytest.mark.parametrize("name", ["own-schemes", "appeals", "plenary-queue", "validations"])
    def test_a_head_has_no_business_there(self, client, name):
        assert opened(client, head_of(a_run()), name).status_code == 403

    def test_files_of_another_body_are_not_handed_over(self, client):
        run = scored_run()

        assert opened(client, a_validator(run), "validation-evidence", uuid.uuid4()).status_code == 404


class TestValidation:
    def test_shows_scores_side_by_side_and_keeps_what_is_said(self, client):
        run = a_run()
        an_assessor(run, {items()[0].code: 1})
        an_assessor(run)
        validator = a_validator(run)
        shown = opened(client, validator, "validate", run.pk).content.decode()
        assert "berbeda 3" in shown
        assert "Dilihat di tempat." in shown

        told = {"seen": 0, "value_0": "2", "because_0": "Buktinya separuh."}
        assert sent(client, validator, "validate", run.pk, **told).status_code == 302
        assert Validated.objects.get().value == 2

    def test_shows_what_was_typed_again_when_a_reason_is_missing(self, client):
        run = scored_run()
        shown = sent(client, a_validator(run), "validate", run.pk, seen=0, value_0="1", value_1="2")

        assert shown.status_code == 422
        assert '<option value="1" selected>' in shown.content.decode()
        assert not Validated.objects.exists()

    def test_goes_from_confirming_to_the_plenary(self, client):
        run = scored_run()
        validator = a_validator(run)
        sent(client, validator, "validation-confirm", run.pk)
        sent(client, validator, "validation-send", run.pk, version=1, words="")

        assert Accreditation.objects.get().stage == "plenary"
        assert opened(client, validator, "validate", run.pk).status_code == 200

    def test_asks_for_words_before_it_goes_back(self, client):
        run = scored_run()
        validator = a_validator(run)
        assert sent(client, validator, "validation-return", run.pk, version=1, words="").status_code == 422
        sent(client, validator, "validation-return", run.pk, version=1, words="Dapur belum dilihat.")

        assert Accreditation.objects.get().stage == "visit"

    def test_shows_agreement_minutes_flags_and_what_the_body_says(self, client):
        run, first = scored_run(), items()[0].code
        flagged(run)
        minuted(run)
        SelfScore.objects.create(
            accreditation=run, item=first, value=2, words="Ada rapat.", at=moment(), by_name="Ketua"
        )
        shown = opened(client, a_validator(run), "validate", run.pk).content.decode()

        assert "Kesepakatan antarasesor" in shown
        assert "Ruang layanan bersih." in shown
        assert "Ada rapat." in shown
        assert "Pengaduan yang terbukti" in shown
        assert "Isi tanda" not in shown

    def test_lists_what_waits(self, client):
        run = scored_run()
        shown = opened(client, a_validator(run), "validations").content.decode()

        assert address("validate", run.pk) in shown

    def test_tells_who_declared_nothing_yet_to_do_so(self, client):
        run, user = scored_run(), user_with("accreditation_validator", region="21.02")
        named(run, user, "validator", has_conflict=None)

        assert "benturan" in opened(client, user, "validate", run.pk).content.decode()


class TestPlenary:
    def test_goes_from_the_queue_to_the_decision(self, client):
        run, voters = at_the_plenary(), members()
        voted(run, voters[:2])
        assert address("plenary", run.pk) in opened(client, voters[2], "plenary-queue").content.decode()
        assert "Berikan suara" in opened(client, voters[2], "plenary", run.pk).content.decode()
        sent(client, voters[2], "plenary-vote", run.pk, once=uuid.uuid4(), agrees="yes", words="")
        assert "siap diputuskan" in opened(client, voters[2], "plenary-queue").content.decode()

        told = {
            "once": uuid.uuid4(),
            "grade": "A",
            "recommendations": "program.1: Susun\nLatih",
            "number": "",
        }
        made = sent(client, voters[2], "plenary-decide", run.pk, because="", **told)

        assert made.status_code == 302, made.content.decode()
        assert (Decision.objects.get().grade, Recommendation.objects.count()) == ("A", 2)

    def test_shows_the_grade_to_the_last_item(self, client):
        run, (member, *_rest) = at_the_plenary(share=0.5), members()
        shown = opened(client, member, "plenary", run.pk).content.decode()

        assert "karena:" in shown
        assert all(f"{item.code} · " in shown for item in items())

    def test_shows_agreement_minutes_flags_and_leads_to_the_self_assessment(self, client):
        run, (member, *_rest) = at_the_plenary(), members()
        flagged(run)
        minuted(run)
        shown = opened(client, member, "plenary", run.pk).content.decode()

        assert "Kesepakatan antarasesor" in shown
        assert "Ruang layanan bersih." in shown
        assert "Pengaduan yang terbukti" in shown
        assert "Isi tanda" not in shown
        assert opened(client, member, "self-assessment", run.pk).status_code == 200
        assert address("self-assessment", run.pk) in shown

    def test_names_whose_vote_does_not_count(self, client):
        run, voters = at_the_plenary(), members()
        voted(run, voters)
        named(run, voters[0], "validator")
        shown = opened(client, voters[1], "plenary", run.pk).content.decode()

        assert "1 suara tidak dihitung" in shown
        assert "Catat keputusan" not in shown

    def test_keeps_what_was_typed_when_it_is_refused(self, client):
        run, voters = at_the_plenary(), members()
        voted(run, voters)
        told = {"once": uuid.uuid4(), "grade": "none", "because": "Catatan panjang", "recommendations": ""}
        shown = sent(client, voters[0], "plenary-decide", run.pk, number="", **told)

        assert shown.status_code == 422
        assert "Catatan panjang" in shown.content.decode()
        assert not Decision.objects.exists()

    def test_tells_a_member_who_had_a_hand_in_it_why_not(self, client):
        run, (member, *_rest) = at_the_plenary(), members()
        named(run, member, "assessor")
        shown = opened(client, member, "plenary", run.pk).content.decode()
        refused = sent(client, member, "plenary-vote", run.pk, once=uuid.uuid4(), agrees="yes", words="")

        assert "Anda ditugaskan" in shown
        assert "Nilai semua asesor" not in shown
        assert "Suara anggota" not in shown
        assert "Berikan suara" not in shown
        assert (refused.status_code, Vote.objects.count()) == (422, 0)

    def test_goes_back_to_the_validation(self, client):
        run, (member, *_rest) = at_the_plenary(), members()
        sent(client, member, "plenary-return", run.pk, version=run.version, words="Periksa SDM.")

        assert Accreditation.objects.get().stage == "validation"

    def test_leads_to_the_result_once_it_was_decided(self, client):
        run = decided_run()

        assert opened(client, members(1)[0], "plenary", run.pk).url == address("result", run.pk)


class TestResult:
    def test_is_read_by_the_head_and_the_officer(self, client, officer):
        run = decided_run(because="Sesuai nilai.", recommendations=(("", "Latih pendamping."),))
        for user in (head_of(run), officer):
            shown = opened(client, user, "result", run.pk).content.decode()
            assert run.certificate.number in shown
            assert "Latih pendamping." in shown

    def test_offers_an_appeal_to_the_body_only(self, client, officer):
        run = decided_run(share=0, on=timezone.localdate())

        assert address("appeal", run.pk) in opened(client, head_of(run), "result", run.pk).content.decode()
        assert address("appeal", run.pk) not in opened(client, officer, "result", run.pk).content.decode()

    def test_says_so_when_nothing_is_decided(self, client, officer):
        assert "Belum diputuskan" in opened(client, officer, "result", a_run().pk).content.decode()

    def test_leads_to_the_paper(self, client):
        run = decided_run()
        client.force_login(head_of(run))
        paper = client.get(reverse("organisations:certificate-pdf", args=[run.certificate_id]))

        assert paper.content.startswith(b"%PDF")


class TestAppeal:
    def test_is_sent_named_and_answered(self, client, secretary):
        run = decided_run(share=0, on=timezone.localdate())
        told = {"once": uuid.uuid4(), "words": "Buku kas tidak dilihat."}
        assert sent(client, head_of(run), "appeal", run.pk, **told).status_code == 302
        user = user_with("accreditation_validator", region="21.02")
        assert run.organisation.name in opened(client, secretary, "appeals").content.decode()
        assert opened(client, secretary, "recheck", run.pk).status_code == 200
        sent(client, secretary, "recheck", run.pk, once=uuid.uuid4(), user=user.pk)

        assert Assignment.objects.filter(accreditation=run, user=user.pk).exists()
        shown = opened(client, members(1)[0], "plenary", run.pk).content.decode()
        assert "Buku kas" in shown
        assert "Menunggu pemeriksaan ulang" in shown
        queue = opened(client, members(1)[0], "plenary-queue").content.decode()
        assert "menunggu pemeriksaan ulang" in queue
        assert "Berikan suara" not in shown
        assert "Dijawab paling lambat" in opened(client, head_of(run), "result", run.pk).content.decode()

    def test_says_before_anybody_types_that_it_is_too_late(self, client):
        run = decided_run(share=0)

        assert "Masa keberatan sudah lewat" in opened(client, head_of(run), "appeal", run.pk).content.decode()

    def test_keeps_nothing_without_reasons(self, client):
        run = decided_run(share=0, on=timezone.localdate())

        assert sent(client, head_of(run), "appeal", run.pk, once=uuid.uuid4(), words="").status_code == 422
        assert not Appeal.objects.exists()


class TestImprovement:
    def test_is_planned_and_finished_by_the_body_and_seen_by_the_dinas(self, client, officer):
        today = timezone.localdate()
        run = decided_run(on=today, recommendations=(("", "Latih pendamping."),))
        row, head = Recommendation.objects.get(), head_of(run)
        assert opened(client, head, "plan", row.pk).status_code == 200
        sent(client, head, "plan", row.pk, version=1, plan="Dua hari.", **day("due_on", today))
        sent(client, head, "plan-finish", row.pk, version=2, words="Sudah.", **day("done_on", today))

        shown = opened(client, officer, "improvement", run.pk).content.decode()
        assert "Dua hari." in shown
        assert "Sudah." in shown
        assert opened(client, officer, "plan", row.pk).status_code == 403

    def test_keeps_what_was_typed_without_a_day(self, client):
        run = decided_run(recommendations=(("", "Latih pendamping."),))
        shown = sent(
            client, head_of(run), "plan", Recommendation.objects.get().pk, version=1, plan="Dua hari."
        )

        assert shown.status_code == 422
        assert "Dua hari." in shown.content.decode()


class TestWatch:
    def test_is_noted_by_the_officer_and_only_read_by_the_body(self, client, officer):
        run = decided_run(on=timezone.localdate())
        told = {"once": uuid.uuid4(), "words": "Berjalan baik.", **day("seen_on", timezone.localdate())}
        assert sent(client, officer, "watch", run.pk, **told).status_code == 302
        head = head_of(run)
        sent(client, head, "watch", run.pk, **(told | {"once": uuid.uuid4()}))

        assert Watch.objects.count() == 1
        assert "Catat pemantauan" not in opened(client, head, "watch", run.pk).content.decode()

    def test_lists_accredited_bodies_and_those_that_run_out(self, client, officer):
        run = decided_run(on=timezone.localdate())

        assert run.organisation.name in opened(client, officer, "watch-list").content.decode()
        assert run.organisation.name not in opened(client, officer, "renewals").content.decode()

    def test_asks_for_a_look_after_a_complaint_upheld(self, client, officer):
        today = timezone.localdate()
        run = decided_run(on=today)
        assert "Perlu dipantau sekarang" not in opened(client, officer, "watch", run.pk).content.decode()
        made = Flag(organisation=run.organisation, kind="complaint", on=today, at=timezone.now())
        made.save()
        shown = opened(client, officer, "watch", run.pk)
        assert "Perlu dipantau sekarang" in shown.content.decode()
        assert shown.context["form"]["is_early"].value() is True
        assert "ada pengaduan terbukti" in opened(client, officer, "watch-list").content.decode()

    def test_leads_on_where_it_must_be_judged_again(self, client, officer, secretary):
        today = timezone.localdate()
        run = decided_run(on=today)
        told = {"once": uuid.uuid4(), "words": "Pengaduan terbukti.", "needs_recheck": "on"}
        sent(client, officer, "watch", run.pk, **told, **day("seen_on", today))
        taking_back = reverse("organisations:certificate", args=[run.certificate_id])
        anew = address("start", run.organisation_id)

        assert taking_back in opened(client, secretary, "watch", run.pk).content.decode()
        assert taking_back not in opened(client, officer, "watch", run.pk).content.decode()
        assert anew in opened(client, head_of(run), "watch", run.pk).content.decode()


class TestRenewals:
    @pytest.mark.parametrize(("days", "words"), [(0, "hari ini hari terakhir"), (1, "1 hari lagi")])
    def test_tells_the_days_and_lets_the_body_begin(self, client, officer, days, words):
        run = decided_run()
        Certificate.objects.update(valid_to=timezone.localdate() + timedelta(days=days))
        shown = opened(client, head_of(run), "renewals").content.decode()
        anew = address("start", run.organisation_id)

        assert words in shown
        assert anew in shown
        assert anew not in opened(client, officer, "renewals").content.decode()


class TestOwnSchemes:
    def test_are_found_from_the_queue_and_from_where_one_begins(self, client, secretary):
        body = a_run().organisation
        assert address("own-schemes") in opened(client, secretary, "queue").content.decode()

        head = user_with("head_of_lks", organisation=body.pk)
        assert address("own-schemes") not in opened(client, head, "start", body.pk).content.decode()
        give(head, "accreditation_secretary", region="21")
        assert address("own-schemes") in opened(client, head, "start", body.pk).content.decode()

    def test_is_read_previewed_and_kept(self, client, secretary):
        text = opened(client, secretary, "own-scheme-example").content.decode("utf-8-sig")
        preview = sent(client, secretary, "own-scheme-new", pasted=text)
        assert preview.status_code == 200
        assert not OwnScheme.objects.exists()
        form = preview.context["form"]
        told = {"once": form.initial["once"], "content": form.initial["content"]}
        for _press in range(2):
            sent(client, secretary, "own-scheme-accept", **told)

        row = OwnScheme.objects.get()
        assert (row.code, row.region) == ("peraturan-kami", "21")
        assert "Ada rencana kerja" in opened(client, secretary, "own-scheme", row.pk).content.decode()
        sent(client, secretary, "own-scheme-close", row.pk)
        assert "ditutup" in opened(client, secretary, "own-schemes").content.decode()

    def test_names_the_place_of_a_mistake_and_keeps_the_rows(self, client, secretary):
        text = opened(client, secretary, "own-scheme-example").content.decode("utf-8-sig")
        shown = sent(client, secretary, "own-scheme-new", pasted=text.replace("Program,60", "Program,enam"))

        assert shown.status_code == 422
        assert "kolom “bobot”" in shown.content.decode()
        assert "Program,enam" in shown.content.decode()

    def test_an_altered_preview_is_refused(self, client, secretary):
        shown = sent(client, secretary, "own-scheme-accept", once=uuid.uuid4(), content="x:y")

        assert shown.status_code == 422
        assert not OwnScheme.objects.exists()

    def test_others_of_another_area_do_not_find_it(self, client, secretary):
        text = opened(client, secretary, "own-scheme-example").content.decode("utf-8-sig")
        form = sent(client, secretary, "own-scheme-new", pasted=text).context["form"]
        sent(client, secretary, "own-scheme-accept", **form.initial)
        elsewhere = user_with("accreditation_secretary", region="33")

        assert opened(client, elsewhere, "own-scheme", OwnScheme.objects.get().pk).status_code == 404
