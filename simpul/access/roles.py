"""Every role: a name, a sentence, its permissions. A change of rights is a reviewed change of code."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import Permission as P  # noqa: N817 - a list of roles is read, not typed


@dataclass(frozen=True)
class Role:
    """`display` and `description` are shown to people; `name` is stored in grants."""

    name: str
    display: Promise
    description: Promise
    permissions: frozenset[P]


SIGNED_IN = frozenset({P.DESK_VIEW, P.CATALOGUE_VIEW, P.PLACE_SEARCH, P.ORGANISATION_VIEW, P.INSTRUMENT_VIEW})
MEETS_PEOPLE = SIGNED_IN | {
    P.PERSON_SEARCH,
    P.PERSON_VIEW,
    P.PERSON_REGISTER,
    P.CONSENT_RECORD,
    P.CONSENT_WITHDRAW,
    P.FACT_RECORD,
    P.SCREENING_START,
    P.SCREENING_ANSWER,
    P.INSTRUMENT_FILL,
}
WORKS_WITH_PEOPLE = MEETS_PEOPLE | {
    P.PERSON_EDIT,
    P.PERSON_IDENTITY_VIEW,
    P.PERSON_COPY,
    P.PERSON_LIMIT,
    P.DATA_REQUEST_RECORD,
    P.SCREENING_VIEW,
    P.SCREENING_PRINT,
    P.SCREENING_DECIDE,
    P.SENSITIVE_VIEW,
    P.CASE_VIEW,
    P.CASE_OPEN,
    P.CASE_MOVE,
    P.CASE_NOTE,
    P.CASE_ASSESS,
    P.CASE_PLAN,
    P.CASE_TEAM,
    P.CASE_END,
    P.CASE_PROTECT,
    P.CASE_BREAK_GLASS,
    P.CASE_PRINT,
    P.CASE_DISCLOSE,
    P.INSTRUMENT_READ,
    P.REFERRAL_VIEW,
    P.REFERRAL_SEND,
    P.REFERRAL_RECEIVE,
    P.REFERRAL_ANSWER,
    P.UNMET_VIEW,
    P.REQUEST_DUTY,
    P.PARTNER_VIEW,
    P.DUPLICATE_VIEW,
    P.QUALITY_VIEW,
}
# What a second person looks after: approval, protection, complaints, the office's own norms.
SUPERVISES = frozenset(
    {
        P.TEAM_VIEW,
        P.TRAIL_VIEW,
        P.CASE_APPROVE,
        P.CASE_PROTECTED_VIEW,
        P.CASE_SETTINGS,
        P.SUPERVISION_NOTE,
        P.COMPLAINT_RECEIVE,
        P.COMPLAINT_ANSWER,
        P.PERSON_ERASE,
        P.INSTRUMENT_EDIT,
        P.PLACING_MAKE,
        P.SERVICE_EDIT,
        P.PERSON_MERGE,
        P.POPULATION_VIEW,
        P.POPULATION_SCREEN,
        P.RECAP_VIEW,
        P.RECAP_EXPORT,
        P.RECAP_DELIVER,
        P.IMPORT_MAKE,
    }
)

CASEWORKER = Role(
    "caseworker",
    _("Pekerja sosial"),
    _("Mendata, menapis dan mendampingi penerima manfaat satu lembaga."),
    WORKS_WITH_PEOPLE,
)
CASE_SUPERVISOR = Role(
    "case_supervisor",
    _("Supervisor kasus"),
    _("Melihat penapisan dan kasus seluruh tim, serta siapa yang membuka data."),
    WORKS_WITH_PEOPLE | SUPERVISES,
)
HEAD_OF_LKS = Role(
    "head_of_lks",
    _("Ketua LKS"),
    _(
        "Memimpin satu lembaga: melihat tim dan jalannya penapisan, tanpa fakta yang sangat peka. Rujukan masuk dibacanya penuh bila di lembaganya tidak ada petugas khusus untuk itu."
    ),
    SIGNED_IN
    | {
        P.PERSON_SEARCH,
        P.PERSON_VIEW,
        P.SCREENING_VIEW,
        P.SCREENING_PRINT,
        P.CASE_VIEW,
        P.TEAM_VIEW,
        P.TRAIL_VIEW,
        P.COMPLAINT_RECEIVE,
        P.COMPLAINT_ANSWER,
        P.ORGANISATION_INSIDE,
        P.ORGANISATION_EDIT,
        P.REPORT_WRITE,
        P.REGISTRATION_APPLY,
        P.SOURCE_VIEW,
        P.SOURCE_EDIT,
        P.ACCREDITATION_VIEW,
        P.ACCREDITATION_APPLY,
        P.INSTRUMENT_FILL,
        P.INSTRUMENT_READ,
        P.SERVICE_EDIT,
        P.REFERRAL_RECEIVE,
        P.REFERRAL_ANSWER,
        P.UNMET_VIEW,
        P.PARTNER_VIEW,
        P.PARTNER_EDIT,
        P.PROGRAMME_TAKE_PART,
        P.RECAP_VIEW,
        P.RECAP_EXPORT,
        P.RECAP_DELIVER,
        P.POPULATION_VIEW,
    },
)
# What a Dinas does with bodies beside people: checks, classifies, watches. It decides by another's hand.
KEEPS_THE_REGISTER = frozenset(
    {
        P.ORGANISATION_REGISTER,
        P.ORGANISATION_INSIDE,
        P.ORGANISATION_VERIFY,
        P.ORGANISATION_CLASSIFY,
        P.ORGANISATION_WATCH,
        P.ORGANISATION_EXPORT,
        P.REPORT_RECEIVE,
        P.REGISTRATION_CHECK,
        P.ACCREDITATION_VIEW,
    }
)
DINAS_OFFICER = Role(
    "dinas_officer",
    _("Petugas Dinas Sosial"),
    _("Mendata, menapis dan mendampingi di wilayah kerjanya."),
    WORKS_WITH_PEOPLE
    | KEEPS_THE_REGISTER
    | {
        P.SOURCE_VIEW,
        P.SOURCE_EDIT,
        P.COMPLAINT_RECEIVE,
        P.COMPLAINT_ANSWER,
        P.PERSON_ERASE,
        P.INSTRUMENT_EDIT,
        P.CASE_SETTINGS,
        P.PLACING_MAKE,
        P.SERVICE_EDIT,
        P.PARTNER_EDIT,
        P.HSDS_IMPORT,
        P.PERSON_MERGE,
        P.POPULATION_VIEW,
        P.POPULATION_SCREEN,
        P.RECAP_VIEW,
        P.RECAP_EXPORT,
        P.RECAP_DELIVER,
        P.IMPORT_MAKE,
        P.NUMBERS_PREPARE,
        P.EXTRACT_APPROVE,
        # As companion only: an officer is never named assessor.
        P.ACCREDITATION_SCORE,
    },
)
DINAS_VERIFIER = Role(
    "dinas_verifier",
    _("Verifikator Dinas Sosial"),
    _("Memeriksa hasil penapisan di wilayah kerjanya. Tidak mengubah data orang."),
    SIGNED_IN
    | {
        P.ORGANISATION_INSIDE,
        P.ORGANISATION_WATCH,
        P.SOURCE_VIEW,
        P.ACCREDITATION_VIEW,
        P.PERSON_SEARCH,
        P.PERSON_VIEW,
        P.SCREENING_VIEW,
        P.SCREENING_PRINT,
        P.SENSITIVE_VIEW,
        P.CASE_VIEW,
        P.TEAM_VIEW,
        P.TRAIL_VIEW,
        P.REFERRAL_VIEW,
        P.UNMET_VIEW,
        P.PARTNER_VIEW,
        P.DUPLICATE_VIEW,
        P.POPULATION_VIEW,
        P.RECAP_VIEW,
        P.RECAP_EXPORT,
        P.QUALITY_VIEW,
    },
)
REGISTRAR = Role(
    "registrar",
    _("Pejabat Dinas Sosial"),
    _("Memutuskan pendaftaran lembaga dan memberi rekomendasi akreditasi. Tidak melihat data orang."),
    SIGNED_IN
    | KEEPS_THE_REGISTER
    | {
        P.REGISTRATION_DECIDE,
        P.ACCREDITATION_RECOMMEND,
        P.PROGRAMME_VIEW,
        P.PROGRAMME_DECIDE,
        P.UNMET_VIEW,
        P.PARTNER_VIEW,
        P.PARTNER_EDIT,
        P.POPULATION_VIEW,
        P.RECAP_VIEW,
        P.RECAP_EXPORT,
        P.RECAP_DELIVER,
        P.NUMBERS_PREPARE,
        P.NUMBERS_PUBLISH,
        P.EXTRACT_APPROVE,
    },
)
ASSESSOR = Role(
    "assessor",
    _("Asesor akreditasi"),
    _("Menilai lembaga yang ditugaskan kepadanya. Tidak melihat data orang."),
    SIGNED_IN | {P.ACCREDITATION_SCORE},
)
ACCREDITATION_SECRETARY = Role(
    "accreditation_secretary",
    _("Sekretariat akreditasi"),
    _("Memeriksa berkas dan menugaskan asesor. Tidak menilai dan tidak memutuskan."),
    SIGNED_IN | {P.ORGANISATION_INSIDE, P.ACCREDITATION_VIEW, P.ACCREDITATION_SECRETARY},
)
ACCREDITATION_VALIDATOR = Role(
    "accreditation_validator",
    _("Penyelia akreditasi"),
    _("Memeriksa nilai asesor sebagai orang kedua."),
    SIGNED_IN | {P.ACCREDITATION_VALIDATE},
)
PLENARY_MEMBER = Role(
    "plenary_member",
    _("Anggota pleno akreditasi"),
    _("Memutuskan akreditasi lembaga yang tidak dinilainya sendiri."),
    SIGNED_IN | {P.ORGANISATION_INSIDE, P.ACCREDITATION_VIEW, P.ACCREDITATION_DECIDE},
)
FIELD_VOLUNTEER = Role(
    "field_volunteer",
    _("Relawan lapangan"),
    _("Mendata orang dan mengisi penapisan di wilayahnya; keputusan ada pada pekerja sosial."),
    MEETS_PEOPLE,
)
RESEARCHER = Role(
    "researcher",
    _("Peneliti"),
    _("Membaca katalog dan angka ringkasan tanpa nama. Tidak melihat data orang."),
    SIGNED_IN | {P.INSTRUMENT_READ, P.PROGRAMME_EVALUATE, P.EXTRACT_ASK},
)
PROGRAMME_OFFICER = Role(
    "programme_officer",
    _("Pengelola program penguatan"),
    _(
        "Menjalankan program penguatan lembaga dari persiapan sampai laporan. Tidak melihat data orang yang dilayani."
    ),
    SIGNED_IN
    | {
        P.ORGANISATION_INSIDE,
        P.PROGRAMME_VIEW,
        P.PROGRAMME_MANAGE,
        P.PROGRAMME_EVALUATE,
        P.INSTRUMENT_EDIT,
        P.INSTRUMENT_FILL,
        P.INSTRUMENT_READ,
    },
)
MENTOR = Role(
    "mentor",
    _("Pendamping lembaga"),
    _("Mengunjungi lembaga yang didampinginya dalam suatu program, dan mencatat temuan serta saran."),
    SIGNED_IN | {P.PROGRAMME_MENTOR},
)
PARTICIPANT = Role(
    "participant",
    _("Peserta program penguatan"),
    _("Mengikuti program bersama lembaganya: mengisi tes, rencana aksi, dan laporan penggunaan uang."),
    SIGNED_IN | {P.PROGRAMME_TAKE_PART},
)
ADMINISTRATOR = Role(
    "administrator",
    _("Pengelola Simpul"),
    _("Mengelola pengguna dan sistem. Tidak melihat data orang."),
    SIGNED_IN
    | {
        P.USER_MANAGE,
        P.KEYS_ROTATE,
        P.SYSTEM_MANAGE,
        P.ORGANISATION_REGISTER,
        P.INSTRUMENT_EDIT,
        P.HSDS_IMPORT,
    },
)
PUBLIC = Role(
    "public",
    _("Masyarakat"),
    _("Siapa saja, tanpa akun: membaca penjelasan umum saja."),
    frozenset(),
)

ROLES = {
    role.name: role
    for role in (
        CASEWORKER,
        CASE_SUPERVISOR,
        HEAD_OF_LKS,
        DINAS_OFFICER,
        DINAS_VERIFIER,
        REGISTRAR,
        ASSESSOR,
        ACCREDITATION_SECRETARY,
        ACCREDITATION_VALIDATOR,
        PLENARY_MEMBER,
        FIELD_VOLUNTEER,
        RESEARCHER,
        PROGRAMME_OFFICER,
        MENTOR,
        PARTICIPANT,
        ADMINISTRATOR,
        PUBLIC,
    )
}

SHOWS_PEOPLE = frozenset(
    {
        P.PERSON_SEARCH,
        P.PERSON_VIEW,
        P.PERSON_IDENTITY_VIEW,
        P.PERSON_COPY,
        P.SCREENING_VIEW,
        P.SCREENING_PRINT,
        P.SENSITIVE_VIEW,
        P.CASE_VIEW,
        P.CASE_PRINT,
        P.CASE_PROTECTED_VIEW,
        P.COMPLAINT_RECEIVE,
        P.TEAM_VIEW,
        P.TRAIL_VIEW,
        P.SOURCE_VIEW,
        P.INSTRUMENT_FILL,
        P.REFERRAL_VIEW,
        P.REFERRAL_RECEIVE,
        P.REQUEST_DUTY,
        P.DUPLICATE_VIEW,
        P.PERSON_MERGE,
        P.IMPORT_MAKE,
        P.QUALITY_VIEW,
    }
)
# Roles that meet or read about people; they are granted at an organisation or in an area.
NEAR_PEOPLE = frozenset(name for name, role in ROLES.items() if role.permissions & SHOWS_PEOPLE)
