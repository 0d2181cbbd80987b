"""The life of a referral and of a request for help as tables: what may follow what, and with which words."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """One referral, from the idea to what the client says of it."""

    PROPOSED = "proposed", _("Diusulkan")
    CONSENTED = "consented", _("Disetujui penerima manfaat")
    SENT = "sent", _("Dikirim")
    SEEN = "seen", _("Sudah dibaca penerima")
    WAITING = "waiting", _("Di daftar tunggu")
    ACCEPTED = "accepted", _("Diterima")
    APPOINTED = "appointed", _("Janji temu dibuat")
    VISITED = "visited", _("Sudah datang")
    DELIVERED = "delivered", _("Layanan diberikan")
    ANSWERED = "answered", _("Hasilnya dijawab kembali")
    CONFIRMED = "confirmed", _("Dibenarkan penerima manfaat")
    DECLINED = "declined", _("Ditolak penerima")
    WITHDRAWN = "withdrawn", _("Ditarik kembali")
    FAILED = "failed", _("Tidak terjadi")


_S = Stage
# What may follow what. The first visit may happen without an appointment; a service may answer as soon as it accepted.
# The end "failed" is said by whoever learns that nothing came of it: never came, left again, never given.
MAY_FOLLOW: dict[Stage, frozenset[Stage]] = {
    _S.PROPOSED: frozenset({_S.CONSENTED, _S.WITHDRAWN}),
    _S.CONSENTED: frozenset({_S.SENT, _S.WITHDRAWN}),
    _S.SENT: frozenset({_S.SEEN, _S.ACCEPTED, _S.WAITING, _S.DECLINED, _S.WITHDRAWN, _S.FAILED}),
    _S.SEEN: frozenset({_S.ACCEPTED, _S.WAITING, _S.DECLINED, _S.WITHDRAWN, _S.FAILED}),
    _S.WAITING: frozenset({_S.ACCEPTED, _S.DECLINED, _S.WITHDRAWN, _S.FAILED}),
    _S.ACCEPTED: frozenset({_S.APPOINTED, _S.VISITED, _S.DELIVERED, _S.WITHDRAWN, _S.FAILED}),
    _S.APPOINTED: frozenset({_S.APPOINTED, _S.VISITED, _S.DELIVERED, _S.WITHDRAWN, _S.FAILED}),
    _S.VISITED: frozenset({_S.DELIVERED, _S.ANSWERED, _S.WITHDRAWN, _S.FAILED}),
    _S.DELIVERED: frozenset({_S.ANSWERED, _S.CONFIRMED, _S.FAILED}),
    _S.ANSWERED: frozenset({_S.CONFIRMED, _S.FAILED}),
    _S.CONFIRMED: frozenset(),
    _S.DECLINED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.FAILED: frozenset(),
}
ENDED = frozenset(stage for stage, following in MAY_FOLLOW.items() if not following)
# What the receiver may see: nothing before it was sent, nothing after it was withdrawn.
RECEIVED = frozenset(Stage) - {_S.PROPOSED, _S.CONSENTED, _S.WITHDRAWN}
# With whom it rests, so that both sides' lists say whose turn it is.
WITH_THE_RECEIVER = frozenset(
    {_S.SENT, _S.SEEN, _S.WAITING, _S.ACCEPTED, _S.APPOINTED, _S.VISITED, _S.DELIVERED}
)
# One of the places of a service is held by it.
HOLDS_A_PLACE = frozenset({_S.ACCEPTED, _S.APPOINTED, _S.VISITED})
# Who was given a bed sleeps in it: until the owner counts again nobody knows that the place is free.
MAY_STILL_HOLD = frozenset({_S.DELIVERED, _S.ANSWERED, _S.CONFIRMED})


class Decline(TextChoices):
    """Why a service cannot take somebody."""

    FULL = "full", _("Penuh, tidak ada tempat")
    NOT_FOR_THEM = "not_for_them", _("Bukan sasaran layanan ini")
    OUTSIDE_AREA = "outside_area", _("Di luar wilayah layanan")
    PAPERS_MISSING = "papers_missing", _("Surat belum lengkap")
    CANNOT_CARE = "cannot_care", _("Tidak mampu merawat kebutuhan ini")
    NOT_RUNNING = "not_running", _("Layanan sedang tidak berjalan")
    TOO_DEAR = "too_dear", _("Biaya tidak terjangkau")
    OTHER = "other", _("Alasan lain")


class Unmet(TextChoices):
    """Why a need found no service."""

    NONE_EXISTS = "none_exists", _("Layanan tidak ada di jangkauan")
    FULL = "full", _("Penuh")
    REFUSED = "refused", _("Ditolak penyedia")
    TOO_FAR = "too_far", _("Terlalu jauh")
    TOO_DEAR = "too_dear", _("Terlalu mahal")
    PAPERS_MISSING = "papers_missing", _("Surat tidak lengkap")
    OTHER = "other", _("Sebab lain")


# What a decline tells about the need that stays open.
UNMET_BY_DECLINE: dict[Decline, Unmet] = {
    Decline.FULL: Unmet.FULL,
    Decline.NOT_FOR_THEM: Unmet.REFUSED,
    Decline.OUTSIDE_AREA: Unmet.TOO_FAR,
    Decline.PAPERS_MISSING: Unmet.PAPERS_MISSING,
    Decline.CANNOT_CARE: Unmet.REFUSED,
    Decline.NOT_RUNNING: Unmet.NONE_EXISTS,
    Decline.TOO_DEAR: Unmet.TOO_DEAR,
    Decline.OTHER: Unmet.OTHER,
}


class Share(TextChoices):
    """What of a person's record may go along. Each is ticked for itself, and nothing else goes."""

    CALLED = "called", _("Nama panggilan")
    NAME = "name", _("Nama lengkap")
    PHONE = "phone", _("Nomor telepon")
    AGE = "age", _("Umur")
    SEX = "sex", _("Jenis kelamin")
    VILLAGE = "village", _("Desa atau kelurahan")
    ADDRESS = "address", _("Alamat lengkap")
    NIK = "nik", _("NIK")
    NEED = "need", _("Kebutuhan yang dirujuk")
    ACTION = "action", _("Tindakan yang diminta")
    NEED_TYPES = "need_types", _("Jenis PPKS yang ditetapkan")
    GOAL = "goal", _("Tujuan penerima manfaat")
    WORDS = "words", _("Keterangan yang ditulis untuk penerima")
    CONTACT = "contact", _("Petugas yang dapat dihubungi")


