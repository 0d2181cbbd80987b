import uuid

import pytest
from django.urls import reverse

from simpul.programmes.models import MoneyEntry, Stimulus
from tests.programmes.making import asked, handed, spent


def at(name, *keys):
    return reverse(f"programmes:{name}", args=keys)


def day(name, year, month, number):
    return {f"{name}_year": str(year), f"{name}_month": str(month), f"{name}_day": str(number)}


class TestMoney:
    def test_goes_from_asking_to_an_accepted_account(self, client, member, head, officer, decider, plan):
        client.force_login(head)
        assert "Bantuan dapat diajukan" in client.get(at("money-of", member.pk)).text
        client.post(at("money-ask", member.pk), {"once": str(uuid.uuid4()), "amount": "5.000.000"})
        row = Stimulus.objects.get()
        client.force_login(decider)
        client.post(at("money-decide", row.pk), {"version": "1", "granted": "4.000.000", "words": "Cukup"})
        client.force_login(officer)
        signed = {"version": "2", "number": "7/X", "signed_by": "Bu Salmah"}
        signed |= day("agreed_on", 2026, 11, 1) | day("account_due_on", 2027, 2, 1)
        client.post(at("money-sign", row.pk), signed)
        given = {
            "once": str(uuid.uuid4()),
            "amount": "4.000.000",
            "received_by": "Bu Salmah",
            "witness": "Pak Camat",
        }
        client.post(at("money-hand-over", row.pk), given | day("handed_on", 2026, 11, 10))
        client.force_login(head)
        buy = {
            "once": str(uuid.uuid4()),
            "amount": "4000000",
            "words": "Akta",
            "line": str(plan.items.get().line),
        }
        client.post(at("money-spend", row.pk), buy | day("spent_on", 2026, 11, 15))
        client.post(
            at("money-account", row.pk),
            {"version": str(Stimulus.objects.get().version), "words": "Akta terbit"},
        )
        client.force_login(decider)
        row.refresh_from_db()
        client.post(at("money-accept", row.pk), {"version": str(row.version)})
        row.refresh_from_db()
        assert (row.state, row.granted) == ("closed", 4_000_000)
        client.force_login(head)
        page = client.get(at("money", row.pk)).text
        assert "Mengurus akta notaris" in page
        assert "Rp0" in page

    def test_a_refusal_without_a_reason_is_shown_again(self, client, member, head, decider, plan):
        row = asked(member, head)
        client.force_login(decider)
        answer = client.post(at("money-decide", row.pk), {"version": "1", "granted": "0", "words": ""})
        assert answer.status_code == 422
        assert "Tulis alasan penolakan" in answer.text

    def test_a_wrong_entry_is_struck_and_stays(self, client, stimulus, head, officer):
        handed(stimulus, officer, 1_000_000)
        entry = spent(stimulus, head, 300_000)
        client.force_login(head)
        client.post(at("entry-reverse", entry.pk), {"once": str(uuid.uuid4()), "words": "Salah jumlah"})
        page = client.get(at("money", stimulus.pk)).text
        assert "dibatalkan" in page
        assert "Salah jumlah" in page
        assert MoneyEntry.objects.count() == 3

    def test_what_comes_back_is_noted_by_the_office(self, client, stimulus, head, officer):
        handed(stimulus, officer, 1_000_000)
        client.force_login(officer)
        back = {"once": str(uuid.uuid4()), "amount": "250.000"} | day("given_on", 2026, 11, 22)
        client.post(at("money-take-back", stimulus.pk), back)
        assert "Rp750.000" in client.get(at("money", stimulus.pk)).text

    def test_what_came_back_stands_in_the_table_of_the_programme(self, client, stimulus, officer):
        handed(stimulus, officer, 1_000_000)
        client.force_login(officer)
        back = {"once": str(uuid.uuid4()), "amount": "250.000"} | day("given_on", 2026, 11, 22)
        client.post(at("money-take-back", stimulus.pk), back)
        page = client.get(at("programme", stimulus.programme_id)).text
        assert '<th scope="col">Dikembalikan</th>' in page
        assert page.count('<td data-label="Dikembalikan">Rp250.000</td>') == 2

    @pytest.mark.parametrize("name", ["money-decide", "money-sign", "money-hand-over", "money-take-back"])
    def test_a_body_neither_decides_nor_hands_over(self, client, stimulus, head, name):
        client.force_login(head)
        assert client.get(at(name, stimulus.pk)).status_code == 403

    def test_out_of_reach_there_is_nothing(self, client, member, stimulus, stranger):
        client.force_login(stranger)
        addresses = [at("money", stimulus.pk), at("money-of", member.pk), at("money-spend", stimulus.pk)]
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]

    def test_who_decides_reads_the_whole_statement(self, client, member, stimulus, decider):
        client.force_login(decider)
        assert client.get(at("money-of", member.pk), follow=True).status_code == 200
