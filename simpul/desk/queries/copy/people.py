"""The parts of a copy that people keep: register, home, consents, facts, requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue import wording
from simpul.desk.queries.copy.copying import Copying, Row, Section, is_another, row
from simpul.engines.rules import DateRange
from simpul.people.models import Consent, Fact, State
from simpul.people.queries import ground_words, is_hidden, others_at_home, requests_of
from simpul.places.queries import names_of


def register(copying: Copying) -> Section:
    """Who the register says it is."""
    one = copying.person
    place = names_of({one.region}).get(one.region) if one.region else None
    copying.others(one.mother_name_key)
    told = row(
        ("name", _("Nama"), one.name),
        ("called", _("Nama panggilan"), one.called),
        ("sex", _("Jenis kelamin"), one.sex, one.get_sex_display()),
        ("born", _("Lahir"), one.born),
        ("nik", "NIK", one.nik),
        (
            "nik_absent_because",
            _("Tidak ada NIK"),
            one.nik_absent_because,
            one.get_nik_absent_because_display(),
        ),
        ("phone", _("Telepon"), one.phone),
        ("region", _("Tempat tinggal"), one.region, f"{place.name}, {place.parents}" if place else ""),
        ("registered_at", _("Didata"), one.registered_at),
        ("limited_since", _("Pemakaian dibatasi sejak"), one.limited_since),
        ("limited_because", _("Alasan pembatasan atau pencabutannya"), copying.words(one.limited_because)),
        ("held_since", _("Ditahan dari penghapusan sejak"), one.held_since),
        ("held_because", _("Alasan penahanan atau pencabutannya"), copying.words(one.held_because)),
    )
    return Section("person", _("Data diri"), (told,))


def household(copying: Copying) -> Section:
    """The home; the others who live there are counted, not named."""
    home, one = copying.person.household, copying.person
    others = others_at_home(one)
    for other in others:
        copying.others(other.name)
    told = row(
        ("address", _("Alamat"), home.address),
        ("kk", _("Nomor KK"), home.kk),
        ("relation_to_head", _("Hubungan dengan kepala keluarga"), one.relation_to_head,
         one.get_relation_to_head_display()),
        ("members", _("Jumlah yang serumah"), len(others) + 1),
    )  # fmt: skip
    return Section("household", _("Rumah tangga"), (told,))


def consents(copying: Copying) -> Section:
    """What was agreed, in what capacity and how, and what was taken back."""
    rows = Consent.objects.filter(person=copying.person).order_by("given_at", "pk")
    return Section("consents", _("Persetujuan"), tuple(_consent(one, copying) for one in rows))


def _consent(one: Consent, copying: Copying) -> Row:
    given_by = copying.others(one.given_by) if is_another(one) else one.given_by
    copying.others(one.witness)
    return row(
        ("purpose", _("Untuk"), one.purpose, one.get_purpose_display()),
        ("basis", _("Atas dasar"), one.basis, one.get_basis_display()),
        ("because", _("Alasan"), copying.words(one.basis_because)),
        ("capacity", _("Siapa yang menyetujui"), one.capacity, one.get_capacity_display()),
        ("given_by", _("Nama"), given_by),
        ("mode", _("Cara"), one.mode, one.get_mode_display()),
        ("text_version", _("Naskah"), one.text_version),
        ("given_at", _("Diberikan"), one.given_at),
        ("recorded_by", _("Dicatat oleh"), one.recorded_by_name),
        ("withdrawn_at", _("Dicabut"), one.withdrawn_at),
        ("withdrawn_because", _("Alasan pencabutan"), copying.words(one.withdrawn_because)),
    )


def facts(copying: Copying) -> Section:
    """Everything that was ever said about the person and the home, the oldest first."""
    about = Q(person=copying.person) | Q(household=copying.person.household_id)
    rows = Fact.objects.filter(about).order_by("noted_at", "pk")
    return Section("facts", _("Jawaban dan keterangan"), tuple(_facts(rows, copying)))


def _facts(rows: Any, copying: Copying) -> Iterator[Row]:
    known, language = catalogue_facts.all_facts(), get_language() or "id"
    for one in rows:
        if is_hidden(one.name) and not copying.sees_all:
            copying.others(one.name)
            continue
        asked = known.get(one.name)
        yield row(
            ("fact", _("Pertanyaan"), one.name, asked.question.in_language(language) if asked else ""),
            ("state", _("Keadaan"), one.state, str(State(one.state).label)),
            ("value", _("Jawaban"), one.value, _answer(one, language)),
            ("source", _("Dari siapa"), one.source, one.get_source_display()),
            ("proof", _("Bukti"), one.proof, _proof(one.proof, language)),
            ("noted_at", _("Dicatat"), one.noted_at),
            ("noted_by", _("Dicatat oleh"), one.noted_by_name),
            ("valid_from", _("Berlaku sejak"), one.valid_from),
            ("valid_until", _("Berlaku sampai"), one.valid_until),
        )


def _answer(one: Fact, language: str) -> str:
    asked = catalogue_facts.all_facts().get(one.name)
    if asked is None or one.value is None:
        return ""
    if isinstance(one.value, dict):
        earliest, latest = (date.fromisoformat(one.value[end]) for end in ("earliest", "latest"))
        return wording.value(asked, DateRange(earliest, latest), language)
    is_day = asked.kind == "date" and isinstance(one.value, str)
    return wording.value(asked, date.fromisoformat(one.value) if is_day else one.value, language)


def _proof(proof: str, language: str) -> str:
    return catalogue_facts.proof_label(proof).in_language(language) if proof else ""


def requests(copying: Copying) -> Section:
    """What was asked about the data before, and answered."""
    return Section(
        "requests",
        _("Permintaan atas data"),
        tuple(
            row(
                ("kind", _("Apa yang diminta"), one.kind, one.get_kind_display()),
                ("capacity", _("Siapa yang meminta"), one.capacity, one.get_capacity_display()),
                ("asked_by", _("Nama"), copying.others(one.asked_by)),
                ("received_at", _("Diterima"), one.received_at),
                ("words", _("Permintaan"), copying.words(one.words)),
                ("state", _("Keadaan"), one.state, one.get_state_display()),
                ("ground", _("Dasar penolakan"), one.ground, ground_words(one.ground)),
                ("answer", _("Jawaban"), copying.words(one.answer)),
                ("answered_by", _("Dijawab oleh"), one.answered_by_name),
            )
            for one in requests_of(copying.person)
        ),
    )
