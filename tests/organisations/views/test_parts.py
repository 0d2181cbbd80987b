from uuid import uuid4

import pytest
from django.urls import reverse

from simpul.organisations.models import Change, Officer, Organisation
from simpul.organisations.queries.parts import PARTS, values_of
from tests.access.factories import user_with
from tests.organisations.changing import ROW_OF, change, officer_row, propose
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db):
    few_regions()
    return organisation(region="21.02.10")


@pytest.fixture
def head(client, body):
    user = user_with("head_of_lks", organisation=body.pk)
    client.force_login(user)
    return user


@pytest.fixture
def officer(db):
    return user_with("dinas_officer", region="21.02")


def address(body, part, *more, name="part"):
    return reverse(f"organisations:{name}", args=[body.pk, part, *more])


def form_of(client, url, **typed):
    """What a browser would send back: the form as it came, with something typed into it."""
    form = client.get(url).context["form"]
    sent = {box: part for field in form for box, part in parts_of(field, field.value())}
    return {"save": "1", **sent, **typed}


def parts_of(field, value):
    if hasattr(field.field.widget, "decompress"):
        days = value if isinstance(value, list) else field.field.widget.decompress(value)
        return [
            (f"{field.html_name}_{box}", day) for box, day in zip(("day", "month", "year"), days, strict=True)
        ]
    if value is None or value is False:
        return []
    return [(field.html_name, "on" if value is True else value)]


class TestPart:
    @pytest.mark.parametrize("part", list(PARTS))
    def test_opens_for_the_head_of_the_body(self, client, body, head, part):
        assert client.get(address(body, part)).status_code == 200

    @pytest.mark.parametrize("part", [code for code, part in PARTS.items() if not part.is_list])
    def test_sent_back_untouched_changes_nothing(self, client, body, head, officer, part):
        change(body, officer, part)
        before = values_of(Organisation.objects.get(), part)
        answer = client.post(address(body, part), form_of(client, address(body, part)))
        assert answer.status_code == 422
        assert "Tidak ada yang berubah" in answer.content.decode()
        assert values_of(Organisation.objects.get(), part) == before

    def test_a_head_proposes_and_sees_what_waits(self, client, body, head):
        url = address(body, "identity")
        html = client.post(url, form_of(client, url, phone="0777 55"), follow=True).content.decode()
        assert "menunggu pemeriksaan" in html
        assert "0777 55" in html
        assert Organisation.objects.get().phone == ""

    def test_an_officer_changes_at_once(self, client, body, officer):
        client.force_login(officer)
        url = address(body, "service")
        client.post(url, form_of(client, url, capacity="1.250", need_types=["LUT"], is_direct="no"))
        found = Organisation.objects.get()
        assert (found.capacity, found.need_types, found.is_direct) == (1250, ["LUT"], False)

    def test_warns_who_writes_about_a_secret_place(self, client, body, officer):
        client.force_login(officer)
        page = address(body, "purpose")
        assert "Jangan menulis nama desa" not in client.get(page).content.decode()
        Organisation.objects.filter(pk=body.pk).update(is_address_secret=True)
        assert "Jangan menulis nama desa" in client.get(page).content.decode()
        sent = form_of(client, page, about="Menampung anak di Meral Barat.")
        assert "menyebut tempat yang dirahasiakan" in client.post(page, sent, follow=True).content.decode()
        sent = form_of(client, page, about="Menampung anak.")
        assert "menyebut tempat yang" not in client.post(page, sent, follow=True).content.decode()

    def test_begins_with_what_waits_already(self, client, body, head):
        propose(body, head, values={"phone": "0777 55"})
        assert client.get(address(body, "identity")).context["form"]["phone"].value() == "0777 55"

    def test_shows_both_values_after_a_clash_and_keeps_what_was_typed(self, client, body, head, officer):
        url = address(body, "identity")
        sent = form_of(client, url, phone="0777 2")
        change(body, officer, values={"phone": "0777 1"})
        answer = client.post(url, sent)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "0777 1" in html
        assert 'value="0777 2"' in html
        again = {**sent, "read": answer.context["form"]["read"].value()}
        assert client.post(url, again).status_code == 302
        assert Change.objects.get(state="waiting").after["phone"] == "0777 2"

    @pytest.mark.parametrize(
        ("part", "typed", "words"),
        [
            ("legal", {"npwp": "123"}, "15 atau 16 angka"),
            ("legal", {"deed_on_day": "1", "deed_on_month": "1", "deed_on_year": "2199"}, "belum tiba"),
            ("service", {"capacity": "-4"}, "kurang dari nol"),
            ("service", {"yearly_budget": "10", "yearly_own_income": "20"}, "lebih besar daripada anggaran"),
            ("identity", {"name": " "}, "belum diisi"),
            ("identity", {"latitude": "1,5"}, "lintang dan bujur"),
            ("identity", {"region": "77.01"}, "tidak dikenal"),
        ],
        ids=["npwp", "future-deed", "negative", "income", "name", "half-a-place", "region"],
    )
    def test_says_what_is_wrong_beside_what_was_typed(self, client, body, head, part, typed, words):
        answer = client.post(address(body, part), form_of(client, address(body, part), **typed))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Change.objects.exists()

    def test_looking_for_a_parent_keeps_what_was_typed(self, client, body, head):
        organisation(name="Yayasan Induk Bahari")
        url = address(body, "identity")
        sent = form_of(client, url, phone="0777 9", parent_text="induk", parent_find="1")
        html = client.post(url, sent).content.decode()
        assert "Yayasan Induk Bahari" in html
        assert 'value="0777 9"' in html

    @pytest.mark.parametrize(
        ("role", "where", "status"),
        [
            ("head_of_lks", {"organisation": uuid4()}, 404),
            ("dinas_officer", {"region": "93"}, 404),
            ("dinas_verifier", {"region": "21.02"}, 403),
            ("caseworker", {"region": "21.02"}, 403),
            ("plenary_member", {}, 403),
        ],
        ids=["other-head", "other-area", "reader", "caseworker", "plenary"],
    )
    def test_is_closed_to_others(self, client, body, role, where, status):
        client.force_login(user_with(role, **where))
        assert client.get(address(body, "identity")).status_code == status

    def test_a_part_that_does_not_exist_is_not_found(self, client, body, head):
        assert client.get(address(body, "secrets")).status_code == 404


