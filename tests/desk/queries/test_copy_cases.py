import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from simpul.cases.models import (
    Agreement,
    Attachment,
    Concerned,
    Conference,
    Disclosure,
    Note,
    RightsGiven,
    Satisfaction,
)
from simpul.catalogue import instruments
from simpul.desk.queries.copy import copy_of
from simpul.desk.queries.copy.sections import CASE_SECTIONS, SECTIONS
from simpul.referrals.models import Referral
from tests.access.factories import ORGANISATION, user_with
from tests.cases.papers import FAMILY_SAYS, FROM_NEIGHBOUR, full_case, written
from tests.people.factories import data_request
from tests.screening.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


@pytest.fixture
def case(caseworker):
    """The case of the papers, and with it what only the copy tells."""
    case = full_case(caseworker)
    case.wishes = "Jangan beri tahu keponakan"
    case.save(update_fields=["wishes_sealed"])
    written(RightsGiven, case, on=TODAY, text_version="1", how="Dibacakan")
    written(
        Disclosure, case, on=TODAY, what="Alamat", to_whom="Puskesmas Meral", basis="consent",
        because="Diantar berobat",
    )  # fmt: skip
    written(
        Satisfaction,
        case,
        instrument="satisfaction",
        instrument_version="1",
        on=TODAY,
        words="Petugas ramah",
        answers={},
        scores=[],
    )
    written(Agreement, case, on=TODAY, capacity="self", mode="written", words="Bertemu tiap Jumat")
    atap = {"title": "Foto atap", "file_name": "atap.jpg", "file_key": "00"}
    written(Attachment, case, media_type="image/jpeg", size=9, **atap)
    referred(case)
    return case


def referred(case):
    row = Referral(
        case=case, person=case.person, line=uuid4(), number="R-7Q4K9MX", outside_name="Yayasan Melati Putih",
        need_kind="livelihood", urgency="normal", stage="sent", stage_since=TODAY, at=NOW, sent_at=NOW,
        basis="consent", consent_capacity="parent", by_name="Rina Wulandari",
    )  # fmt: skip
    row.consent_by, row.shared = (
        "Rohani",
        {"number": row.number, "told": [{"share": "need", "text": "Gerobak"}]},
    )
    row.save()


def section(case, by, key, *, with_words=True):
    made = copy_of(case.person, by=by, on=TODAY, at=AT, with_words=with_words)
    return made.as_json()["sections"].get(key, [])


class TestCaseSections:
    def test_every_part_of_the_work_is_there_with_its_case(self, case, caseworker):
        data_request(case.person, caseworker)
        made = copy_of(case.person, by=caseworker, on=TODAY, at=AT)
        keys = [one.key for one in made.sections]
        assert len(set(keys)) == len(keys) == len(SECTIONS) + len(CASE_SECTIONS)
        of_cases = keys[keys.index("cases") + 1 : keys.index("requests")]
        assert len(of_cases) == len(CASE_SECTIONS)
        told = made.as_json()["sections"]
        assert all(row["number"] == case.number for key in of_cases for row in told[key])

    def test_tells_exactly_what_went_to_whom(self, case, caseworker):
        (told,) = section(case, caseworker, "referrals")
        assert (told["to_whom"], told["shared"]) == (
            "Yayasan Melati Putih",
            ["Kebutuhan yang dirujuk: Gerobak"],
        )
        (bare,) = section(case, caseworker, "referrals", with_words=False)
        assert bare["shared"] == ["Kebutuhan yang dirujuk"]
        assert "Rohani" not in json.dumps(told)

    def test_holds_answers_and_scores(self, case, caseworker):
        first, _later = section(case, caseworker, "assessments")
        instrument = instruments.get("living-conditions", 1)
        assert len(first["answers"]) == len(instrument.items)
        assert first["scores"][0].startswith("Rumah: 1")

    def test_holds_plans_with_steps_goals_with_scores_and_what_came_of_them(self, case, caseworker):
        plan, step = section(case, caseworker, "plans")
        assert (plan["crisis"], step["need"], step["cost"]) == ("Telepon posko", "Beras", 150_000)
        assert [row.get("level") for row in section(case, caseworker, "goals")] == [None, -2]
        [ending] = section(case, caseworker, "endings")
        assert (ending["outcomes"], ending["stands_by"]) == (["1: +1: Makan tiga kali"], "Dijaga kader")

    @pytest.mark.parametrize("with_words", [True, False], ids=["words", "no words"])
    def test_leaves_others_out_and_counts_them(self, case, caseworker, with_words):
        written(Concerned, case, name="Zulkifli", phone="0812-555-0177", relation="keponakan")
        written(Note, case, on=TODAY, kind="visit", words="Datang", with_whom="Zulkifli dan Rohaya")
        copy = copy_of(case.person, by=caseworker, on=TODAY, at=AT, with_words=with_words)
        whole = json.dumps(copy.as_json(), ensure_ascii=False)
        others = (
            "Halimah",
            "Zulkifli",
            "Rohaya",
            "0177",
            FROM_NEIGHBOUR,
            FAMILY_SAYS,
            "Wirya",
            "Beras dan air",
        )
        assert [told for told in others if told in whole] == []
        assert copy.left_out >= len(others)

    def test_masks_those_around_in_what_workers_wrote(self, case, caseworker):
        Concerned.objects.all().delete()
        written(Concerned, case, name="Zulkifli", relation="keponakan")
        written(Note, case, on=TODAY, kind="call", words="Zulkifli menelepon")
        assert "[…] menelepon" in [row["words"] for row in section(case, caseworker, "notes")]

    @pytest.mark.parametrize(
        ("key", "cell", "words"),
        [
            ("notes", "words", "Memasak bersama di dapur"),
            ("wishes", "wishes", "Jangan beri tahu keponakan"),
            ("disclosures", "to_whom", "Puskesmas Meral"),
            ("satisfaction", "words", "Petugas ramah"),
            ("attachments", "title", "Foto atap"),
            ("follow_ups", "words", "Masih memasak"),
        ],
    )
    def test_gives_workers_words_only_when_told_so(self, case, caseworker, key, cell, words):
        assert section(case, caseworker, key)[0][cell] == words
        assert cell not in section(case, caseworker, key, with_words=False)[0]

    def test_tells_a_body_that_was_told_something_but_no_person(self, case, caseworker):
        niece = written(Concerned, case, name="Rohaya", relation="keponakan")
        told = {"on": TODAY, "what": "Jadwal", "to_whom": "Rohaya", "basis": "consent", "because": "Dijemput"}
        written(Disclosure, case, concerned=niece, **told)
        rows = section(case, caseworker, "disclosures")
        assert {row["what"]: row.get("to_whom") for row in rows} == {
            "Alamat": "Puskesmas Meral",
            "Jadwal": None,
        }

    def test_leaves_removed_attachments_out(self, case, caseworker):
        Attachment.objects.update(removed_at=NOW)
        assert section(case, caseworker, "attachments") == []

    def test_shows_nothing_out_of_reach(self, case):
        elsewhere = user_with("caseworker", organisation=ORGANISATION, region="93.01")
        assert [key for key in ("notes", "goals", "plans") if section(case, elsewhere, key)] == []

    def test_counts_who_sat_in_a_meeting_without_their_names(self, case, caseworker):
        [held] = section(case, caseworker, "conferences")
        assert Conference.objects.get().participants[0]["name"] not in str(held)
        assert held["participants"] == ["Dokter"]
