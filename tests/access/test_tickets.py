from datetime import UTC, datetime, timedelta

import pytest

from simpul.access.tickets import CODE_LENGTH, CODE_LETTERS, FASTEST, LONGEST_OPEN, Ticket, TicketForm

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class OfComplaints(Ticket):
    purpose = "complaints"


class OfRequests(Ticket):
    purpose = "requests"


class Form(TicketForm):
    tickets = OfRequests
    too_fast = "Terlalu cepat."


def typed(*, age=timedelta(minutes=1), **changed):
    return {"ticket": OfRequests.issued(AT - age).sealed(), "website": "", **changed}


class TestTicket:
    def test_comes_back_as_it_was_issued(self):
        ticket = OfRequests.issued(AT)
        assert OfRequests.read(ticket.sealed()) == ticket

    def test_holds_a_code_without_signs_that_look_alike(self):
        ticket = OfRequests.issued(AT)
        assert len(ticket.code) == CODE_LENGTH
        assert set(ticket.code) <= set(CODE_LETTERS)
        assert ticket.code_shown.replace("-", "") == ticket.code

    def test_tells_its_code_to_nobody_who_reads_the_page_source(self):
        ticket = OfRequests.issued(AT)
        assert ticket.code not in ticket.sealed()

    @pytest.mark.parametrize(
        "typed", ["", "x", "é", "AAAA" * 40], ids=["empty", "letter", "accent", "forged"]
    )
    def test_reads_nothing_that_is_not_ours(self, typed):
        assert OfRequests.read(typed) is None

    def test_of_another_kind_of_page_opens_nothing(self):
        assert OfRequests.read(OfComplaints.issued(AT).sealed()) is None


class TestTicketForm:
    def test_takes_what_a_person_sends(self):
        assert Form(typed(), at=AT).is_valid()

    @pytest.mark.parametrize(
        "changed",
        [
            {"age": FASTEST / 2},
            {"age": LONGEST_OPEN * 2},
            {"website": "http://spam"},
            {"ticket": OfComplaints.issued(AT - FASTEST * 5).sealed},
        ],
        ids=["too fast", "too old", "honeypot", "another page's"],
    )
    def test_refuses_what_a_machine_sends(self, changed):
        told = {key: value() if callable(value) else value for key, value in changed.items()}
        assert not Form(typed(**told), at=AT).is_valid()

    def test_gives_a_page_that_was_open_too_long_a_new_ticket(self):
        form = Form(typed(age=LONGEST_OPEN * 2), at=AT)
        assert form.page_ticket.opened_at == AT
