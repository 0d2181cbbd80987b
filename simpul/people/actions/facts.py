"""What people say: facts about them and their household."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.access.rows import KeyTaken
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.rules import DateRange, FactKind, Value
from simpul.people.actions.clash import EditClash, _differences
from simpul.people.actions.record import _set_born
from simpul.people.models import Fact, Person, Sex, Source, State
from simpul.people.queries import facts_on, require_not_limited, stored

# Nobody alive remembers a date before it.
EARLIEST_YEAR = 1900


class FactUnknown(Refusal):
    """The catalogue asks no such fact."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Pertanyaan “%(name)s” tidak ada lagi dalam katalog. Muat ulang halaman, lalu jawab lagi.")
            % {"name": name}
        )


class ValueWrong(Refusal):
    """The answer does not fit the question; the sentence says what would."""


class RegisterKnows(Refusal):
    """The register holds another birth date or sex, and this worker may not change it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Data orang ini sudah mencatat jawaban lain. Bila yang tercatat keliru, mintalah pekerja sosial mengubahnya di halaman orang ini."
            )
        )


@action(Permission.FACT_RECORD)
def record_fact(
    person: Person,
    /,
    *,
    by: User,
    name: str,
    state: str,
    value: Value | None = None,
    source: str = Source.SELF,
    on: date,
    at: datetime,
    key: UUID,
    proof: str = "",
    valid_until: date | None = None,
) -> Fact:
    """Keep what was said about a person or the household, as the catalogue asks it.

    The same said again adds nothing, while it holds. Birth and sex go into the register as well where it has
    none; what it has already is changed only by those who may edit it. Raises a Refusal with what would fit.
    """
    if found := Fact.objects.filter(pk=key).first():
        return _same_fact(found, person, name)
    require_not_limited(person)
    asked = catalogue_facts.all_facts().get(name)
    if asked is None or asked.derived:
        raise FactUnknown(name)
    if source not in Source.values or state not in State.values:
        raise ValueWrong(_("Pilih lagi dari siapa jawaban ini."))
    if proof and proof not in asked.proof:
        raise ValueWrong(_("Bukti itu tidak cocok untuk pertanyaan ini. Pilih lagi dari daftar."))
    kept = _checked(asked, value, on) if state == State.KNOWN else None
    if earlier := _said_already(person, asked, state, kept, source, proof, on):
        return earlier
    row = Fact(
        id=key,
        state=state,
        source=source,
        noted_at=at,
        noted_by=by.pk,
        noted_by_name=str(by),
        valid_from=on,
        valid_until=valid_until,
    )
    _place(row, person, asked)
    row.say(name, stored(kept), proof)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return _same_fact(Fact.objects.get(pk=key), person, name)
    if name in ("born", "sex"):
        _into_register(person, name, kept, by=by, on=on)
    return row


def _same_fact(found: Fact, person: Person, name: str) -> Fact:
    if found.name != name or (found.person_id != person.pk and found.household_id != person.household_id):
        raise KeyTaken
    return found


def _said_already(
    person: Person,
    asked: catalogue_facts.Fact,
    state: str,
    value: Value | None,
    source: str,
    proof: str,
    on: date,
) -> Fact | None:
    """The last row about this fact, where it says exactly the same and still holds."""
    about = (
        Fact.objects.filter(household=person.household_id)
        if _of_household(asked)
        else Fact.objects.filter(person=person)
    )
    last = about.named(asked.name).order_by("-noted_at", "-pk").first()
    if last is None or not Fact.objects.filter(pk=last.pk).valid_on(on).exists():
        return None
    says = (last.state, last.value, last.source, last.proof)
    if says != (state, stored(value), source, proof):
        return None
    # The register may have been changed since by hand; then the words are news again.
    held = facts_on(person, on).get(asked.name)
    is_news = held is None or held.is_faded or held.value != value
    return None if is_news else last


def _of_household(asked: catalogue_facts.Fact) -> bool:
    return asked.of == "household"


def _place(row: Fact, person: Person, asked: catalogue_facts.Fact) -> None:
    keeper = person.household if _of_household(asked) else person
    row.person, row.household = (None, person.household) if _of_household(asked) else (person, None)
    row.organisation, row.region = keeper.organisation, keeper.region


def _into_register(person: Person, name: str, value: Value | None, *, by: User, on: date) -> None:
    current: Person = Person.objects.select_for_update().get(pk=person.pk)
    held = current.born if name == "born" else current.sex
    if value is None or value == held:
        return
    if not held:
        _put(current, name, value, on)
    elif is_within_reach(current, by, Permission.PERSON_EDIT):
        _correct(current, by=by, fact=name, value=value, on=on, version=person.version)
    else:
        raise RegisterKnows
    # The caller's row must not go on with what it held before.
    person.refresh_from_db()


@action(Permission.PERSON_EDIT)
def _correct(person: Person, /, *, by: User, fact: str, value: Value, on: date, version: int) -> None:
    """Another birth date or sex than the register holds: a change of the register, and recorded as one."""
    if person.version != version:
        raise EditClash(person, _differences(person, {fact: value}))
    _put(person, fact, value, on)


def _put(person: Person, name: str, value: Value, on: date) -> None:
    if name == "born" and isinstance(value, date | DateRange):
        _set_born(person, value, on)
    elif value in Sex.values:
        person.sex = str(value)
    # Whoever looked at the NIK looked at it beside another birth date or sex.
    person.nik_confirmed = False
    person.version += 1
    person.save()


def _checked(asked: catalogue_facts.Fact, value: Value | None, on: date) -> Value:
    """The value, if it is one the question can have. Raises ValueWrong."""
    if value is None:
        raise ValueWrong(_("Pilih atau isi jawabannya, atau pilih “Tidak tahu”."))
    check = {
        FactKind.BOOL: _checked_bool,
        FactKind.NUMBER: _checked_number,
        FactKind.CHOICE: _checked_choice,
        FactKind.DATE: _checked_date,
    }[asked.kind]
    return check(asked, value, on)


def _checked_bool(asked: catalogue_facts.Fact, value: Value, on: date) -> Value:
    if not isinstance(value, bool):
        raise ValueWrong(_("Jawab pertanyaan ini dengan ya atau tidak."))
    return value


def _checked_number(asked: catalogue_facts.Fact, value: Value, on: date) -> Value:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueWrong(_("Isi dengan angka bulat, tanpa koma."))
    least, most = asked.minimum, asked.maximum
    if least is not None and value < least:
        raise ValueWrong(_("Angka paling kecil untuk pertanyaan ini %(bound)s.") % {"bound": least})
    if most is not None and value > most:
        raise ValueWrong(
            _("Angka paling besar untuk pertanyaan ini %(bound)s. Periksa jumlah nolnya.") % {"bound": most}
        )
    return value


def _checked_choice(asked: catalogue_facts.Fact, value: Value, on: date) -> Value:
    if value not in asked.spec.choices:
        labels = ", ".join(choice.label.in_language(get_language() or "id") for choice in asked.choices)
        raise ValueWrong(_("Pilih salah satu: %(choices)s.") % {"choices": labels})
    return value


def _checked_date(asked: catalogue_facts.Fact, value: Value, on: date) -> Value:
    if isinstance(value, datetime) or not isinstance(value, date | DateRange):
        raise ValueWrong(_("Isi dengan tanggal, bulan dan tahun."))
    if asked.name == "born":
        _set_born(Person(), value, on)
    elif _last(value) > on:
        raise ValueWrong(_("Tanggal itu belum terjadi. Periksa tahunnya."))
    elif _first(value).year < EARLIEST_YEAR:
        raise ValueWrong(_("Tahun itu terlalu lama berlalu. Periksa tahunnya."))
    return value


def _first(value: date | DateRange) -> date:
    return value.earliest if isinstance(value, DateRange) else value


def _last(value: date | DateRange) -> date:
    return value.latest if isinstance(value, DateRange) else value
