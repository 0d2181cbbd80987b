"""One office at work: something of everything that recaps count, told by chance but the same each time."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta

from simpul.access.reach import Where
from simpul.accreditation.models import Accreditation, Step
from simpul.cases.models import Case, Task
from simpul.organisations.models import (
    HelpReceived,
    Organisation,
    Paper,
    Registration,
    RegistrationStep,
    Staff,
)
from simpul.programmes.models import Evaluation, MoneyEntry, Stimulus
from simpul.recaps.actions import take_out
from simpul.recaps.facts import Asked
from simpul.referrals.models import Referral
from tests.access.factories import ORGANISATION, user_with
from tests.accreditation.factories import registered
from tests.cases.queries.random_cases import Chance
from tests.organisations.factories import organisation
from tests.organisations.sources_factories import source
from tests.people.factories import AT, data_request, person
from tests.places.factories import few_regions
from tests.population.factories import kept, register_of, row
from tests.programmes.making import a_member, a_programme

KARIMUN = "21.02"
SINCE, UNTIL = date(2026, 6, 1), date(2026, 11, 21)
TYPES = ("ABT", "AT", "LUT", "PD", "KBSP", "KAT")
VILLAGES = ("21.02.10.2003", "21.02.10.2004", "21.02.01.1001", "21.02")


def asked_of(code: str) -> Asked:
    """What each recap is asked for so that it has tables."""
    area = {"R1": "21.02.10", "R3": "21"}.get(code, KARIMUN)
    return Asked(since=SINCE, until=UNTIL, area=area)


class Office:
    """Makes everything when it is made. `somebody` is a person with cases, requests and findings."""

    def __init__(self) -> None:
        few_regions()
        self.chance = random.Random(7)
        self.officer = user_with("dinas_officer", region=KARIMUN)
        self.worker = user_with("caseworker", organisation=ORGANISATION)
        for fill in (self.people, self.cases, self.bodies, self.sources, self.money, self.protection):
            fill()

    def days_ago(self, most: int = 170) -> date:
        return UNTIL - timedelta(days=self.chance.randrange(most))

    def people(self) -> None:
        self.somebody = person(self.worker, name="Wati Rekaan", region=VILLAGES[0])
        draw = self.chance
        keys = [str(self.somebody.pk), *(str(uuid.UUID(int=number)) for number in range(1, 30))]
        homes = [str(self.somebody.household_id), *(str(uuid.UUID(int=number)) for number in range(100, 110))]
        for on in (SINCE - timedelta(days=1), UNTIL):
            rows = [
                row(
                    person=key,
                    household=draw.choice(homes[1:]) if key != keys[0] else homes[0],
                    region=draw.choice(VILLAGES) if key != keys[0] else VILLAGES[0],
                    sex=draw.choice(["L", "P", ""]),
                    age=draw.choice([None, 4, 15, 40, 70]),
                    gone=draw.choice(["", "", "", "died"]) if key != keys[0] else "",
                    confirmed=tuple(draw.sample(TYPES, draw.randrange(4))) if key != keys[0] else TYPES,
                )
                for key in keys
                if key == keys[0] or draw.random() < 0.8
            ]
            kept(register_of(rows, on=on, types=TYPES, digest=("a" if on == UNTIL else "b") * 64))

    def cases(self) -> None:
        for case in Chance(3, [self.worker, self.officer]).cases(20):
            if self.chance.random() < 0.5:
                Case.objects.filter(pk=case.pk).update(
                    spm_service="older_community", confidentiality="ordinary"
                )
            self.referral(case)
        Case.objects.filter(series="chance", number__endswith="1").update(
            organisation=None, person=self.somebody
        )
        Task.objects.filter(pk__in=Task.objects.values("pk")[:9]).update(kind="reassessment")

    def referral(self, case: Case) -> None:
        Referral.objects.create(
            number=f"R-{case.number}",
            case=case,
            person=case.person,
            line=uuid.uuid4(),
            sender_name="-",
            need_kind="food",
            urgency="normal",
            stage=self.chance.choice(["sent", "accepted", "declined", "withdrawn"]),
            stage_since=UNTIL,
            at=AT,
            sent_at=AT - timedelta(days=self.chance.randrange(250)),
        )

    def bodies(self) -> None:
        for number in range(8):
            body = organisation(
                name=f"LKS {number}",
                region=VILLAGES[number % 4],
                is_address_secret=number == 2,
                legal_status=("legal_entity", "no_legal_entity", "")[number % 3],
                confirmed_type=("A", "B", "", "D")[number % 4],
                kind=("lks", "lks", "lks", "dinas")[number % 4],
            )
            if number % 2:
                registered(body, until=UNTIL + timedelta(days=(20, 900)[number % 3 == 1]))
            Paper.objects.create(
                organisation=body, kind="domicile", valid_to=UNTIL + timedelta(days=9 * (number - 4)), at=AT
            )
            for place in range(number % 3):
                Staff.objects.create(
                    organisation=body,
                    name=f"Petugas {place}",
                    profession="social_worker",
                    certificates=[{}] * place,
                )
            self.applications(body, number)
        organisation(name="LKS tutup", region=KARIMUN, is_closed=True)

    def applications(self, body: Organisation, number: int) -> None:
        stage = ("submitted", "desk_check", "issued", "withdrawn")[number % 4]
        run = Registration.objects.create(
            organisation=body,
            kind="new",
            scheme="x",
            stage=stage,
            region=body.region,
            at=AT,
            due_on=self.days_ago(),
        )
        for place, name in enumerate((stage, "submitted")):
            RegistrationStep.objects.create(
                registration=run, stage=name, on=UNTIL - timedelta(days=5 * place + number), at=AT
            )
        name, grade = (("visit", ""), ("accredited", "A"), ("not_accredited", ""))[number % 3]
        accreditation = Accreditation.objects.create(
            organisation=body,
            scheme="kecil",
            stage=name,
            grade=grade,
            decided_on=self.days_ago() if number % 3 else None,
            at=AT,
        )
        Step.objects.create(accreditation=accreditation, stage=name, on=self.days_ago(), at=AT)

    def sources(self) -> None:
        for number, (kind, sex) in enumerate(
            [("PSM", "L"), ("PSM", "P"), ("TAGANA", ""), ("KT", ""), ("WKSBM", ""), ("PSM", "P")]
        ):
            held = source(
                self.officer, kind, name=f"Sumber {number}", is_another=True, region=VILLAGES[number % 4]
            )
            type(held).objects.filter(pk=held.pk).update(sex=sex, serves_since=date(2026, 1, 1))

    def money(self) -> None:
        programme, other = a_programme(), a_programme(title="Program lain")
        for number, body in enumerate(Organisation.objects.filter(is_closed=False).order_by("name")[:5]):
            stimulus = Stimulus.objects.create(
                programme=(programme, other)[number % 2],
                member=a_member((programme, other)[number % 2], body),
                state="signed",
                state_since=UNTIL,
                asked=5_000_000 + number,
                granted=4_000_000,
                account_due_on=UNTIL - timedelta(days=2 - number),
                at=AT,
            )
            MoneyEntry.objects.create(
                stimulus=stimulus,
                programme=stimulus.programme,
                member=stimulus.member,
                kind="instalment",
                amount=3_000_000 + number,
                on=UNTIL,
                at=AT,
            )
            HelpReceived.objects.create(
                organisation=body,
                received_on=self.days_ago(),
                what="Bantuan",
                form=("money", "goods")[number % 2],
                rupiah=1_000_000 + number,
                giver_kind=("region", "company")[number % 2],
                accounting=("open", "accepted")[number % 2],
                account_by=UNTIL - timedelta(days=1),
            )
        aspect = {
            "aspect": {"code": "legality", "title": "Legalitas", "lowest": 1, "highest": 5, "bands": []},
            "before": {"n": 30, "mean": 3.1},
            "after": {"n": 30, "mean": 3.4},
            "paired": {"pairs": 30, "difference": 0.3, "t": 2.5, "p": 0.02},
            "shift": {"standings": [{"code": "good", "title": "Baik", "before": 10, "after": 20, "before_percent": 33.3, "after_percent": 66.7}]},
        }  # fmt: skip
        result = {"instrument": ["gone", 1], "labels": {}, "evaluation": {"aspects": [aspect]}}
        Evaluation.objects.create(
            programme=programme, on=UNTIL, digest="x", at=AT, by_name="-", result=result
        )

    def protection(self) -> None:
        for number in range(3):
            made = data_request(self.somebody, self.officer, ("copy", "correct", "copy")[number])
            type(made).objects.filter(pk=made.pk).update(
                received_at=AT - timedelta(days=40 * number), due_at=AT - timedelta(days=9)
            )
        take_out(Where(region=KARIMUN), by=self.officer, recap="R2", form="csv", asked=KARIMUN)
        take_out(
            Where(ORGANISATION, KARIMUN),
            by=user_with("case_supervisor", organisation=ORGANISATION),
            recap="R2",
            form="csv",
            asked=KARIMUN,
        )
