"""The papers of the beginning: intake form, consent, service agreement."""

from __future__ import annotations

from django.utils.translation import gettext as _

from simpul.cases.models import Agreement, Concerned, Goal, GoalState, PlanStep, RightsGiven, StageMove
from simpul.cases.queries.case import needs_of
from simpul.cases.queries.papers.consent_text import consent_text
from simpul.cases.queries.papers.filling import Filling, day, identity, lines_of, said
from simpul.cases.queries.papers.shapes import (
    Block,
    Field,
    Section,
    Signature,
    Signatures,
    Table,
    Words,
    boxes,
    section,
)
from simpul.cases.queries.plans import kind_name, plan_of
from simpul.cases.stages import Kind, ReferredBy, Stage
from simpul.catalogue import casework
from simpul.people.models import Capacity, Consent, Mode, Purpose
from simpul.people.queries import consent_for
from simpul.screening.queries import PURPOSE
from simpul.screening.stages import Urgency


def intake(filling: Filling) -> tuple[Section, ...]:
    """Who came, by which way, with what, how urgent it is, and what was decided."""
    case = filling.case
    needs = needs_of(case, all_seen=filling.is_told) if case else ()
    rights = RightsGiven.objects.filter(case=case).order_by("-on").first() if case else None
    urgency = {case.urgency} if case else set()
    return (
        section(
            _("Siapa"),
            boxes(_("Klien"), Kind.choices, {case.kind} if case else ()),
            *identity(filling),
        ),
        section(
            _("Bagaimana datang"),
            Field(_("Tanggal"), day(case.opened_on) if case else ""),
            *_referral(filling),
        ),
        section(
            _("Masalah dan kebutuhan"),
            Field(_("Dengan kata-kata klien"), filling.words(case, "summary"), lines=5),
            boxes(_("Seberapa mendesak"), Urgency.choices, urgency),
            Field(_("Bahaya yang perlu segera ditangani"), filling.words(case, "risk"), lines=2),
            Field(_("Jenis PPKS"), lines_of(said(need.display) for need in needs), lines=2),
        ),
        section(_("Keputusan"), *_eligibility(filling), _rights_given(rights.on if rights else None)),
        section(_("Tanda tangan"), filling.signatures()),
    )


def _referral(filling: Filling) -> tuple[Block, ...]:
    """Who reported somebody may come to harm by it: only where the paper stays inside."""
    case = filling.case
    by_another = case is not None and case.referred_by not in ("", ReferredBy.SELF)
    ticked = {case.referred_by} if case and (filling.is_inside or not by_another) else ()
    words = (case.referral_words if case else "") or ""
    return (
        boxes(_("Datang melalui"), ReferredBy.choices, ticked),
        Field(_("Siapa yang merujuk atau melapor"), filling.others(words or ("-" if by_another else ""))),
    )


_ANSWERED = {Stage.REFERRED_OUT: "referred", Stage.NOT_ELIGIBLE: "other_first"}


def _eligibility(filling: Filling) -> tuple[Block, ...]:
    """Nobody is turned away: who does not fit here needs another service first, and is brought there."""
    case = filling.case
    choices = (
        ("accepted", _("Didampingi lembaga ini")),
        ("referred", _("Dirujuk ke lembaga lain")),
        ("other_first", _("Perlu layanan lain dahulu, dengan rujukan")),
    )
    undecided = case is None or case.stage in (Stage.OUTREACH, Stage.PRESCREENING)
    ticked = () if case is None or undecided else (_ANSWERED.get(Stage(case.stage), "accepted"),)
    move = (
        StageMove.objects.filter(case=case, stage_to__in=_ANSWERED).order_by("-at").first() if case else None
    )
    return (
        boxes(_("Keputusan"), choices, ticked),
        Field(_("Alasan, dan ke mana dirujuk"), filling.words(move, "because"), lines=2),
    )


def _rights_given(on: object) -> Field:
    return Field(_("Hak dan prinsip pelayanan dijelaskan pada"), day(on))


