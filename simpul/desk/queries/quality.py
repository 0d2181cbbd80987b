"""Work lists of what is missing, old or unlikely: each one definition with its rows, why it matters, what to do."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from simpul.access.kept import key_of
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.desk.queries import quality_around as around
from simpul.desk.queries import quality_nightly as nightly
from simpul.desk.queries import quality_people as people
from simpul.desk.queries.quality_seen import Line, Scope, Seen

PAGE_LENGTH = 50
# What only a look at each row can tell is looked through so many rows at a time.
EXAMINED = 200
# Numbers of everybody are counted no oftener than this: a work list is not a clock.
KEPT_FOR = timedelta(minutes=10)
_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be mended. `rows` are the rows it is about; `lines` makes the lines of some of them.

    `among` are all of which these are a share. With `is_examined` the rows are only those that may be wrong: `lines` leaves out the ones that are not, and how
    many there are is told page by page, because nothing but opening each record would count them.
    """

    code: str
    title: Promise
    why: Promise
    do: Promise
    needs: Permission
    rows: Callable[[Seen], Any]
    lines: Callable[[Sequence[Any], Seen], list[Line]]
    is_examined: bool = False
    among: Callable[[Seen], Any] = people.everybody


BORN = "lahir"
CHECKS: tuple[Check, ...] = (
    Check(
        BORN,
        _("Tanggal lahir belum diketahui"),
        _("Tanpa umur banyak jenis kebutuhan tidak dapat ditentukan, misalnya anak atau lanjut usia."),
        _("Tanyakan tanggal lahir atau perkiraan umurnya. Perkiraan lebih baik daripada kosong."),
        Permission.PERSON_VIEW,
        people.unborn,
        people.lines,
    ),
    Check(
        "nik",
        _("NIK tidak biasa dan belum diperiksa"),
        _("NIK yang salah ketik membuat orang tidak ditemukan lagi atau tertukar."),
        _(
            "Cocokkan dengan KTP atau KK. Bila memang begitu tertulis, simpan saja: itu berarti sudah diperiksa."
        ),
        Permission.PERSON_VIEW,
        people.with_unseen_nik,
        people.odd_niks,
        is_examined=True,
    ),
    Check(
        "umur",
        _("Umur sangat tinggi"),
        _("Lebih sering salah ketik abad daripada benar."),
        _("Periksa tahun lahirnya."),
        Permission.PERSON_VIEW,
        people.very_old,
        people.lines,
    ),
    Check(
        "kepala-anak",
        _("Kepala keluarga masih anak"),
        _("Bisa salah catat; bila benar, anak ini menanggung keluarga dan perlu segera didampingi."),
        _("Tanyakan siapa kepala keluarganya. Bila benar anak ini, lakukan penapisan."),
        Permission.PERSON_VIEW,
        people.child_heads,
        people.lines,
    ),
    Check(
        "lahir-sesudah",
        _("Lahir sesudah didata"),
        _("Seseorang tidak bisa didata sebelum lahir: salah satu tanggalnya keliru."),
        _("Periksa tanggal lahirnya."),
        Permission.PERSON_VIEW,
        people.born_after,
        people.lines,
    ),
    Check(
        "tempat-lama",
        _("Desa memakai kode lama"),
        _("Orang dengan kode desa lama tidak terhitung pada desanya yang sekarang."),
        _("Pindahkan ke desa penggantinya."),
        Permission.PERSON_VIEW,
        people.in_old_places,
        people.lines_with_successor,
    ),
    Check(
        "tanpa-tempat",
        _("Desa tempat tinggal belum diketahui"),
        _("Orang ini tidak terhitung di wilayah mana pun, dan kantor wilayahnya tidak menjangkaunya."),
        _("Tanyakan di mana ia tinggal, lalu isi desanya."),
        Permission.PERSON_VIEW,
        people.placeless,
        people.lines_of_home,
    ),
    Check(
        "tanpa-kepala",
        _("Rumah tangga tanpa kepala keluarga"),
        _("Bantuan untuk keluarga diserahkan melalui kepala keluarga."),
        _("Tandai siapa kepala keluarganya."),
        Permission.PERSON_VIEW,
        people.headless,
        people.home_lines,
        among=people.every_home,
    ),
    Check(
        "dua-kepala",
        _("Rumah tangga dengan lebih dari satu kepala"),
        _("Mungkin dua keluarga di satu rumah, atau salah catat."),
        _("Tentukan satu kepala keluarga, atau pisahkan rumah tangganya."),
        Permission.PERSON_VIEW,
        people.many_headed,
        people.home_lines,
        among=people.every_home,
    ),
    Check(
        "keterangan-lama",
        _("Keterangan yang sudah lama"),
        _("Keterangan lama tidak lagi dipakai untuk menilai kebutuhan. Daftar ini menurut malam terakhir."),
        _("Tanyakan lagi melalui penapisan, mulai dari yang paling banyak."),
        Permission.SCREENING_VIEW,
        nightly.faded,
        nightly.faded_lines,
    ),
    Check(
        "bertentangan",
        _("Jawaban yang saling bertentangan"),
        _("Dua jawaban yang sulit benar bersamaan: salah satunya mungkin keliru. Menurut malam terakhir."),
        _("Cocokkan bersama orangnya melalui penapisan; di sana disebut jawaban mana yang bertentangan."),
        Permission.SCREENING_VIEW,
        nightly.unlikely,
        nightly.unlikely_lines,
    ),
    Check(
        "fakta-lama",
        _("Keterangan yang sudah lama, pada kasus berjalan"),
        _("Keterangan lama tidak lagi dipakai untuk menilai kebutuhan."),
        _("Tanyakan lagi saat bertemu, melalui penapisan."),
        Permission.CASE_VIEW,
        people.accompanied,
        people.faded,
        is_examined=True,
    ),
    Check(
        "kasus",
        _("Kasus tanpa petugas"),
        _("Tidak ada yang mendampingi: petugasnya sudah tidak bekerja di sini."),
        _("Serahkan kepada petugas lain."),
        Permission.CASE_VIEW,
        around.cases_alone,
        around.case_lines,
        among=around.running_cases,
    ),
    Check(
        "lembaga",
        _("Data lembaga lama tidak dipastikan"),
        _("Nomor telepon, pengurus, dan alamat lembaga berubah; yang lama menyesatkan rujukan."),
        _("Hubungi lembaganya dan mintalah memeriksa datanya."),
        Permission.ORGANISATION_VIEW,
        around.bodies_unconfirmed,
        around.body_lines,
        among=around.standing_bodies,
    ),
    Check(
        "layanan",
        _("Layanan lama tidak dipastikan"),
        _("Orang bisa datang ke layanan yang sudah tutup."),
        _("Mintalah pemiliknya menekan “Masih sesuai”."),
        Permission.SERVICE_EDIT,
        around.services_unconfirmed,
        around.service_lines,
        among=around.public_services,
    ),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A work list with how many rows are in it, of how many; no numbers where only a look at each row would tell."""

    check: Check
    number: int | None
    among: int = 0

    @property
    def share(self) -> float:
        """In percent."""
        return 100 * (self.number or 0) / self.among if self.among else 0.0


class Pages(Paginator):  # type: ignore[type-arg]
    """Pages of a work list whose length is kept for a while: a page asks for few rows, its length for all."""

    seen: Seen

    @cached_property
    def count(self) -> int:
        return number_of(self.object_list, self.seen)


def checks_of(viewer: User) -> tuple[Check, ...]:
    """The work lists that this person may open."""
    return tuple(check for check in CHECKS if viewer.can(check.needs))


def check_of(code: str, viewer: User) -> Check | None:
    """The work list of that code; None where there is none for this person."""
    return next((check for check in checks_of(viewer) if check.code == code), None)


def counted(seen: Seen) -> list[Counted]:
    """Every work list with its number, in the order in which they are best worked through."""
    return [counted_one(check, seen) for check in checks_of(seen.viewer)]


def counted_one(check: Check, seen: Seen) -> Counted:
    """One work list with its number and its share."""
    if check.is_examined:
        return Counted(check, None)
    return Counted(check, number_of(check.rows(seen), seen), number_of(check.among(seen), seen))


def pages_of(check: Check, seen: Seen) -> Pages:
    """The rows of a work list, to be cut into pages; `check.lines` makes lines of one."""
    found = Pages(check.rows(seen), PAGE_LENGTH)
    found.seen = seen
    return found


def examined(check: Check, seen: Seen, page: int) -> tuple[list[Line], int, bool]:
    """One page of rows looked at one by one: those that are wrong, how many were looked at, whether there are more."""
    start = EXAMINED * (page - 1)
    rows = list(check.rows(seen)[start : start + EXAMINED + 1])
    return check.lines(rows[:EXAMINED], seen), len(rows[:EXAMINED]), len(rows) > EXAMINED


def to_complete(viewer: User, *, on: date, at: datetime) -> int:
    """For the start page: how many people within reach have no birth date. The number of that work list."""
    if not (viewer.can(Permission.QUALITY_VIEW) and viewer.can(Permission.PERSON_VIEW)):
        return 0
    seen = Seen(viewer, Scope(), on, at)
    return number_of(people.unborn(seen), seen)


def out_of_reach(seen: Seen) -> int:
    """How many people no role reaches, as a number alone: for whoever looks after the register."""
    return number_of(people.out_of_reach(), seen)


_KEPT: dict[Hashable, tuple[datetime, int]] = {}


def number_of(rows: Any, seen: Seen) -> int:
    """How many rows, counted for the same reader no oftener than every ten minutes by this process."""
    if isinstance(rows, nightly.OfNight):
        return rows.count()
    key = (seen.viewer.pk, key_of(rows.order_by()))
    counted_at, number = _KEPT.get(key, (seen.at, -1))
    if number < 0 or not timedelta() <= seen.at - counted_at < KEPT_FOR:
        number = int(rows.order_by().count())
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = (seen.at, number)
    return number
