"""Two people of an office press at one moment: on PostgreSQL, in two threads."""

import time
import uuid
from contextlib import suppress
from functools import partial

import pytest
from django.db import connection

from simpul.access.refusal import Refusal
from simpul.organisations.actions import papers
from simpul.organisations.actions.registration import start
from simpul.organisations.actions.registration_checks import take_up
from simpul.organisations.actions.registration_decisions import approve, issue
from simpul.organisations.models import Certificate, Paper, Registration
from simpul.organisations.queries.papers import standing_of_kind
from simpul.organisations.queries.papers_told import Told
from simpul.organisations.stages import RunStage
from tests.access.test_pictures import jpeg
from tests.cases.test_two_workers import both_at_once
from tests.organisations.registering import (
    a_body,
    approved,
    at_decision,
    begun,
    fill,
    fresh,
    head_of,
    officer_at,
    registrar_at,
    sent,
    when,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time."),
]


def of_each(perform, run, people, **details):
    return [partial(perform, run, by=one, version=run.version, **when(), **details) for one in people]


class TestTwoAtOnce:
    def test_one_takes_the_file_up(self):
        body = a_body()
        run = sent(body, head_of(body))
        came = both_at_once(*of_each(take_up, run, (officer_at(), officer_at())))
        assert sum(isinstance(one, Refusal) for one in came) == 1
        assert fresh(run).version == run.version + 1

    def test_one_decides(self):
        body = a_body()
        run = at_decision(body, head_of(body), officer_at())
        came = both_at_once(*of_each(approve, run, (registrar_at(), registrar_at())))
        assert sum(isinstance(one, Refusal) for one in came) == 1
        assert fresh(run).stage == RunStage.APPROVED

    def test_two_certificates_get_two_numbers(self):
        bodies = [a_body(name=name) for name in ("LKS Satu", "LKS Dua")]
        runs = [approved(body, head_of(body), officer_at(), registrar_at()) for body in bodies]
        both_at_once(*[of_each(issue, run, (registrar_at(),), valid_to=None)[0] for run in runs])
        numbers = sorted(Certificate.objects.values_list("number", flat=True))
        assert [number[:3] for number in numbers] == ["001", "002"]

    def test_a_paper_in_an_application_and_one_in_the_register_leave_one_standing(
        self, settings, tmp_path, monkeypatch
    ):
        settings.MEDIA_ROOT = tmp_path / "attachments"
        monkeypatch.setattr(papers, "standing_of_kind", _looked_at_slowly)
        body = a_body()
        head = head_of(body)
        run = begun(body, head)
        both_at_once(
            lambda: fill(run, head, "R03", file=jpeg(), file_name="a.jpg", key=uuid.uuid4()),
            lambda: _added_or_refused(body, head),
        )
        assert Paper.objects.filter(organisation=body, kind="domicile", replaced_by=None).count() == 1

    def test_a_double_click_begins_one_application(self):
        body = a_body()
        head, key = head_of(body), uuid.uuid4()
        both_at_once(*[partial(start, body, by=head, key=key, kind="new", **when()) for _press in range(2)])
        assert Registration.objects.count() == 1


def _looked_at_slowly(*asked):
    found = standing_of_kind(*asked)
    time.sleep(1)
    return found


def _added_or_refused(body, head):
    with suppress(Refusal):
        papers.add_paper(body, by=head, key=uuid.uuid4(), kind="domicile", told=Told(number="12"), **when())