# Without a need nobody can answer, without a worker nobody can be answered. Everything else is ticked one by one.
NEEDED_TO_ANSWER = frozenset({Share.NEED, Share.CONTACT})


class Came(TextChoices):
    """Whether the client was accompanied to the first visit."""

    ACCOMPANIED = "accompanied", _("Didampingi petugas")
    WITH_FAMILY = "with_family", _("Bersama keluarga")
    ALONE = "alone", _("Datang sendiri")
    UNKNOWN = "unknown", _("Belum diketahui")


class Told(TextChoices):
    """What the client says of it."""

    YES = "yes", _("Ya, sudah menerima")
    PARTLY = "partly", _("Sebagian")
    NO = "no", _("Tidak menerima")
    UNKNOWN = "unknown", _("Belum dapat ditanya")


class Side(TextChoices):
    SENDER = "sender", _("Pengirim")
    RECEIVER = "receiver", _("Penerima")


class Deed(StrEnum):
    """What was done with the code of a letter, or by reading alone, as the record of events tells it."""

    READ = "read"
    READ_BY_CODE = "read_by_code"
    ANSWERED_BY_CODE = "answered_by_code"
    WRONG_CODE = "wrong_code"


# What each side may say of a referral; MAY_FOLLOW says when. Who sends also writes down what a body without an account
# answered by telephone or letter: BY_HAND.
BY_SIDE: dict[Side, frozenset[Stage]] = {
    Side.SENDER: frozenset(
        {_S.CONSENTED, _S.SENT, _S.VISITED, _S.DELIVERED, _S.CONFIRMED, _S.WITHDRAWN, _S.FAILED}
    ),
    Side.RECEIVER: frozenset(
        {
            _S.SEEN,
            _S.WAITING,
            _S.ACCEPTED,
            _S.DECLINED,
            _S.APPOINTED,
            _S.VISITED,
            _S.DELIVERED,
            _S.ANSWERED,
            _S.FAILED,
        }
    ),
}
BY_HAND = frozenset({_S.WAITING, _S.ACCEPTED, _S.DECLINED, _S.APPOINTED, _S.ANSWERED})
# What was shared is needed no longer, so the receiver reads it no longer.
SHARED_NO_MORE = frozenset({_S.DECLINED, _S.FAILED})
# Both wait for the first answer.
UNANSWERED = frozenset({_S.SENT, _S.SEEN})
# The sender's worker asks the client what became of it.
TO_CONFIRM = frozenset({_S.DELIVERED, _S.ANSWERED})


