"""What can happen to a screening: the only writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.catalogue import editions
from simpul.people.actions import Emptying, record_fact
from simpul.people.models import Fact, Person
from simpul.screening.facts import Answered, engine_facts, frozen, is_askable
from simpul.screening.models import Decision, Screening
from simpul.screening.queries import (
    findings_of,
    has_basis,
    held_now,
    judged,
    may_be_asked_by,
    may_decide,
    newest_decisions,
    require_basis,
    unseen_by,
)
from simpul.screening.stages import ENDS_UNDECIDED, Ending, State, Urgency

_SHORTEST_REASON = 5


class AnsweredMeanwhile(Clash):
    """A colleague answered the same question after this page was opened. Nothing was overwritten."""

    def __init__(self, held: Answered) -> None:
        self.held = held
        self.what = self.theirs = self.mine = ""
        Refusal.__init__(
            self,
            _("%(who)s sudah menjawab pertanyaan ini. Jawaban Anda belum disimpan. Pilih mana yang benar.")
            % {"who": held.noted_by_name or _("Seorang rekan")},
        )


class ChangedMeanwhile(Clash):
    """Somebody judged or decided after this page was opened. The decision made on the old result is not kept."""

    def __init__(self, who: str) -> None:
        self.what = self.theirs = self.mine = ""
        Refusal.__init__(
            self,
            _(
                "%(who)s sudah mengubah penapisan ini. Keputusan Anda belum disimpan. Baca dulu hasil terbarunya."
            )
            % {"who": who or _("Seorang rekan")},
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the worker makes of one finding: "yes", "no" or "unknown", and why where the rule says otherwise."""

    decided: str
    because: str = ""


@action(Permission.SCREENING_START, tells=("edition",))
def start(person: Person, /, *, by: User, key: UUID, on: date, at: datetime, edition: str = "") -> Screening:
    """Begin screening a person, or go on with the one that is running.

    Raises ConsentNeeded without consent or another stated legal basis, Refusal for a list without rules.
    """
    _locked(person)
    running: Screening | None = Screening.objects.filter(person=person).running().first()
    if running is not None:
        return running
    repeated: Screening | None = Screening.objects.filter(pk=key, person=person).first()
    if repeated is not None:
        return repeated
    require_basis(person, on)
    chosen = _edition(edition or settings.SIMPUL_EDITION)
    begun: Screening = Screening.objects.create(
        pk=key,
        person=person,
        organisation=person.organisation,
        region=person.region,
        province=person.province,
        edition=chosen.code,
        edition_digest=chosen.digest,
        on=on,
        started_at=at,
        started_by=by.pk,
        started_by_name=str(by),
    )
    return begun


@action(Permission.SCREENING_ANSWER)
def answer(
    screening: Screening,
    /,
    *,
    by: User,
    name: str,
    state: str,
    on: date,
    at: datetime,
    value: Any = None,
    source: str = "self",
    proof: str = "",
    seen: str | None = None,
) -> Screening:
    """Keep one answer, at once. A changed answer is a newer one; the older stays in the history.

    `seen` is the `Answered.seen` of the answer that the page showed ("" for none); None skips the
    comparison. After the finish the result is judged again when somebody answers who may decide it; what
    others say is kept, and the result shows that it is overtaken. Raises AnsweredMeanwhile when a colleague
    was faster and said something else, Refusal for a value that cannot be.
    """
    current = _running(screening)
    _locked(current.person)
    require_basis(current.person, on)
    known = held_now(current, on)
    _require_askable(current, name, known, by=by, on=on)
    if name in unseen_by(current, known, by):
        # Said before anything is compared: whether it was the same would tell what the colleague heard.
        raise Refusal(
            _("Rekan Anda sudah menjawab pertanyaan ini. Bila Anda mendengar lain, sampaikan kepadanya.")
        )
    held = known.get(name)
    is_new = held is None or not _says(held, state, value)
    if held is not None and is_new and seen not in (None, held.seen) and not _said_by(current, name, by):
        raise AnsweredMeanwhile(held)
    if held is None or is_new or (held.source, held.proof) != (source, proof):
        record_fact(
            current.person,
            by=by,
            name=name,
            state=state,
            value=value,
            source=source,
            proof=proof,
            on=on,
            at=at,
            # A new key each time: a page that the browser brought back may be sent again with another answer,
            # and the same answer sent twice was found above, under the lock.
            key=uuid4(),
        )
    if current.finished_at and may_decide(current, by):
        return _freeze(current, by=by, on=on, at=at)
    return current


