"""One run as its page shows it: where it stands, whose turn it is, and the one next step for whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue import registration as catalogue
from simpul.organisations.models import FieldVisit, Registration
from simpul.organisations.queries.belonging import belongs_to
from simpul.organisations.queries.registration import grounds_of
from simpul.organisations.queries.registration_lines import MET, Line, is_foreign, lines_of
from simpul.organisations.queries.registration_office import Clock, clock_of, judged_office
from simpul.organisations.queries.registration_rules import called, is_own_office, said, sure
from simpul.organisations.queries.registration_steps import Move, desk_of, moves_of
from simpul.organisations.stages import RUN_ENDED, RunStage

_TAGS = {
    RunStage.APPROVED: "yes",
    RunStage.ISSUED: "yes",
    RunStage.REFUSED: "no",
    RunStage.WITHDRAWN: "no",
    RunStage.RETURNED: "act",
}
# The way of a run as it is drawn above the page.
WAY = (
    RunStage.DRAFT,
    RunStage.SUBMITTED,
    RunStage.DESK_CHECK,
    RunStage.FIELD_VISIT,
    RunStage.DECISION,
    RunStage.ISSUED,
)


@dataclass(frozen=True, slots=True)
class Hands:
    """What whoever looks may do with this run."""

    applies: bool
    checks: bool
    decides: bool
    was_at_desk: bool

    @property
    def is_office(self) -> bool:
        return self.checks or self.decides


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one next step: in words, and where it is done; without an address it is somebody else's turn."""

    words: str
    button: str = ""
    href: str = ""
    is_press: bool = False


@dataclass(frozen=True, slots=True)
class SchemeShown:
    """The list of requirements that the run follows, and what of it is not known."""

    title: str
    about: str
    missing: tuple[str, ...]
    source: str
    sure: str


@dataclass(frozen=True, slots=True)
class SeenOnTheSpot:
    """One line of the form of a field visit: `tag` is the kind of its mark."""

    title: str
    tag: str
    words: str