class RequestState(TextChoices):
    """A request for help from outside, until it is somebody's case or has an answer."""

    NEW = "new", _("Baru")
    TAKEN = "taken", _("Sedang ditangani")
    REACHED = "reached", _("Sudah dihubungi")
    NOT_REACHED = "not_reached", _("Belum dapat dihubungi")
    CASE = "case", _("Menjadi kasus")
    PASSED_ON = "passed_on", _("Diteruskan ke layanan lain")
    ANSWERED = "answered", _("Dijawab dan selesai")
    DOUBLE = "double", _("Permintaan yang sama sudah ada")
    NOT_SERIOUS = "not_serious", _("Bukan permintaan bantuan")


_R = RequestState
REQUEST_MAY_FOLLOW: dict[RequestState, frozenset[RequestState]] = {
    _R.NEW: frozenset({_R.TAKEN, _R.DOUBLE, _R.NOT_SERIOUS}),
    _R.TAKEN: frozenset(
        {_R.REACHED, _R.NOT_REACHED, _R.CASE, _R.PASSED_ON, _R.ANSWERED, _R.DOUBLE, _R.NOT_SERIOUS}
    ),
    _R.NOT_REACHED: frozenset({_R.REACHED, _R.TAKEN, _R.ANSWERED, _R.PASSED_ON, _R.DOUBLE}),
    _R.REACHED: frozenset({_R.CASE, _R.PASSED_ON, _R.ANSWERED, _R.DOUBLE, _R.NOT_SERIOUS}),
    _R.CASE: frozenset(),
    # Passed on to another office it begins there anew; passed on to a service it stays so.
    _R.PASSED_ON: frozenset({_R.NEW}),
    _R.ANSWERED: frozenset(),
    _R.DOUBLE: frozenset(),
    _R.NOT_SERIOUS: frozenset({_R.TAKEN}),
}
REQUEST_OPEN = frozenset({_R.NEW, _R.TAKEN, _R.REACHED, _R.NOT_REACHED})


class ForWhom(TextChoices):
    SELF = "self", _("Untuk saya sendiri")
    FAMILY = "family", _("Untuk anggota keluarga")
    OTHER = "other", _("Untuk orang lain")
    BODY = "body", _("Dari lembaga atau dinas")


class SafeWay(TextChoices):
    """How somebody who asked for help may be reached without danger."""

    CALL = "call", _("Boleh ditelepon kapan saja")
    MORNING = "morning", _("Telepon pagi hari saja")
    MESSAGE = "message", _("Kirim pesan tertulis, jangan menelepon")
    NO_NAME = "no_name", _("Jangan sebut nama kantor Anda kepada orang lain yang mengangkat")
    NO_VISIT = "no_visit", _("Jangan datang ke rumah")
    WAIT = "wait", _("Jangan hubungi: saya yang datang atau membaca jawabannya dengan nomor permintaan")


class Agreed(TextChoices):
    """Whether the one for whom somebody else asks knows of it and agrees."""

    SELF = "self", _("Ya, orangnya sendiri setuju")
    GUARDIAN = "guardian", _("Orang tua atau walinya setuju")
    CANNOT = "cannot", _("Tidak dapat ditanya sekarang, misalnya anak kecil atau keadaan darurat")
    NOT_ASKED = "not_asked", _("Belum ditanya")
