"""The parts of a copy about what surrounds the work on cases: people, contacts, meetings, rights, what was told.

What others said and who they are is left out and counted; what supervisors note apart is no part of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from simpul.cases.models import (
    Agreement,
    Attachment,
    Concerned,
    ConcernedKind,
    Conference,
    Disclosure,
    Note,
    RightsGiven,
)
from simpul.cases.queries.team import title
from simpul.desk.queries.copy.copying import Copying, Row, Section, row
from simpul.desk.queries.copy.of_cases import case_of, cases_of, of_cases, section_of
from simpul.people.models import Capacity

# --- around ---


def wishes(copying: Copying) -> Section:
    """What the person wishes about who is told."""
    rows = [one for one in cases_of(copying) if one.wishes]
    told = (
        row(("number", _("Kasus"), one.number), ("wishes", _("Keinginan"), copying.words(one.wishes)))
        for one in rows
    )
    return Section("wishes", _("Keinginan tentang siapa yang diberi tahu"), tuple(told))


def concerned(copying: Copying) -> Section:
    """What they are to the person and what they may be told; neither their names nor how to reach them."""
    rows = of_cases(Concerned, copying)
    return section_of("concerned", _("Orang dan lembaga di sekitar"), rows, _concerned, copying)


def _concerned(one: Concerned, copying: Copying) -> Iterator[Row]:
    for private in (one.name, one.phone):
        copying.others(private)
    yield row(
        case_of(one),
        ("kind", _("Apa"), one.kind, one.get_kind_display()),
        ("relation", _("Hubungan"), copying.words(one.relation)),
        ("guardian", _("Wali"), one.is_guardian, _yes_no(one.is_guardian)),
        ("at_home", _("Serumah"), one.lives_with_client, _yes_no(one.lives_with_client)),
        ("tells", _("Boleh diberi tahu"), one.tells, one.get_tells_display()),
        ("told_what", _("Yang boleh disebut"), copying.words(one.told_what)),
        ("ended_on", _("Sampai"), one.ended_on),
    )


def _yes_no(value: bool) -> str:
    return _("ya") if value else _("tidak")


# --- contacts and meetings ---


def notes(copying: Copying) -> Section:
    """Every contact, without who else was there and what others said."""
    return section_of("notes", _("Catatan pertemuan"), of_cases(Note, copying, "on"), _note, copying)


def _note(one: Note, copying: Copying) -> Iterator[Row]:
    for private in (one.with_whom, one.third_party):
        copying.others(private)
    yield row(
        case_of(one),
        ("note", _("Catatan"), str(one.pk), one.get_kind_display()),
        ("kind", _("Jenis"), one.kind, one.get_kind_display()),
        ("on", _("Tanggal"), one.on),
        ("place", _("Tempat"), copying.words(one.place)),
        ("words", _("Yang terjadi"), copying.words(one.words)),
        ("next_step", _("Langkah berikutnya"), copying.words(one.next_step)),
        ("minutes", _("Lamanya, dalam menit"), one.minutes),
        ("corrects", _("Mengoreksi"), str(one.corrects_id) if one.corrects_id else None,
         _("catatan sebelumnya")),
        ("by", _("Petugas"), one.by_name),
    )  # fmt: skip


def conferences(copying: Copying) -> Section:
    """Meetings about the case: what was decided; not what each one said, nor their names."""
    rows = of_cases(Conference, copying, "on")
    return section_of("conferences", _("Rapat kasus"), rows, _conference, copying)


def _conference(one: Conference, copying: Copying) -> Iterator[Row]:
    copying.others(one.discussed)
    present = one.participants or []
    for entry in present:
        copying.others(entry.get("name"))
    professions = [title("professions", entry.get("profession", "")) for entry in present]
    yield row(
        case_of(one),
        ("on", _("Tanggal"), one.on),
        ("place", _("Tempat"), copying.words(one.place)),
        ("participants", _("Peserta"), [name for name in professions if name]),
        ("client_view", _("Pandangan orang itu sendiri"), copying.words(one.client_view)),
        ("decided", _("Yang diputuskan"), copying.words(one.decided)),
        ("by", _("Petugas"), one.by_name),
    )


# --- rights, what was told, attachments ---


def rights_given(copying: Copying) -> Section:
    """When rights and principles of service were explained."""
    rows = of_cases(RightsGiven, copying, "on")
    return section_of("rights", _("Hak yang dijelaskan"), rows, _rights, copying)


def _rights(one: RightsGiven, copying: Copying) -> Iterator[Row]:
    yield row(
        case_of(one),
        ("on", _("Tanggal"), one.on),
        ("text_version", _("Naskah"), one.text_version),
        ("how", _("Cara"), copying.words(one.how)),
    )


def agreements(copying: Copying) -> Section:
    """When the service agreement was made, by whom and how."""
    return section_of(
        "agreements", _("Kesepakatan layanan"), of_cases(Agreement, copying, "on"), _agreement, copying
    )


def _agreement(one: Agreement, copying: Copying) -> Iterator[Row]:
    is_own = one.capacity in (Capacity.SELF, Capacity.COMPANION)
    yield row(
        case_of(one),
        ("on", _("Tanggal"), one.on),
        ("capacity", _("Yang menyetujui"), one.get_capacity_display()),
        ("signer", _("Nama yang menyetujui"), one.signer if is_own else copying.others(one.signer)),
        ("mode", _("Cara menyetujui"), one.get_mode_display()),
        ("witness", _("Saksi"), copying.others(one.witness)),
        ("review_on", _("Dilihat lagi pada"), one.review_on),
        ("words", _("Yang disepakati di luar naskah"), copying.words(one.words)),
    )


def disclosures(copying: Copying) -> Section:
    """What was told to whom outside. A body is named; a person is somebody else."""
    rows = of_cases(Disclosure, copying, "on")
    return section_of("disclosures", _("Pemberitahuan kepada pihak luar"), rows, _disclosure, copying)


def _disclosure(one: Disclosure, copying: Copying) -> Iterator[Row]:
    is_somebody = one.concerned is not None and one.concerned.kind == ConcernedKind.PERSON
    to_whom = copying.others(one.to_whom) if is_somebody else copying.words(one.to_whom)
    yield row(
        case_of(one),
        ("on", _("Tanggal"), one.on),
        ("what", _("Apa"), copying.words(one.what)),
        ("to_whom", _("Kepada"), to_whom),
        ("basis", _("Atas dasar"), one.basis, one.get_basis_display()),
        ("because", _("Alasan"), copying.words(one.because)),
        ("by", _("Petugas"), one.by_name),
    )


def attachments(copying: Copying) -> Section:
    """The names of what is attached; the files themselves are opened in the case."""
    rows = [one for one in of_cases(Attachment, copying) if one.is_there]
    return section_of("attachments", _("Lampiran"), rows, _attachment, copying)


def _attachment(one: Attachment, copying: Copying) -> Iterator[Row]:
    yield row(
        case_of(one),
        ("title", _("Judul"), copying.words(one.title)),
        ("file_name", _("Nama berkas"), copying.words(one.file_name)),
        ("media_type", _("Jenis"), one.media_type),
        ("at", _("Pada"), one.at),
    )
