"""The plenary votes and decides: the grade that the scores give, or another one with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.models import Accreditation, Decision, Recommendation, Vote
from simpul.accreditation.queries.plenary import (
    LONGEST_RECOMMENDATION,
    LONGEST_WORDS,
    MOST_RECOMMENDATIONS,
    Decided,
    Voting,
    barred,
    decision_that_holds,
    left_to_recheck,
    voting_of,
)
from simpul.accreditation.queries.run import is_repeated, locked, require_version
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.sent import sent_before
from simpul.accreditation.queries.shown import grade_label
from simpul.accreditation.queries.validation import finding_of, item_rows, values_of
from simpul.accreditation.stages import Round, Stage
from simpul.catalogue.accreditation.deciding import deciding
from simpul.engines.days import months_later
from simpul.engines.reasons import Answer, Finding
from simpul.organisations.actions.certificates import NewCertificate
from simpul.organisations.models import Certificate
from simpul.organisations.stages import CertificateKind, CertificateState


class NotIndependent(Refusal):
    """Somebody who had a hand in it may not decide. Says why."""


class NotDecidable(Refusal):
    """There is nothing to vote on, or not enough votes yet. Says what is missing."""


@action(Permission.ACCREDITATION_DECIDE)
def vote(
    accreditation: Accreditation, /, *, by: User, key: UUID, agrees: bool, at: datetime, words: str = ""
) -> Vote:
    """One member's vote: agrees with the grade that the scores give, or not, with a reason. Each has one.

    Sent twice it is one vote. Raises NotIndependent, NotDecidable, Refusal.
    """
    current = locked(accreditation)
    if found := sent_before(Vote, key, current, user=by.pk):
        return found
    voting = _voting(current, by)
    if voting.of(by) is not None:
        raise Refusal(_("Suara Anda sudah dicatat."))
    said = fitting(words, _("Alasan"), LONGEST_WORDS, is_needed=not agrees)
    made: Vote = Vote.objects.create(
        id=key,
        accreditation=current,
        round=voting.round,
        sitting=voting.sitting,
        user=by.pk,
        agrees=agrees,
        words=said,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    return made


@action(Permission.ACCREDITATION_DECIDE)
def return_to_validation(
    accreditation: Accreditation, /, *, by: User, version: int, on: date, at: datetime, words: str
) -> Accreditation:
    """Scores have to be looked at again before it can be decided. Votes of this sitting stay with it."""
    current = locked(accreditation)
    if is_repeated(current, Stage.VALIDATION, by=by, version=version):
        return current
    require_version(current, version, Stage.VALIDATION)
    _require_independent(current, by)
    if current.stage != Stage.PLENARY:
        raise NotDecidable(_("Akreditasi ini tidak sedang di pleno."))
    said = fitting(words, _("Alasan"), LONGEST_WORDS, is_needed=True)
    return Moving(current, by, on, at).to(Stage.VALIDATION, words=said)


@action(Permission.ACCREDITATION_DECIDE)
def decide(
    accreditation: Accreditation, /, *, by: User, key: UUID, decided: Decided, on: date, at: datetime
) -> Decision:
    """The plenary's decision, as most members voted. Sent twice it is decided once.

    Raises NotIndependent, NotDecidable without quorum or with a tie, Refusal where the grade is not as voted or a
    reason is missing.
    """
    current = locked(accreditation)
    if found := sent_before(Decision, key, current):
        return found
    if current.stage != Stage.PLENARY:
        raise NotDecidable(_("Akreditasi ini tidak sedang di pleno."))
    return Deciding(current, decided, key).make(by=by, on=on, at=at)


def _require_independent(accreditation: Accreditation, by: User) -> None:
    voting = voting_of(accreditation)
    if why := barred(accreditation, by, voting.round if voting else Round.PLENARY):
        raise NotIndependent(_("%(why)s Karena itu anggota lain yang memutuskan.") % {"why": why})


def _voting(accreditation: Accreditation, by: User) -> Voting:
    """The vote under way, for somebody who may take part. A grade that is not known is not voted on.

    Neither is an appeal before the scores were looked at again: who voted earlier would agree with another grade.
    """
    voting = voting_of(accreditation)
    if voting is None:
        raise NotDecidable(_("Akreditasi ini tidak sedang diputuskan."))
    _require_independent(accreditation, by)
    if left := left_to_recheck(accreditation):
        raise NotDecidable(
            ngettext(
                "Pemeriksaan ulang belum selesai: masih %(count)s butir. Sesudah itu pleno memberi suara.",
                "Pemeriksaan ulang belum selesai: masih %(count)s butir. Sesudah itu pleno memberi suara.",
                left,
            )
            % {"count": left}
        )
    if finding_of(accreditation).answer is Answer.UNKNOWN:
        raise NotDecidable(
            _(
                "Peringkatnya belum dapat ditentukan: ada butir yang belum diketahui dan masih menentukan. Kembalikan ke validasi."
            )
        )
    return voting


@dataclass(frozen=True, slots=True)
class Deciding:
    """Making one decision of either round. To be used inside an action only."""

    accreditation: Accreditation
    decided: Decided
    key: UUID

    def make(self, *, by: User, on: date, at: datetime) -> Decision:
        """The decision with all it rests on, its recommendations, the certificate, and the stage that follows."""
        voting = _voting(self.accreditation, by)
        _require_voted(voting, by)
        finding = finding_of(self.accreditation)
        because = self._because(voting, finding)
        earlier = decision_that_holds(self.accreditation)
        made: Decision = Decision.objects.create(
            id=self.key,
            accreditation=self.accreditation,
            round=voting.round,
            on=on,
            suggested=str(finding.answer),
            grade=self.decided.grade,
            finding=finding.to_json(),
            scores=_scores(self.accreditation),
            members=[_member(one) for one in voting.votes],
            because=because,
            again_from=self._again_from(on, earlier),
            at=at,
            by=by.pk,
            by_name=str(by),
        )
        self._recommend(made, by=by, at=at)
        self._certify(made, earlier, by=by, at=at)
        self._end(made, because, by=by, on=on, at=at)
        return made

    def _because(self, voting: Voting, finding: Finding) -> str:
        """The reason, needed where it is not the grade that the scores give. Raises Refusal."""
        scheme, suggested = scheme_of(self.accreditation), str(finding.answer)
        grade = self.decided.grade
        if grade and grade not in {one.code for one in scheme.grades}:
            raise Refusal(_("Pilih peringkat dari daftar."))
        told = {"grade": grade_label(suggested, scheme)}
        if voting.follows and grade != suggested:
            raise Refusal(
                _("Sebagian besar anggota setuju dengan %(grade)s. Keputusan mengikuti suara itu.") % told
            )
        if not voting.follows and grade == suggested:
            raise Refusal(_("Sebagian besar anggota tidak setuju dengan %(grade)s. Pilih hasil lain.") % told)
        is_needed = grade != suggested or voting.round == Round.APPEAL
        return fitting(self.decided.because, _("Alasan keputusan"), LONGEST_WORDS, is_needed=is_needed)

    def _again_from(self, on: date, earlier: Decision | None) -> date | None:
        if self.decided.grade:
            return None
        # An appeal that confirms a no does not make the body wait longer.
        if earlier is not None and earlier.again_from is not None:
            return earlier.again_from
        return months_later(on, scheme_of(self.accreditation).wait_months)

    def _recommend(self, made: Decision, *, by: User, at: datetime) -> None:
        told, known = (
            self.decided.recommendations,
            {item.code for item in scheme_of(self.accreditation).items},
        )
        if len(told) > MOST_RECOMMENDATIONS:
            raise Refusal(_("Paling banyak %(most)s rekomendasi.") % {"most": MOST_RECOMMENDATIONS})
        for number, (item, words) in enumerate(told):
            if item and item not in known:
                raise Refusal(_("Butir “%(item)s” tidak ada dalam skema ini.") % {"item": item})
            Recommendation.objects.create(
                accreditation=self.accreditation,
                decision=made,
                item=item,
                words=fitting(words, _("Rekomendasi"), LONGEST_RECOMMENDATION, is_needed=True),
                # One moment apart, so that they stay in the order in which they were said.
                at=at + timedelta(microseconds=number),
                by=by.pk,
                by_name=str(by),
            )

    def _certify(self, made: Decision, earlier: Decision | None, *, by: User, at: datetime) -> None:
        """Give the certificate; what stood before is replaced, or withdrawn where there is none any more.

        One that has run out is replaced too: nobody is reminded of it any longer.
        """
        if earlier is not None and earlier.grade == made.grade:
            return
        current = self.accreditation
        if not made.grade:
            self._end_certificate(current.certificate, CertificateState.WITHDRAWN, made)
            current.certificate = None
            return
        standing = Certificate.objects.select_for_update().filter(
            organisation=current.organisation_id,
            kind=CertificateKind.ACCREDITATION,
            state__in=(CertificateState.STANDING, CertificateState.SUSPENDED),
        )
        for one in standing:
            self._end_certificate(one, CertificateState.REPLACED, made)
        current.certificate = self._certificate(made, earlier).give(by=by, at=at)

    def _certificate(self, made: Decision, earlier: Decision | None) -> NewCertificate:
        scheme, printed = scheme_of(self.accreditation), deciding()
        grade = scheme.grade(made.grade)
        # An appeal that raises a grade does not make it last longer than the first decision did.
        since = earlier.on if earlier is not None and earlier.grade else made.on
        return NewCertificate(
            organisation=self.accreditation.organisation,
            kind=CertificateKind.ACCREDITATION,
            issuer=printed.issuer,
            issuer_region="",
            issued_on=made.on,
            valid_to=months_later(since, grade.validity_months) - timedelta(days=1),
            number_pattern=printed.number_pattern,
            number=self.decided.number,
            grade=grade.code,
            lines=(("Peringkat", grade.label.id), ("Menurut", scheme.regulation)),
        )

    @staticmethod
    def _end_certificate(one: Certificate | None, state: CertificateState, made: Decision) -> None:
        if one is not None:
            one.state, one.state_on, one.state_because = state, made.on, made.because
            one.save(update_fields=["state", "state_on", "state_because"])

    def _end(self, made: Decision, because: str, *, by: User, on: date, at: datetime) -> None:
        current = self.accreditation
        Moving(current, by, on, at).to(
            Stage.ACCREDITED if made.grade else Stage.NOT_ACCREDITED,
            words=because,
            grade=made.grade,
            decided_on=on,
            certificate=current.certificate,
        )


def _require_voted(voting: Voting, by: User) -> None:
    """Whoever writes the decision down voted too, and there are votes enough to decide."""
    if voting.of(by) is None:
        raise NotDecidable(_("Berikan suara Anda dulu, lalu putuskan."))
    if voting.missing:
        raise NotDecidable(
            ngettext(
                "Kuorum belum tercapai: masih perlu %(count)s suara.",
                "Kuorum belum tercapai: masih perlu %(count)s suara.",
                voting.missing,
            )
            % {"count": voting.missing}
        )
    if voting.is_tied:
        raise NotDecidable(_("Suaranya seimbang. Mintalah satu anggota lagi memberi suara."))


def _member(one: Vote) -> dict[str, Any]:
    return {"user": str(one.user), "name": one.by_name, "agrees": one.agrees, "words": one.words}


def _scores(accreditation: Accreditation) -> dict[str, Any]:
    """What was given and what held, item by item, as it stood on the day of the decision."""
    return {
        "validated": values_of(accreditation),
        "given": {
            code: [{"who": one.who, "value": one.value} for one in row.given]
            for code, row in item_rows(accreditation).items()
        },
    }