class TestRows:
    def test_a_row_is_added_once_however_often_it_is_sent(self, client, body, officer):
        client.force_login(officer)
        url = address(body, "officers", name="row-add")
        sent = form_of(client, url, unit="board", title="Ketua", name="Ratna Dewi", phone="0812")
        client.post(url, sent)
        client.post(url, sent)
        assert [(row.name, row.phone) for row in Officer.objects.all()] == [("Ratna Dewi", "0812")]

    @pytest.mark.parametrize("part", list(ROW_OF))
    def test_a_row_sent_back_untouched_changes_nothing(self, client, body, officer, part):
        client.force_login(officer)
        held = ROW_OF[part]()
        change(body, officer, part, {"rows": [held]})
        url = address(body, part, held["id"], name="row")
        answer = client.post(url, form_of(client, url))
        assert "Tidak ada yang berubah" in answer.content.decode()

    def test_certificates_of_staff_are_kept(self, client, body, officer):
        client.force_login(officer)
        url = address(body, "staff", name="row-add")
        typed = {
            "name": "Budi",
            "profession": "educator",
            "certificates_0_name": "Konselor",
            "certificates_0_number": "7",
        }
        client.post(url, form_of(client, url, **typed))
        (row,) = values_of(body, "staff")["rows"]
        assert [(one["name"], one["number"]) for one in row["certificates"]] == [("Konselor", "7")]

    def test_leaving_the_list_and_rising_in_it_are_buttons(self, client, body, officer):
        client.force_login(officer)
        first, second, third = (officer_row(name=name) for name in ("Ratna", "Joko", "Sari"))
        change(body, officer, "officers", {"rows": [first, second, third]})
        self.press(client, body, third, "row-up")
        self.press(client, body, first, "row-end")
        assert [row["name"] for row in values_of(body, "officers")["rows"]] == ["Sari", "Joko"]

    @staticmethod
    def press(client, body, row, name):
        read = client.get(address(body, "officers")).context["opened"].read
        sent = {"once": str(uuid4()), "read": read}
        assert client.post(address(body, "officers", row["id"], name=name), sent).status_code == 302

    def test_a_term_that_ends_before_it_begins_is_refused(self, client, body, head):
        url = address(body, "officers", name="row-add")
        typed = {"unit": "board", "title": "Ketua", "name": "Ratna"}
        for name, year in (("since", "2020"), ("until", "2019")):
            typed |= {f"{name}_day": "1", f"{name}_month": "1", f"{name}_year": year}
        answer = client.post(url, form_of(client, url, **typed))
        assert "mendahului tanggal mulai" in answer.content.decode()

    def test_a_row_of_another_body_is_not_found(self, client, body, head, officer):
        theirs = officer_row()
        change(organisation(name="LKS Lain"), officer, "officers", {"rows": [theirs]})
        assert client.get(address(body, "officers", theirs["id"], name="row")).status_code == 404