@action(Permission.SCREENING_ANSWER)
def finish(screening: Screening, /, *, by: User, on: date, at: datetime) -> Screening:
    """Judge and keep: facts, findings and the edition they were judged by. A second press changes nothing."""
    current = _running(screening)
    if current.finished_at:
        return current
    require_basis(current.person, on)
    return _freeze(current, by=by, on=on, at=at)


@action(Permission.SCREENING_DECIDE)
def judge_again(screening: Screening, /, *, by: User, on: date, at: datetime) -> Screening:
    """Judge the newest facts by today's text of the edition. Decisions made before must be made again.

    Only by who may decide: this voids a decision.
    """
    current = _running(screening)
    require_basis(current.person, on)
    return _freeze(current, by=by, on=on, at=at)


@action(Permission.SCREENING_DECIDE, tells=("urgency",))
def decide(
    screening: Screening,
    /,
    *,
    by: User,
    verdicts: Mapping[str, Verdict],
    urgency: str,
    on: date,
    at: datetime,
    version: int,
) -> Screening:
    """Confirm or override the findings, and say how soon somebody must act.

    A verdict that differs from what the rule suggests needs a reason. Every finding that fits needs a
    verdict; those that do not fit or are open stay as they are where nothing is said about them.
    Raises Clash when somebody judged or decided since the page was opened.
    """
    current = _running(screening)
    if current.finished_at is None:
        raise Refusal(_("Selesaikan penapisan dahulu, baru hasilnya diputuskan."))
    if _is_repeated(current, by, verdicts, urgency):
        return current
    _require_version(current, version)
    if urgency not in Urgency.values:
        raise Refusal(_("Pilih seberapa cepat orang ini perlu ditangani."))
    require_basis(current.person, on)
    suggested = {code: str(finding.answer) for code, finding in findings_of(current, on).items()}
    rows = [
        _decision(current, code, suggestion, verdicts.get(code), by=by, at=at)
        for code, suggestion in suggested.items()
    ]
    Decision.objects.bulk_create(rows)
    current.urgency, current.decided_at, current.decided_by_name = urgency, at, str(by)
    return _saved(current)


@action(Permission.SCREENING_DECIDE, tells=("ending",))
def end(screening: Screening, /, *, by: User, ending: str, because: str, on: date, at: datetime) -> Screening:
    """Record what came of it. `cases.actions.open_case` ends it as a case; other endings need a reason.

    Without consent or another basis it can still be ended, but nothing is judged any more.
    """
    current = _locked_screening(screening)
    if current.ending:
        if current.ending == ending:
            return current
        raise Refusal(
            _("Penapisan ini sudah diakhiri sebagai: %(ending)s.") % {"ending": current.get_ending_display()}
        )
    if ending not in Ending.values:
        raise Refusal(_("Pilih bagaimana penapisan ini berakhir."))
    if current.state is not State.DECIDED and ending not in ENDS_UNDECIDED:
        raise Refusal(_("Putuskan dahulu hasil penapisan ini, baru diakhiri."))
    if ending != Ending.CASE and len(because.strip()) < _SHORTEST_REASON:
        raise Refusal(_("Tulis alasannya, satu kalimat saja sudah cukup."))
    if current.finished_at is None and has_basis(current.person, on):
        _freeze(current, by=by, on=on, at=at)
    current.ending, current.ending_because = ending, because.strip() or None
    current.ended_at, current.ended_by_name = at, str(by)
    return _saved(current)


# --- what the actions share ---


def _locked(person: Person) -> None:
    """Two workers on one person follow one another from here to the end of the transaction."""
    Person.objects.select_for_update().get(pk=person.pk)


def _locked_screening(screening: Screening) -> Screening:
    locked: Screening = (
        Screening.objects.select_for_update(of=("self",)).select_related("person").get(pk=screening.pk)
    )
    return locked


