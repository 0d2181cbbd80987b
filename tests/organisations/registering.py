"""An invented body on its way through registration, and the people who have a hand in it."""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import count

from simpul.organisations.actions.registration import bring, start, submit
from simpul.organisations.actions.registration_checks import (
    check_lines,
    pass_to_decision,
    record_visit,
    return_run,
    send_to_visit,
    take_up,
)
from simpul.organisations.actions.registration_decisions import approve, issue, refuse
from simpul.organisations.models import Registration, ServedArea
from simpul.organisations.queries.registration_lines import asked_now, line_row, seen_of
from tests.access.factories import user_with
from tests.organisations.factories import organisation

TODAY = date(2026, 11, 4)  # a Wednesday without holidays near
KARIMUN, NATUNA, RIAU_ISLANDS = "21.02", "21.03", "21"
_moments = count(1)


def when(on=TODAY):
    """The day, and a moment later than all before."""
    return {"on": on, "at": datetime(2026, 11, 4, 1, tzinfo=UTC) + timedelta(seconds=next(_moments))}


def a_body(*, areas=("21.02.01", "21.02.02"), **details):
    body = organisation(**{"legal_status": "legal_entity", "need_types": ["ABT"], **details})
    for code in areas:
        ServedArea.objects.create(organisation=body, code=code)
    return body


def head_of(body):
    return user_with("head_of_lks", organisation=body.pk, name="Bu Salmah")


def officer_at(region=KARIMUN):
    return user_with("dinas_officer", region=region, name="Ibu Farida")


def registrar_at(region=KARIMUN):
    return user_with("registrar", region=region, name="Pak Rahman")


def begun(body, head, kind="new", **details):
    return start(body, by=head, key=uuid.uuid4(), kind=kind, **{**when(), **details})


def fill(run, head, code, words="Sudah ada di kantor", **details):
    seen = seen_of(line_row(run, code))
    return bring(run, by=head, code=code, seen=seen, words=words, **when(), **details)


def filled(run, head):
    for demand in asked_now(fresh(run), TODAY):
        fill(run, head, demand.code)
    return fresh(run)


def fresh(run):
    return Registration.objects.select_related("organisation").get(pk=run.pk)


def sent(body, head, on=TODAY):
    run = filled(begun(body, head), head)
    return submit(run, by=head, version=run.version, **when(on))


def checked(run, officer, answers=None, on=TODAY):
    """The whole checklist met, but for what `answers` say."""
    found = {line["code"]: ("met", "") for line in run.told.get("lines", ())} | (answers or {})
    return check_lines(run, by=officer, version=fresh(run).version, found=found, **when(on))


def act(perform, run, by, on=TODAY, **details):
    return perform(fresh(run), by=by, version=fresh(run).version, **when(on), **details)


def visited(run, officer, **details):
    told = {"day": TODAY, "who": "Ibu Farida", "answers": {"address": "yes"}, "key": uuid.uuid4(), **details}
    return record_visit(run, by=officer, **when(), **told)


def at_desk(body, head, officer):
    return checked(act(take_up, sent(body, head), officer), officer)


def at_decision(body, head, officer):
    return act(pass_to_decision, at_desk(body, head, officer), officer)


def at_visit(body, head, officer):
    return act(send_to_visit, at_desk(body, head, officer), officer)


def given_back(body, head, officer, on=TODAY):
    run = act(take_up, sent(body, head), officer)
    checked(run, officer, {"R03": ("wrong", "Surat domisili sudah habis masa berlakunya.")})
    return act(return_run, run, officer, on)


def refused(body, head, officer, registrar):
    run = at_decision(body, head, officer)
    return act(refuse, run, registrar, grounds=["no_activity"], because="Belum ada kegiatan yang berjalan.")


def approved(body, head, officer, registrar):
    return act(approve, at_decision(body, head, officer), registrar)


def certified(body, head, officer, registrar, valid_to=date(2029, 11, 3), on=TODAY, **details):
    run = approved(body, head, officer, registrar)
    return act(issue, run, registrar, on, valid_to=valid_to, **details)
