"""Invented bodies on their way through an accreditation, each factory one step further."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone

from simpul.accreditation.actions import assignment, desk, run, self_assessment, visit
from simpul.accreditation.models import Accreditation, OwnScheme
from simpul.accreditation.queries.desk import Checked, checklist
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.typed import Looked, Signature, Told
from simpul.organisations.models import Certificate, Organisation
from tests.access.factories import user_with

REGION = "21.02"
SMALL = {
    "code": "kecil",
    "regulation": "Skema kecil kantor",
    "title": "Skema kecil",
    "valid_from": "2026-01-01",
    "wait_months": 6,
    "appeal_days": 14,
    "answer_days": 30,
    "watch_months": 12,
    "reminder_months": [12, 6, 3],
    "conditions": [{"code": "badan-hukum", "text": "Berbadan hukum", "rule": "legal_entity"}],
    "documents": [{"code": "surat", "text": "Surat permohonan"}],
    "standards": [
        {
            "code": "satu",
            "title": "Kelembagaan",
            "weight": 60,
            "items": [{"code": "1.1", "text": "Pengurus"}, {"code": "1.2", "text": "Keuangan"}],
        },
        {"code": "dua", "title": "Layanan", "weight": 40, "items": [{"code": "2.1", "text": "Asesmen"}]},
    ],
    "grades": [
        {"code": "A", "label": "A", "min_score": 86, "validity_months": 60},
        {"code": "B", "label": "B", "min_score": 60, "validity_months": 36},
    ],
}


def today():
    return timezone.localdate()


def now():
    return timezone.now()


def body(**details):
    kept = {"name": "LKS Tunas Bahari", "kind": "lks", "region": REGION, "province": "21", **details}
    return Organisation.objects.create(
        id=uuid.uuid4(), **{"legal_status": "legal_entity", "is_direct": True, **kept}
    )


def registered(organisation, *, until=None, **details):
    """A certificate of registration that holds from last year."""
    number = f"TD/{uuid.uuid4().hex[:8]}"
    return Certificate.objects.create(
        organisation=organisation,
        kind="registration",
        number=number,
        issuer="Dinas Sosial",
        issued_on=today() - timedelta(days=300),
        valid_to=until or today() + timedelta(days=300),
        code=uuid.uuid4().hex[:12],
        at=now(),
        by_name="Dinas",
        **details,
    )


def own_scheme(**changes):
    """The small scheme, entered by an office and in force."""
    words = {**SMALL, **changes}
    return OwnScheme.objects.create(
        code=words["code"],
        regulation=words["regulation"],
        source="naskah kantor",
        valid_from=date(2026, 1, 1),
        words=words,
        at=now(),
        by_name="Sekretariat",
    )


def people(organisation):
    """Everybody who takes part in one run, each with one role."""
    return SimpleNamespace(
        head=user_with("head_of_lks", organisation=organisation.pk, name="Bu Salmah"),
        registrar=user_with("registrar", region=REGION, name="Pak Yusman"),
        secretary=user_with("accreditation_secretary", region="21", name="Ibu Nirwana"),
        first=user_with("assessor", region="21", name="Asesor Satu"),
        second=user_with("assessor", region="21", name="Asesor Dua"),
        validator=user_with("accreditation_validator", region="21", name="Penyelia Rukiah"),
        member=user_with("plenary_member", region="21", name="Anggota Idris"),
    )


def begun():
    """A run that has just begun, with its people: `told.run`, `told.head`, …"""
    organisation = body()
    if not OwnScheme.objects.filter(code="kecil").exists():
        own_scheme()
    told = people(organisation)
    told.organisation = organisation
    told.run = run.start(organisation, by=told.head, key=uuid.uuid4(), on=today(), at=now(), scheme="kecil")
    return told


def fresh(told):
    told.run = Accreditation.objects.get(pk=told.run.pk)
    return told.run


def moved(told, perform, by, **details):
    """One action that moves the run, with its version, day and moment."""
    perform(fresh(told), by=by, version=told.run.version, on=today(), at=now(), **details)
    fresh(told)
    return told


def self_assessed(value=3):
    told = begun()
    answers = {item.code: Told(value, "tertulis") for item in scheme_of(told.run).items}
    self_assessment.assess(told.run, by=told.head, at=now(), answers=answers)
    return told


def asked():
    told = self_assessed()
    return moved(told, self_assessment.ask_recommendation, told.head)


def recommended():
    told = asked()
    return moved(told, self_assessment.recommend, told.registrar, number="460/12/DINSOS", signed_on=today())


def applied():
    told = recommended()
    return moved(told, desk.apply, told.head)


def checked():
    """Every line of the desk's checklist is met."""
    told = applied()
    lines = checklist(told.run, scheme_of(told.run))
    desk.check(
        told.run, by=told.secretary, at=now(), answers={line.code: Looked(Checked.MET) for line in lines}
    )
    return told


def accepted():
    told = checked()
    return moved(told, desk.accept, told.secretary)


def named(told, user, part="assessor"):
    return assignment.name(
        fresh(told),
        by=told.secretary,
        key=uuid.uuid4(),
        on=today(),
        at=now(),
        user=user.pk,
        part=part,
        since=today(),
    )


def assigned():
    """Two assessors are named and free of conflicts."""
    told = accepted()
    for user in (told.first, told.second):
        row = named(told, user)
        assignment.declare(row, by=user, on=today(), at=now(), has_conflict=False)
    return told


def visiting():
    told = assigned()
    return moved(told, assignment.begin_visit, told.secretary)


def scored(told, user, values):
    answers = {code: Told(value, "dilihat") for code, value in values.items()}
    return visit.score(fresh(told), by=user, at=now(), answers=answers)


def locked():
    """Both assessors have scored and locked."""
    told = visiting()
    for user, values in ((told.first, (4, 3, 3)), (told.second, (4, 2, 3))):
        scored(told, user, dict(zip(("1.1", "1.2", "2.1"), values, strict=True)))
        visit.lock(fresh(told), by=user, at=now())
    return told


def minuted(told):
    return visit.write_minutes(
        fresh(told),
        by=told.first,
        key=uuid.uuid4(),
        on=today(),
        at=now(),
        held_on=today(),
        met_with="Ketua dan bendahara",
        minutes="Ruang layanan bersih. Pembukuan ada.",
    )


def signature(name="Bu Salmah", **details):
    return Signature(name, "Ketua", details.pop("agrees", True), **details)


def signed():
    """Scores are locked and the minutes signed by both sides."""
    told = locked()
    told.visit = minuted(told)
    for user in (told.first, told.second):
        visit.sign_as_assessor(told.visit, by=user, version=1, at=now(), signature=signature(str(user)))
    visit.sign_as_body(told.visit, by=told.head, version=1, at=now(), signature=signature())
    return told


def handed_over():
    """With the second person."""
    told = signed()
    return moved(told, visit.finish, told.first)
