"""Opening a case, saying what kind it is, and beginning a new episode of one that ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import KeyTaken
from simpul.cases.models import Case, CaseMember, ContactKind, Note, NumberSeries, StageMove
from simpul.cases.queries.case import case_of, require_open, sees_all
from simpul.cases.queries.description import (
    LONGEST_NOTE,
    LONGEST_SUMMARY,
    SHORTEST_REASON,
    Description,
)
from simpul.cases.queries.locks import locked_case, locked_person
from simpul.cases.queries.stages import later_of
from simpul.cases.queries.team import home_of, profession_of
from simpul.cases.stages import ENDED, Confidentiality, Stage
from simpul.people.models import Person
from simpul.people.queries import require_not_limited
from simpul.places.models import REGENCY_SIGNS
from simpul.screening.actions import end
from simpul.screening.models import Screening
from simpul.screening.queries import confirmed_types, require_basis
from simpul.screening.stages import Ending, State, Urgency

# From a screening a case begins with the first talk; without one, also with finding the person.
BEGINNINGS = (Stage.OUTREACH, Stage.INTAKE)
PERSON_ALONE = Description()
# What is learnt about somebody, and needs a legal basis; taking it away needs none.
_LEARNT = ("referral_words", "risk", "summary")


@action(Permission.CASE_OPEN, tells=("urgency",))
def open_case(
    subject: Screening | Person,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    summary: str,
    urgency: str = "",
    described: Description = PERSON_ALONE,
    confidentiality: str = Confidentiality.ORDINARY,
    stage: str = Stage.INTAKE,
) -> Case:
    """Open a case from a decided screening, or for a person who needs help before any screening.

    A screening has at most one case: pressing twice gives the same. The confirmed types, and the
    urgency unless another is given, come from the screening. The case of a family is that of the person's
    household. Raises ConsentNeeded without consent or another stated legal basis.
    """
    screening: Screening | None = None
    if isinstance(subject, Screening):
        screening = _locked_screening(subject)
        person = screening.person
    else:
        person = locked_person(subject)
    if repeated := Case.objects.filter(pk=key).first():
        return _same_subject(repeated, subject)
    needs: list[str] = []
    if screening:
        if existing := case_of(screening, by):
            return existing
        _require_decided(screening)
        needs = list(confirmed_types(screening))
        urgency = urgency or screening.urgency
        end(screening, by=by, ending=Ending.CASE, because="", on=on, at=at)
    require_basis(person, on)
    case = _new_case(person, by=by, key=key, on=on, at=at)
    case.screening, case.need_types = screening, needs
    case.summary, case.urgency = _summary(summary), _known(urgency, Urgency.values, _URGENCY)
    case.stage = _known(stage, (Stage.INTAKE,) if screening else BEGINNINGS, _BEGINNING)
    case.confidentiality = _known(confidentiality, Confidentiality.values, _LEVEL)
    described.put_on(case)
    return _opened(case, by=by)


@action(Permission.CASE_MOVE)
def describe(
    case: Case, /, *, by: User, version: int, on: date, at: datetime, described: Description
) -> Case:
    """Say anew what kind of case it is: who the client is, how it came, by which model it is worked, how it counts.

    The sentence about the client and the urgency may be said anew too; what they were stands among the notes.
    The same words sent twice change nothing. Raises Clash when the case was changed since the page was opened,
    ConsentNeeded for what is learnt about the person without a legal basis.
    """
    current = locked_case(case)
    before = Description.of(current)
    wanted = described.tidy().upon(before)
    wanted.require_fitting()
    if current.version == version + 1 and before == wanted:
        return current
    if current.version != version:
        is_told = sees_all(current, by)
        raise Clash(_("Keterangan kasus ini"), before.told(is_told=is_told), wanted.told(is_told=is_told))
    require_open(current)
    require_not_limited(current.person_id)
    learnt = (getattr(wanted, name) not in ("", getattr(before, name)) for name in _LEARNT)
    if any(learnt):
        require_basis(current.person, on)
    wanted.put_on(current)
    current.version = version + 1
    current.save(
        update_fields=[
            "kind", "household", "group_name_sealed", "working_model", "setting", "spm_service", "version",
            "referred_by", "referral_words_sealed", "risk_sealed", "summary_sealed", "urgency",
        ]
    )  # fmt: skip
    _note_what_was(current, before, wanted, by=by, on=on, at=at)
    return current


def _note_what_was(
    case: Case, before: Description, now: Description, *, by: User, on: date, at: datetime
) -> None:
    """What stood at the head of the case before is not lost."""
    said = []
    if now.urgency != before.urgency:
        said.append(
            _("Urgensi menjadi “%(now)s”, sebelumnya “%(before)s”.")
            % {"now": _urgency_words(now.urgency), "before": _urgency_words(before.urgency)}
        )
    if now.summary != before.summary:
        said.append(_("Kalimat di atas kasus diubah, sebelumnya: “%(before)s”") % {"before": before.summary})
    if not said:
        return
    note = Note(pk=uuid5(case.pk, f"described {case.version}"), case=case, kind=ContactKind.NOTE)
    note.at, note.by, note.by_name, note.on = at, by.pk, str(by), on
    note.words = " ".join(said)
    note.save(force_insert=True)


def _urgency_words(urgency: str) -> str:
    return str(Urgency(urgency).label).partition(":")[0]


@action(Permission.CASE_OPEN, tells=("urgency",))
def reopen(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    because: str,
    summary: str = "",
    urgency: str = "",
) -> Case:
    """Begin a new episode for the same client; the one before stays as it is, and each shows the other.

    Possible once the episode ended, and during its follow-up. The manager stays the same as long as that
    person still works there; otherwise it is who reopens. An episode is followed by one: a second call gives
    the one that is there. Raises ConsentNeeded without a legal basis.
    """
    earlier = locked_case(case)
    if existing := later_of(earlier, by):
        return existing
    if earlier.later.exists():  # one that they may not see
        raise Refusal(_("Episode baru tidak dapat dibuka dari sini. Bicarakan dengan supervisor Anda."))
    if earlier.stage not in ENDED | {Stage.FOLLOW_UP}:
        raise Refusal(_("Kasus ini masih berjalan; lanjutkan di sini. Episode baru dibuka setelah berakhir."))
    reason = _reason(because)
    require_basis(earlier.person, on)
    new = _new_case(earlier.person, by=by, key=key, on=on, at=at)
    new.earlier, new.episode, new.need_types = earlier, earlier.episode + 1, earlier.need_types
    new.summary = _summary(summary or earlier.summary or "")
    new.urgency = _known(urgency or earlier.urgency, Urgency.values, _URGENCY)
    new.confidentiality = earlier.confidentiality
    Description.of(earlier).of_a_new_episode().put_on(new)
    new.household = earlier.household
    if _still_works(earlier):
        new.worker, new.worker_name = earlier.worker, earlier.worker_name
    return _opened(new, by=by, because=reason)


# --- what all of them share ---

_URGENCY, _BEGINNING, _LEVEL = "urgency", "beginning", "level"


def _known(value: str, values: Any, what: str) -> str:
    """A value that is one of those; a refusal in words otherwise."""
    if value in values:
        return value
    raise Refusal(
        {
            _URGENCY: _("Pilih seberapa cepat orang ini perlu ditangani."),
            _BEGINNING: _("Pilih dari mana kasus ini dimulai."),
            _LEVEL: _("Pilih siapa yang boleh melihat kasus ini."),
        }[what]
    )


def _locked_screening(screening: Screening) -> Screening:
    rows = Screening.objects.select_for_update(of=("self",)).select_related("person")
    found: Screening = rows.get(pk=screening.pk)
    return found


def _new_case(person: Person, *, by: User, key: UUID, on: date, at: datetime) -> Case:
    """A case that is not yet written, kept where the person is kept."""
    return Case(
        pk=key,
        series=str(person.organisation or person.region[:REGENCY_SIGNS]),
        person=person,
        organisation=person.organisation,
        region=person.region,
        province=person.province,
        opened_at=at,
        opened_on=on,
        stage_since=on,
        worker=by.pk,
        worker_name=str(by),
    )


def _opened(case: Case, *, by: User, because: str = "") -> Case:
    """Number the case and write it, its first move and its manager."""
    case.number = _next_number(case.series, case.opened_on.year)
    case.save(force_insert=True)
    begun = StageMove(case=case, stage_from="", stage_to=case.stage, at=case.opened_at)
    begun.by, begun.by_name, begun.because = by.pk, str(by), because or None
    begun.save(force_insert=True)
    manager = User.objects.get(pk=case.worker)
    CaseMember.objects.create(
        case=case,
        at=case.opened_at,
        by=by.pk,
        by_name=str(by),
        user=case.worker,
        name=case.worker_name,
        # Through where they come from, which is not always who keeps the case: sight of it hangs on this.
        organisation=home_of(manager, case),
        profession=profession_of(manager),
        is_manager=True,
        since=case.opened_on,
    )
    return case


def _still_works(case: Case) -> bool:
    manager = User.objects.filter(pk=case.worker, is_active=True).first()
    return manager is not None and is_within_reach(case, manager, Permission.CASE_MOVE)


def _reason(because: str) -> str:
    reason = " ".join(because.split())
    if len(reason) < SHORTEST_REASON:
        raise Refusal(_("Tulis mengapa orang ini perlu didampingi lagi, satu kalimat saja sudah cukup."))
    return fitting(reason, _("Alasan"), LONGEST_NOTE)


def _same_subject(case: Case, subject: Screening | Person) -> Case:
    is_same = (
        case.screening_id == subject.pk if isinstance(subject, Screening) else case.person_id == subject.pk
    )
    if not is_same:
        raise KeyTaken
    return case


def _require_decided(screening: Screening) -> None:
    if screening.state is State.ENDED:
        raise Refusal(
            _("Penapisan ini sudah diakhiri sebagai: %(ending)s.")
            % {"ending": screening.get_ending_display()}
        )
    if screening.state is not State.DECIDED:
        raise Refusal(_("Putuskan dahulu hasil penapisan ini, baru buka kasusnya."))


def _summary(text: str) -> str:
    sentence = " ".join(text.split())
    if not sentence:
        raise Refusal(_("Tulis satu kalimat tentang orang ini dan apa yang diharapkannya."))
    if len(sentence) > LONGEST_SUMMARY:
        raise Refusal(
            _("Kalimat itu terlalu panjang. Paling banyak %(most)s huruf; sisanya nanti di catatan.")
            % {"most": LONGEST_SUMMARY}
        )
    return sentence


def _next_number(series: str, year: int) -> str:
    """The next free number of this keeper and year. The row stays locked until the case is written."""
    NumberSeries.objects.get_or_create(series=series, year=year)
    numbers = NumberSeries.objects.select_for_update().get(series=series, year=year)
    numbers.last += 1
    numbers.save(update_fields=["last"])
    return f"{year}-{numbers.last:03}"