def consent(filling: Filling) -> tuple[Section, ...]:
    """The text that was agreed to, or the one in force, and who agreed how. One paper for each purpose."""
    person = filling.person
    given: Consent | None = consent_for(person, PURPOSE, filling.on) if person else None
    version, text = consent_text(person.name if person else "", given.text_version if given else "")
    agreed_by_another = given is not None and given.capacity != Capacity.SELF
    signs = "" if given is None else person.name if person and not agreed_by_another else given.given_by or ""
    return (
        section(_("Yang disetujui"), *text),
        section(
            _("Persetujuan"),
            boxes(_("Untuk"), Purpose.choices, {given.purpose} if given else ()),
            boxes(_("Yang menyetujui"), Capacity.choices, {given.capacity} if given else ()),
            Field(_("Nama yang menyetujui"), signs),
            boxes(_("Cara memberi persetujuan"), Mode.choices, {given.mode} if given else ()),
            Field(_("Dasar lain, bila bukan persetujuan"), _other_basis(given)),
            Field(_("Lembaga lain yang boleh menerima data, bila dirujuk"), lines=2),
            Field(_("Tanggal"), day(given.given_on) if given else ""),
            Field(_("Naskah versi"), version),
        ),
        section(
            _("Tanda tangan"),
            Signatures(
                (
                    Signature(_("Yang menyetujui"), signs),
                    Signature(_("Saksi"), filling.others(given.witness) if given and given.witness else ""),
                    Signature(_("Petugas"), given.recorded_by_name if given else ""),
                )
            ),
        ),
    )


def _other_basis(given: Consent | None) -> str:
    if given is None:
        return ""
    return "-" if given.capacity else given.get_basis_display()


def agreement(filling: Filling) -> tuple[Section, ...]:
    """What both sides promise: aims, services, duration, duties, confidentiality, and how it ends."""
    case = filling.case
    goals = Goal.objects.filter(case=case, state=GoalState.ACTIVE).order_by("number") if case else ()
    aims = [(str(goal.number), filling.words(goal, "words"), day(goal.target_on)) for goal in goals]
    made = Agreement.objects.filter(case=case).order_by("-on", "-at").first() if case else None
    guardian = Concerned.objects.filter(case=case, is_guardian=True, ended_on=None).exists() if case else True
    roles = [_("Wali atau orang tua")] if guardian else []
    return (
        section(
            _("Yang ingin dicapai"),
            filling.table("", ("No.", _("Tujuan"), _("Sasaran")), aims, widths=(1, 8, 3), empty=3),
        ),
        section(_("Layanan yang disepakati"), _services(filling)),
        section(
            _("Lamanya"),
            Field(_("Mulai"), day(case.opened_on) if case else ""),
            Field(_("Sampai, atau dilihat lagi pada"), day(made.review_on) if made else ""),
            Field(_("Sudah disepakati pada"), f"{day(made.on)} ({made.get_mode_display()})")
            if made
            else None,
        ),
        section(_("Kewajiban lembaga dan petugas"), Words(_their_duties(), is_list=True)),
        section(_("Yang kami harapkan dari Anda"), Words(_your_part(), is_list=True)),
        section(_("Kerahasiaan dan batasnya"), Words(_confidentiality())),
        section(_("Bagaimana pendampingan berakhir"), Words(_how_it_ends(), is_list=True)),
        section(_("Tanda tangan"), filling.signatures(*roles)),
    )


def _services(filling: Filling) -> Table:
    plan = plan_of(filling.case) if filling.case else None
    steps = PlanStep.objects.filter(plan=plan).order_by("order") if plan else ()
    rows = [
        (
            kind_name(step.service_kind),
            filling.words(step, "action"),
            filling.words(step, "provider"),
            day(step.due_on),
        )
        for step in steps
    ]
    head = (_("Layanan"), _("Yang dikerjakan"), _("Penyedia"), _("Tanggal"))
    return filling.table("", head, rows, widths=(3, 5, 3, 3), empty=5)


def _their_duties() -> tuple[str, ...]:
    principles = (f"{said(one.title)}: {said(one.about)}" for one in casework.service_principles())
    return (_("Datang sesuai janji, dan memberi tahu bila berhalangan."), *principles)


def _your_part() -> tuple[str, ...]:
    return (
        _("Memberi tahu bila tidak bisa datang, pindah, atau ganti nomor telepon."),
        _("Mengatakan terus terang bila ada yang tidak cocok atau memberatkan."),
        _("Menjalankan bagian yang kita sepakati, sejauh Anda mampu."),
    )


def _confidentiality() -> tuple[str, ...]:
    return (
        _("Yang Anda ceritakan disimpan sebagai rahasia. Yang membacanya hanya petugas yang berwenang."),
        _(
            "Pihak lain diberi tahu hanya dengan izin Anda, kecuali bila nyawa atau keselamatan seseorang terancam, atau undang-undang mewajibkannya. Sedapat mungkin Anda kami beri tahu lebih dahulu."
        ),
    )


def _how_it_ends() -> tuple[str, ...]:
    return (
        _("Bila tujuan tercapai, atau kebutuhan sudah dipenuhi di tempat lain."),
        _("Bila Anda minta berhenti: kapan saja, tanpa harus memberi alasan."),
        _("Bila Anda pindah atau dirujuk; kami membantu peralihannya."),
        _("Pengakhiran dibicarakan bersama lebih dahulu, dan sesudahnya kami masih menjenguk."),
    )
