"""What pages ask about the papers of a body: the list, what of it runs out, and what waits because of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue.organisations.papers import PaperKind, paper_kind, paper_kinds
from simpul.organisations.models import Organisation, Paper, Requirement
from simpul.organisations.queries.bodies import may_see_address
from simpul.organisations.queries.papers_days import Nearness, kind_of, nearness, words_of
from simpul.organisations.queries.papers_running import Running, What, counts, of_organisation
from simpul.organisations.queries.papers_words import kind_title, title_of
from simpul.organisations.queries.registration_rules import said
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import RunStage

_FEW = 5
# From the first sending until the certificate is there: what an office may look at at any moment.
_RUNNING = (
    RunStage.SUBMITTED,
    RunStage.DESK_CHECK,
    RunStage.RETURNED,
    RunStage.FIELD_VISIT,
    RunStage.DECISION,
    RunStage.APPROVED,
)


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper as the list shows it."""

    row: Paper
    title: str
    kind_title: str
    near: Nearness

    @property
    def words(self) -> str:
        return words_of(self.near)

    @property
    def tag(self) -> str:
        return kind_of(self.near)


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a body: those that count now, and those that were destroyed or replaced by a newer one."""

    standing: tuple[PaperShown, ...]
    older: tuple[PaperShown, ...]


@dataclass(frozen=True, slots=True)
class PapersPanel:
    """What the page of a body says of its papers."""

    href: str
    number: int
    running: tuple[Running, ...]
    more: int


def panel(organisation: Organisation, user: User, on: date) -> PapersPanel | None:
    """What the page of an organisation shows of its papers; None where this person may not see them."""
    if not is_within_reach(organisation, user, Permission.ORGANISATION_INSIDE):
        return None
    running = nameless(of_organisation(organisation, on), user)
    return PapersPanel(
        href=reverse("organisations:papers", args=[organisation.pk]),
        number=Paper.objects.filter(organisation=organisation, replaced_by=None, removed_at=None).count(),
        running=running[:_FEW],
        more=max(len(running) - _FEW, 0),
    )


def nameless(found: Iterable[Running], user: User) -> tuple[Running, ...]:
    """Of a place that this user may not know neither who works there, who could be followed, nor what stands on
    its papers, which mostly name the village."""
    return tuple(one if may_see_address(one.organisation, user) else _nameless(one) for one in found)


def _nameless(one: Running) -> Running:
    if one.what is What.CERTIFICATES:
        return one
    title = str(one.what.label) if one.what is What.PAPERS else one.title
    return replace(one, title=title, detail=_("Dirahasiakan"))


def without_place(papers: Papers) -> Papers:
    """The papers of a secret place by their kinds: who gave one is mostly the office of its village."""
    return Papers(*(tuple(_kind_only(one) for one in rows) for rows in (papers.standing, papers.older)))


def _kind_only(one: PaperShown) -> PaperShown:
    # Shown, never saved.
    one.row.title = one.row.number = one.row.issuer = ""
    return replace(one, title=one.kind_title)


def hand_of(organisation: Organisation, user: User) -> Permission | None:
    """By which right this user writes here: as the body itself, as the office, or not at all.

    The body's own right first: who holds both keeps the record of their own body, and checks it not themselves.
    """
    for permission in (Permission.ORGANISATION_EDIT, Permission.ORGANISATION_VERIFY):
        if is_within_reach(organisation, user, permission):
            return permission
    return None


def papers_of(organisation: Organisation, on: date) -> Papers:
    """All papers of a body in the order of the catalogue's kinds; within a kind the newest first."""
    rows = Paper.objects.filter(organisation=organisation).order_by("-issued_on", "-at", "pk")
    order = {kind.code: number for number, kind in enumerate(paper_kinds())}
    told = sorted(
        (PaperShown(row, title_of(row), kind_title(row.kind), nearness(row.valid_to, on)) for row in rows),
        key=lambda one: order.get(one.row.kind, len(order)),
    )
    return Papers(
        standing=tuple(one for one in told if _stands(one.row)),
        older=tuple(one for one in told if not _stands(one.row)),
    )


def _stands(row: Paper) -> bool:
    return row.replaced_by_id is None and row.removed_at is None


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind as it can be chosen; `standing` is the paper that a new one would take the place of, if any."""

    kind: PaperKind
    title: str
    about: str
    standing: Paper | None


def kind_choices(organisation: Organisation) -> tuple[KindChoice, ...]:
    """The kinds of papers that can be added."""
    rows = Paper.objects.filter(organisation=organisation, replaced_by=None, removed_at=None)
    standing = {row.kind: row for row in rows.order_by("at", "pk")}
    return tuple(
        KindChoice(
            kind, said(kind.title), said(kind.about), None if kind.is_several else standing.get(kind.code)
        )
        for kind in paper_kinds()
    )


def standing_of_kind(organisation: Organisation, code: str) -> Paper | None:
    """The newest paper of a kind that was neither replaced nor destroyed."""
    rows = Paper.objects.filter(organisation=organisation, kind=code, replaced_by=None, removed_at=None)
    found: Paper | None = rows.order_by("at", "pk").last()
    return found


def holds_people(code: str) -> bool:
    """Whether such a paper may hold data about people; one of an unknown kind may."""
    kind = paper_kind(code)
    return kind is None or kind.holds_people


def is_in_use(paper: Paper) -> bool:
    """Whether an office has this paper before it, or decided with it: then the body does not destroy it."""
    used = Requirement.objects.filter(paper=paper)
    return used.exclude(registration__stage__in=(RunStage.DRAFT, RunStage.WITHDRAWN)).exists()


def is_being_judged(paper: Paper) -> bool:
    """Whether a running application rests on this paper: then nobody destroys it."""
    return Requirement.objects.filter(paper=paper, registration__stage__in=_RUNNING).exists()


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """How many papers, certificates and terms run out, for who can mend it and who looks after it."""
    if not (user.can(Permission.ORGANISATION_EDIT) or user.can(Permission.ORGANISATION_VERIFY)):
        return ()
    if not user.can(Permission.ORGANISATION_INSIDE):
        return ()
    page = reverse("organisations:papers-running")
    return tuple(
        Waiting(_waiting_words(what, number), number, f"{page}?jenis={what.value}", over > 0)
        for what, (number, over) in counts(user, on).items()
        if number
    )


def _waiting_words(what: What, number: int) -> str:
    words = {
        What.PAPERS: ngettext(
            "%(number)s surat lembaga hampir atau sudah habis masa berlakunya",
            "%(number)s surat lembaga hampir atau sudah habis masa berlakunya",
            number,
        ),
        What.CERTIFICATES: ngettext(
            "%(number)s tanda daftar atau izin hampir atau sudah habis",
            "%(number)s tanda daftar atau izin hampir atau sudah habis",
            number,
        ),
        What.OFFICERS: ngettext(
            "%(number)s masa jabatan pengurus hampir atau sudah berakhir",
            "%(number)s masa jabatan pengurus hampir atau sudah berakhir",
            number,
        ),
        What.STAFF: ngettext(
            "%(number)s pegawai dengan sertifikat yang hampir atau sudah habis masa berlakunya",
            "%(number)s pegawai dengan sertifikat yang hampir atau sudah habis masa berlakunya",
            number,
        ),
    }
    return words[what] % {"number": number}