@dataclass(frozen=True, slots=True)
class VisitShown:
    """A field visit with every line of its form."""

    row: FieldVisit
    seen: tuple[SeenOnTheSpot, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """Everything that the page shows."""

    run: Registration
    office: str
    lines: tuple[Line, ...]
    clock: Clock
    steps: list[Move]
    visits: list[VisitShown]
    hands: Hands
    next: NextStep
    scheme: SchemeShown
    grounds: tuple[tuple[str, str], ...]
    way: list[str]
    way_now: int
    tag: str

    @property
    def to_mend(self) -> list[Line]:
        """What the desk found missing or wrong."""
        return [line for line in self.lines if line.is_to_mend]

    @property
    def exempt(self) -> list[Line]:
        """What the office added and does not ask of this body."""
        return [line for line in self.lines if line.is_exempt]

    @property
    def met(self) -> int:
        return sum(line.answer == MET for line in self.lines)

    @property
    def is_changed_since(self) -> bool:
        """Whether the body's record was changed after it was submitted."""
        told = self.run.told.get("organisation_version")
        return told is not None and told != self.run.organisation.version


def run_page(run: Registration, user: User, on: date) -> RunPage:
    """What the page of one run shows to this person on that day."""
    hands = hands_of(run, user)
    lines = lines_of(run, on)
    return RunPage(
        run=run,
        office=office_of(run, on),
        lines=lines,
        clock=clock_of(run, on),
        steps=moves_of(run, is_office=hands.is_office),
        visits=_visits_of(run),
        hands=hands,
        next=next_step(run, hands, lines),
        scheme=_scheme(run),
        grounds=grounds_of(run),
        way=[str(stage.label) for stage in WAY],
        way_now=_place_of(run.stage),
        tag=_TAGS.get(RunStage(run.stage), "open"),
    )


def _visits_of(run: Registration) -> list[VisitShown]:
    rows = FieldVisit.objects.filter(registration=run).prefetch_related("photos").order_by("on", "at")
    form = catalogue.visit_lines()
    return [
        VisitShown(row, tuple(_seen(said(line.title), row.answers.get(line.code)) for line in form))
        for row in rows
    ]


def _seen(title: str, answer: str | None) -> SeenOnTheSpot:
    tag, words = {
        "yes": ("yes", _("ya")),
        "no": ("act", _("tidak")),
        "unknown": ("open", _("belum pasti")),
    }.get(answer or "", ("", _("tidak diisi")))
    return SeenOnTheSpot(title, tag, words)


def hands_of(run: Registration, user: User) -> Hands:
    """By which rights this person stands before the run. Who belongs to the body is no office before it."""
    is_office = run.submitted_on is not None and not belongs_to([run.organisation_id], user)
    return Hands(
        applies=is_within_reach(run, user, Permission.REGISTRATION_APPLY),
        checks=is_office and _works_there(run, user, Permission.REGISTRATION_CHECK),
        decides=is_office and _works_there(run, user, Permission.REGISTRATION_DECIDE),
        was_at_desk=user.pk in desk_of(run),
    )


def _works_there(run: Registration, user: User, permission: Permission) -> bool:
    return is_own_office(run.region, user, permission) and is_within_reach(run, user, permission)


def office_of(run: Registration, on: date) -> str:
    """The name of the office; before it was submitted, of the one that would get it, or nothing."""
    if run.submitted_on is not None:
        return called([run.region])[run.region]
    office = judged_office(run.organisation, on)
    return called([office.region])[office.region] if office.is_known else ""


def next_step(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep:
    """The one next step for who has these hands."""
    found = _STEPS[RunStage(run.stage)](run, hands, lines)
    return found or NextStep(_whose_turn(run))


def _whose_turn(run: Registration) -> str:
    if run.stage in (RunStage.DRAFT, RunStage.RETURNED):
        return _("Menunggu lembaga melengkapi dan mengajukannya.")
    if run.stage in (RunStage.DECISION, RunStage.APPROVED):
        return _("Menunggu pejabat yang memutuskan.")
    if run.stage in RUN_ENDED:
        return ""
    return _("Menunggu petugas yang memeriksa berkas.")


def _address(name: str, run: Registration) -> str:
    return reverse(f"organisations:{name}", args=[run.pk])


def _applicants(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep | None:
    if not hands.applies:
        return None
    empty = [line for line in lines if not line.is_brought]
    unmended = [line for line in lines if line.is_to_mend]
    if waiting := unmended or empty:
        words = (
            _("Perbaiki yang ditandai petugas, satu per satu.")
            if unmended
            else _("Lengkapi persyaratan satu per satu. Boleh berhenti dan dilanjutkan nanti.")
        )
        href = reverse("organisations:registration-line", args=[run.pk, waiting[0].code])
        return NextStep(words, waiting[0].title, href)
    return NextStep(
        _("Semua baris sudah terisi. Periksa sekali lagi, lalu ajukan."),
        _("Ajukan"),
        _address("registration-submit", run),
    )


def _desk_begins(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep | None:
    if not hands.checks:
        return None
    return NextStep(
        _("Mulai memeriksa berkas. Yang memeriksa tidak dapat memutuskan permohonan yang sama."),
        _("Saya yang memeriksa"),
        _address("registration-take", run),
        is_press=True,
    )


def _desk_checks(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep | None:
    if not hands.checks:
        return None
    if all(line.answer for line in lines):
        return NextStep(
            _("Semua baris sudah diperiksa. Kembalikan, lihat ke lapangan, atau teruskan untuk diputuskan."),
            _("Lanjutkan"),
            _address("registration-move", run),
        )
    return NextStep(
        _("Periksa setiap baris: ada dan benar, belum ada, atau perlu diperbaiki."),
        _("Periksa berkas"),
        _address("registration-check", run),
    )


def _visits(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep | None:
    if not hands.checks:
        return None
    if FieldVisit.objects.filter(registration=run).exists():
        return NextStep(
            _("Kunjungan sudah dicatat. Teruskan untuk diputuskan, atau kembalikan."),
            _("Lanjutkan"),
            _address("registration-move", run),
        )
    return NextStep(
        _("Kunjungi lembaganya, lalu catat yang dilihat."),
        _("Catat kunjungan"),
        _address("registration-visit", run),
    )


def _decides(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep | None:
    if not hands.decides:
        return None
    if hands.was_at_desk:
        return NextStep(_("Anda yang memeriksa berkas ini, jadi pejabat lain yang memutuskannya."))
    return NextStep(
        _("Baca hasil pemeriksaan, lalu putuskan."), _("Putuskan"), _address("registration-decide", run)
    )


def _issues(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep | None:
    if not hands.decides:
        return None
    if hands.was_at_desk:
        return NextStep(
            _("Anda yang memeriksa berkas ini, jadi pejabat lain yang menerbitkan tanda daftarnya.")
        )
    return NextStep(
        _("Permohonan disetujui. Terbitkan tanda daftarnya."),
        _("Terbitkan"),
        _address("registration-issue", run),
    )


def _refused(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep | None:
    if not hands.applies:
        return None
    return NextStep(
        _("Perbaiki yang disebut di bawah, lalu mulai permohonan baru. Dokumen lama tetap dapat dipakai."),
        _("Mulai permohonan baru"),
        reverse("organisations:registrations", args=[run.organisation_id]),
    )


def _issued(run: Registration, hands: Hands, lines: tuple[Line, ...]) -> NextStep | None:
    if run.certificate_id is None:
        return None
    return NextStep(
        _("Tanda daftar sudah terbit."),
        _("Buka tanda daftar"),
        reverse("organisations:certificate", args=[run.certificate_id]),
    )


_STEPS: dict[RunStage, Callable[[Registration, Hands, tuple[Line, ...]], NextStep | None]] = {
    RunStage.DRAFT: _applicants,
    RunStage.RETURNED: _applicants,
    RunStage.SUBMITTED: _desk_begins,
    RunStage.DESK_CHECK: _desk_checks,
    RunStage.FIELD_VISIT: _visits,
    RunStage.DECISION: _decides,
    RunStage.APPROVED: _issues,
    RunStage.REFUSED: _refused,
    RunStage.WITHDRAWN: _refused,
    RunStage.ISSUED: _issued,
}


def _scheme(run: Registration) -> SchemeShown:
    scheme = catalogue.scheme(run.scheme)
    unknown = (scheme.missing, scheme.missing_foreign if is_foreign(run.organisation) else None)
    return SchemeShown(
        title=said(scheme.title),
        about=said(scheme.about),
        missing=tuple(said(text) for text in unknown if text),
        source=scheme.source,
        sure=sure(scheme.verified),
    )


def _place_of(stage: str) -> int:
    """Which step of the drawn way it stands at, counted from 1; beyond the last one when it is done."""
    if stage == RunStage.RETURNED:
        return WAY.index(RunStage.DRAFT) + 1
    if stage == RunStage.APPROVED:
        return WAY.index(RunStage.ISSUED) + 1
    if stage in (RunStage.REFUSED, RunStage.WITHDRAWN):
        return WAY.index(RunStage.DECISION) + 1
    if stage == RunStage.ISSUED:
        return len(WAY) + 1
    return WAY.index(RunStage(stage)) + 1
