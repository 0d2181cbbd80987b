"""What kind of case it is, as it is chosen at opening and changed later; how much may be written."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal, fitting
from simpul.cases.models import Case
from simpul.cases.stages import Kind, ReferredBy
from simpul.catalogue import casework
from simpul.screening.stages import Urgency

LONGEST_SUMMARY = 300
LONGEST_GROUP_NAME = 120
LONGEST_REFERRAL = 200
LONGEST_RISK = 500
LONGEST_NOTE = 500
LONGEST_SERVICE = 200
SHORTEST_REASON = 5
SHORTEST_SERVICE = 3


@dataclass(frozen=True, slots=True)
class Description:
    """What kind of case it is, by which way it came and what is dangerous; the sentence about it, and how urgent it is.

    Codes are of `stages` and of catalogue.casework; "" is not yet chosen. An empty `summary` or `urgency` leaves
    the one that stands.
    """

    kind: str = Kind.PERSON
    group_name: str = ""
    working_model: str = ""
    setting: str = ""
    spm_service: str = ""
    referred_by: str = ""
    referral_words: str = ""
    risk: str = ""
    summary: str = ""
    urgency: str = ""

    @classmethod
    def of(cls, case: Case) -> Description:
        """As it stands."""
        return cls(
            kind=case.kind,
            group_name=case.group_name or "",
            working_model=case.working_model,
            setting=case.setting,
            spm_service=case.spm_service,
            referred_by=case.referred_by,
            referral_words=case.referral_words or "",
            risk=case.risk or "",
            summary=case.summary or "",
            urgency=case.urgency,
        )

    def of_a_new_episode(self) -> Description:
        """What lasts from one episode to the next; how somebody comes and what is dangerous is asked anew."""
        return replace(self, referred_by="", referral_words="", risk="", summary="", urgency="")

    def upon(self, standing: Description) -> Description:
        """With what it leaves as it stands."""
        return replace(
            self, summary=self.summary or standing.summary, urgency=self.urgency or standing.urgency
        )

    def told(self, *, is_told: bool) -> str:
        """In words, for whoever meets somebody else's change; workers' own only where they may be read."""
        entries = (*casework.working_models(), *casework.settings(), *casework.spm_services())
        chosen = (self.working_model, self.setting, self.spm_service)
        titles = [str(entry.title) for code in chosen for entry in entries if entry.code == code]
        came = str(dict(ReferredBy.choices).get(self.referred_by, ""))
        pressing = str(dict(Urgency.choices).get(self.urgency, ""))
        own = (self.referral_words, self.risk, self.summary) if is_told else ()
        words = (str(Kind(self.kind).label), self.group_name, *titles, came, pressing, *own)
        return ", ".join(word for word in words if word)

    def tidy(self) -> Description:
        """Without needless spaces."""
        return replace(
            self,
            group_name=" ".join(self.group_name.split()),
            referral_words=" ".join(self.referral_words.split()),
            risk=" ".join(self.risk.split()),
            summary=" ".join(self.summary.split()),
        )

    def put_on(self, case: Case) -> None:
        """Let a case that an action holds be of this kind; a family's is that of the person's household.

        Raises Refusal for what does not fit together, before anything is set.
        """
        wanted = self.tidy().upon(Description.of(case))
        wanted.require_fitting()
        is_many = wanted.kind in (Kind.GROUP, Kind.COMMUNITY)
        sealed = {
            "group_name": wanted.group_name if is_many else None,
            "referral_words": wanted.referral_words or None,
            "risk": wanted.risk or None,
        }
        for name, value in (asdict(wanted) | sealed).items():
            setattr(case, name, value)
        is_family = wanted.kind == Kind.FAMILY
        case.household = (case.household or case.person.household) if is_family else None

    def require_fitting(self) -> None:
        """Each choice is known or not yet made, and a group has a name."""
        known = (
            (self.working_model, casework.working_models()),
            (self.setting, casework.settings()),
            (self.spm_service, casework.spm_services()),
        )
        for code, entries in known:
            if code and code not in {entry.code for entry in entries}:
                raise Refusal(_("Pilihan itu tidak dikenal. Muat ulang halaman ini, lalu pilih lagi."))
        if self.kind not in Kind.values:
            raise Refusal(_("Pilih siapa kliennya: perorangan, keluarga, kelompok, atau komunitas."))
        if self.referred_by and self.referred_by not in ReferredBy.values:
            raise Refusal(_("Pilih bagaimana orang ini datang."))
        fitting(self.referral_words, _("Siapa yang merujuk atau melapor"), LONGEST_REFERRAL)
        fitting(self.risk, _("Bahaya yang perlu segera ditangani"), LONGEST_RISK)
        if self.kind in (Kind.GROUP, Kind.COMMUNITY) and not self.group_name:
            raise Refusal(_("Tulis nama kelompok atau komunitasnya."))
        fitting(self.group_name, _("Nama kelompok"), LONGEST_GROUP_NAME)
        if self.urgency and self.urgency not in Urgency.values:
            raise Refusal(_("Pilih seberapa cepat orang ini perlu ditangani."))
        fitting(self.summary, _("Kalimat tentang orang ini"), LONGEST_SUMMARY)
