"""A programme whose participants answered both tests, made as rows: how they came in is not what a test is about."""

import uuid
from dataclasses import dataclass

from simpul.catalogue.instruments import get
from simpul.commands.demo.answers import invented
from simpul.instruments.models import AnswerSheet
from simpul.programmes.models import Participant
from tests.organisations.factories import organisation
from tests.programmes.making import AT, TODAY, a_member, a_programme

INSTRUMENT = get("organisation-capacity")
# What all thirty of the paper scored together, before and after.
KARIMUN = {
    "legality": {"pre": 279, "post": 312},
    "facilities": {"pre": 277, "post": 372},
    "board": {"pre": 99, "post": 177},
    "management": {"pre": 1040, "post": 1378},
    "organisation": {"pre": 281, "post": 467},
    "method": {"pre": 97, "post": 194},
    "programme": {"pre": 320, "post": 440},
    "stimulus": {"pre": 389, "post": 485},
}


@dataclass
class Made:
    """A programme with its bodies and the participants of each."""

    programme: object
    members: list
    people: list


def karimun(**details):
    """Thirty people in five bodies, with the sums of the paper."""
    programme = measured(**details)
    members = [a_member(programme, organisation(name=f"LKS {name}")) for name in ("A", "B", "C", "D", "E")]
    people = [a_participant(members[number // 6], number) for number in range(30)]
    answers = invented(INSTRUMENT.scheme().domains, KARIMUN, bodies=5, in_each=6, seed=7)
    for wave, given in answers.items():
        AnswerSheet.objects.bulk_create(
            a_sheet(one, wave, told) for one, told in zip(people, given, strict=True)
        )
    return Made(programme, members, people)


def measured(**details):
    kept = {
        "instrument": INSTRUMENT.code,
        "instrument_version": INSTRUMENT.version,
        "instrument_digest": INSTRUMENT.digest,
        **details,
    }
    return a_programme(**kept)


def a_participant(member, number, **details):
    row = Participant(
        programme=member.programme,
        member=member,
        code=f"P{number + 1:02}",
        since=TODAY,
        at=AT,
        by_name="Bu Ratna",
        **details,
    )
    row.name = f"Peserta Rahasia {number}"
    row.save()
    return row


def a_sheet(participant, wave, answers, **details):
    kept = {
        "region": "21.02",
        "instrument": INSTRUMENT.code,
        "instrument_version": INSTRUMENT.version,
        "digest": INSTRUMENT.digest,
        "purpose": "learning",
        "series": participant.programme_id,
        "wave": wave,
        "participant": participant.pk,
        "about": participant.member.organisation_id,
        "on": TODAY,
        "by": uuid.uuid4(),
        "by_name": "Bu Ratna",
        "begun_at": AT,
        "locked_at": AT,
        **details,
    }
    row = AnswerSheet(**kept)
    row.answers = answers
    return row


def take_away(made, wave, *numbers):
    """These people did not take that test."""
    keys = [made.people[number].pk for number in numbers]
    AnswerSheet.objects.filter(wave=wave, participant__in=keys).delete()