def _running(screening: Screening) -> Screening:
    current = _locked_screening(screening)
    if not current.is_running:
        raise Refusal(
            _(
                "Penapisan ini sudah selesai dan tidak diubah lagi. Mulai penapisan baru bila keadaannya berubah."
            )
        )
    return current


def _require_askable(
    screening: Screening, name: str, held: Mapping[str, Answered], *, by: User, on: date
) -> None:
    if not may_be_asked_by(screening, name, by):
        raise Refusal(_("Pertanyaan ini sangat peka. Biarkan pekerja sosial yang menanyakannya."))
    if not is_askable(name, engine_facts(held), on):
        raise Refusal(
            _(
                "Pertanyaan ini tidak diajukan kepada orang ini. Periksa dahulu umurnya dan jawaban sebelumnya."
            )
        )


def _require_version(screening: Screening, version: int) -> None:
    if screening.version != version:
        raise ChangedMeanwhile(screening.decided_by_name or screening.finished_by_name)


def _edition(code: str) -> editions.Edition:
    try:
        edition = editions.get(code)
    except KeyError:
        raise Refusal(_("Daftar itu tidak dikenal. Pilih daftar lain.")) from None
    if not edition.is_judgeable:
        raise Refusal(
            _("Daftar itu hanya berisi nama, tanpa kriteria, sehingga tidak dapat dipakai menapis.")
        )
    return edition


def _says(held: Answered, state: str, value: Any) -> bool:
    return held.state == state and (state != "known" or held.value == value)


def _said_by(screening: Screening, name: str, by: User) -> bool:
    """Whether the newest answer is this worker's own: going back and correcting oneself is no clash."""
    about = Q(person=screening.person) | Q(household=screening.person.household_id)
    newest = Fact.objects.filter(about).named(name).order_by("-noted_at").first()
    return newest is not None and newest.noted_by == by.pk


def _freeze(screening: Screening, *, by: User, on: date, at: datetime) -> Screening:
    edition, held = editions.get(screening.edition), held_now(screening, on)
    findings = judged(engine_facts(held), edition, on)
    screening.on, screening.edition_digest = on, edition.digest
    screening.facts = frozen(held)
    screening.findings = {code: finding.to_json() for code, finding in findings.items()}
    screening.finished_at, screening.finished_by_name = at, str(by)
    # How urgent it was said to be stays until somebody says otherwise: an emergency does not wait its turn
    # because one more thing became known.
    screening.decided_at, screening.decided_by_name = None, ""
    return _saved(screening)


def _saved(screening: Screening) -> Screening:
    screening.version += 1
    screening.save()
    return screening


def _decision(
    screening: Screening, code: str, suggested: str, verdict: Verdict | None, *, by: User, at: datetime
) -> Decision:
    display = editions.get(screening.edition).type(code).display.in_language("id")
    if verdict is None:
        if suggested == "yes":
            raise Refusal(_("Tentukan dahulu: %(type)s.") % {"type": display})
        verdict = Verdict(suggested)
    because = verdict.because.strip()
    if verdict.decided not in {"yes", "no", "unknown"}:
        raise Refusal(_("Tentukan dahulu: %(type)s.") % {"type": display})
    if verdict.decided != suggested and len(because) < _SHORTEST_REASON:
        raise Refusal(
            _("Tulis alasan mengapa keputusan Anda berbeda dari saran aturan: %(type)s.") % {"type": display}
        )
    row = Decision(screening=screening, decided_by=by.pk, decided_by_name=str(by), decided_at=at)
    row.verdict = {"type": code, "suggested": suggested, "decided": verdict.decided, "because": because}
    return row


def _is_repeated(screening: Screening, by: User, verdicts: Mapping[str, Verdict], urgency: str) -> bool:
    """The same decisions by the same worker, sent twice."""
    if screening.decided_at is None or screening.urgency != urgency:
        return False
    newest = newest_decisions(screening)
    return all(
        code in newest
        and newest[code].decided_by == by.pk
        and newest[code].decided == verdict.decided
        and newest[code].because == verdict.because.strip()
        for code, verdict in verdicts.items()
    )


# What was asked, found and decided about somebody whose data are erased.
ERASER = Emptying(
    "screenings",
    lambda person: (
        Decision.objects.filter(screening__person=person),
        Screening.objects.filter(person=person),
    ),
)
