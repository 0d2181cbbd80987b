"""What the page of a body's standing shows: the type by groups, what settles it, what lifts it, and the other axes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue.organisations import standing as catalogue
from simpul.engines.reasons import Answer, Finding
from simpul.organisations.models import Classification, Organisation
from simpul.organisations.queries.standing_types import OWN_WORD, Answered, Confirmed, Suggested
from simpul.organisations.queries.standing_words import (
    Line,
    answer_said,
    indicator_titles,
    said,
    seen_words,
    tag_of,
    type_name,
)
from simpul.organisations.stages import (
    Formality,
    LegalStatus,
    Legitimation,
    Nature,
    Owner,
    ServiceSystem,
)
from simpul.ui.templatetags.ui import rupiah

_FEW = 6


@dataclass(frozen=True, slots=True)
class IndicatorShown:
    """One indicator: its answer, how it came to be known, and what says otherwise."""

    title: str
    tag: str
    word: str
    seen: str
    note: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One group with its counts and indicators."""

    code: str
    title: str
    met: int
    missing: int
    unknown: int
    indicators: tuple[IndicatorShown, ...]

    @property
    def counts(self) -> str:
        """The three counts in words, without those that are nothing."""
        told = [
            (self.met, _("%(count)s ada") % {"count": self.met}),
            (self.missing, _("%(count)s belum ada") % {"count": self.missing}),
            (self.unknown, _("%(count)s belum diketahui") % {"count": self.unknown}),
        ]
        return ", ".join(words for number, words in told if number) or _("tidak berlaku")


@dataclass(frozen=True, slots=True)
class TypeShown:
    """The type suggested, as the page tells it. `lift` and `settle` are lines, what they name inside them."""

    answer: str
    name: str
    about: str
    range: str
    sides: tuple[Line, ...]
    steps: tuple[Line, ...]
    settle: tuple[Line, ...]
    settle_head: str
    lift: tuple[Line, ...]
    lift_head: str
    groups: tuple[GroupShown, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the other ways to tell bodies apart; `words` is empty where nobody recorded it."""

    label: str
    words: str


def hand_of(organisation: Organisation, user: User) -> str:
    """As whom this user answers indicators: "officer", "body", or nobody ("")."""
    if is_within_reach(organisation, user, Permission.ORGANISATION_CLASSIFY):
        return "officer"
    return "body" if is_within_reach(organisation, user, Permission.ORGANISATION_EDIT) else ""


def type_shown(suggested: Suggested) -> TypeShown:
    """The whole suggestion for the page."""
    finding = suggested.finding
    settle = _part(finding, "settle")
    lift = _part(finding, "lift")
    known = finding.answer is not Answer.UNKNOWN
    return TypeShown(
        answer=str(finding.answer) if known else "",
        name=type_name(str(finding.answer)) if known else "",
        about=said(_type(str(finding.answer)).about) if known else "",
        range="" if known else range_words(finding),
        sides=tuple(_side_line(part) for part in finding.parts if part.kind == "side"),
        steps=tuple(_step_line(part) for part in finding.parts if part.kind == "type_step"),
        settle=_settle_lines(settle),
        settle_head=_settle_head(settle),
        lift=_lift_lines(lift),
        lift_head=_("Untuk tipe %(type)s") % {"type": type_name(lift.about)} if lift else "",
        groups=groups_shown(suggested.answered),
    )


def range_words(finding: Finding) -> str:
    """Between which types it lies, where it is not known."""
    told = {name: type_name(str(finding.values[name])) for name in ("lowest", "highest")}
    return _("antara %(lowest)s dan %(highest)s") % told


def groups_shown(answered: Mapping[str, Answered]) -> tuple[GroupShown, ...]:
    """The thirteen groups with what is met, missing and unknown."""
    return tuple(_group(group, answered) for group in catalogue.groups())


def axes_of(organisation: Organisation) -> tuple[Axis, ...]:
    """The other axes from the record; what is missing there is shown as missing."""
    systems = organisation.service_systems
    inside = _choice(ServiceSystem, ServiceSystem.RESIDENTIAL) if ServiceSystem.RESIDENTIAL in systems else ""
    residential = inside or (_("Di luar panti") if systems else "")
    ways = {True: _("Langsung"), False: _("Tidak langsung"), None: ""}
    return (
        Axis(_("Bentuk hukum"), _choice(LegalStatus, organisation.legal_status)),
        Axis(_("Pengakuan"), _choice(Legitimation, organisation.legitimation)),
        Axis(_("Sifat"), _choice(Nature, organisation.nature)),
        Axis(_("Pemilik"), _choice(Owner, organisation.owner)),
        Axis(_("Keresmian"), _choice(Formality, organisation.formality)),
        Axis(_("Dalam atau luar panti"), residential),
        Axis(_("Cara melayani"), ways[organisation.is_direct]),
    )


@dataclass(frozen=True, slots=True)
class ConfirmedShown:
    """One confirmation of the history."""

    row: Classification
    name: str
    suggested: str
    answers: tuple[tuple[str, str], ...]


def confirmed_shown(row: Classification) -> ConfirmedShown:
    """A confirmation with what was suggested then, and how many answers of each kind it was made from."""
    told = list(row.answers.values())
    counts = [(answer_said(answer), str(told.count(answer))) for answer in ("yes", "no", "unknown")]
    finding = Finding.from_json(row.finding)
    suggested = range_words(finding) if finding.answer is Answer.UNKNOWN else type_name(row.suggested)
    return ConfirmedShown(row, type_name(row.confirmed), suggested, tuple(counts))


def changed_words(confirmed: Confirmed) -> str:
    """What has changed since the type was confirmed; empty where nothing has."""
    if confirmed.is_current:
        return ""
    if confirmed.is_other_edition:
        return _("Tipe itu ditetapkan menurut susunan indikator yang lain.")
    names = _listed(confirmed.changed)
    return _("Tipe itu ditetapkan untuk jawaban yang lain. Berubah sejak itu: %(names)s.") % {"names": names}


def own_word_only(suggested: Suggested) -> int:
    """How many indicators count as met by the body's own word alone: an officer should look at these."""
    return sum(one.seen == OWN_WORD and one.answer == "yes" for one in suggested.answered.values())


def share_words(step: catalogue.BodyType) -> str:
    """What one type asks for."""
    if not step.share:
        return _("tanpa syarat")
    told = {"share": step.share, "own": step.own_income}
    if step.own_income:
        return (
            _(
                "sekurangnya %(share)s%% kelembagaan dan layanan, pendapatan sendiri sekurangnya %(own)s%% anggaran"
            )
            % told
        )
    return _("sekurangnya %(share)s%% kelembagaan dan layanan") % told


def type_rows() -> list[tuple[str, str, str]]:
    """Every type with its meaning and what it asks for."""
    return [(type_name(one.code), said(one.about), share_words(one)) for one in catalogue.standards().types]


# --- lines ---


def _type(code: str) -> catalogue.BodyType:
    return next(one for one in catalogue.standards().types if one.code == code)


def _part(finding: Finding, kind: str) -> Finding | None:
    return next((part for part in finding.parts if part.kind == kind), None)


def _choice(choices: type[Choices], value: str) -> str:
    return str(choices(value).label) if value else ""


def _group(group: catalogue.Group, answered: Mapping[str, Answered]) -> GroupShown:
    told = [answered[one.code] for one in group.indicators]
    answers = [one.answer for one in told]
    return GroupShown(
        code=group.code,
        title=said(group.title),
        met=answers.count("yes"),
        missing=answers.count("no"),
        unknown=answers.count("unknown"),
        indicators=tuple(_indicator(one, answered[one.code]) for one in group.indicators),
    )


def _indicator(indicator: catalogue.Indicator, answered: Answered) -> IndicatorShown:
    otherwise = ""
    if answered.otherwise:
        otherwise = _("Catatan lembaga kini: %(answer)s. Menunggu dilihat petugas.") % {
            "answer": answer_said(answered.otherwise)
        }
    return IndicatorShown(
        title=said(indicator.title),
        tag=tag_of(answered.answer),
        word=answer_said(answered.answer),
        seen=seen_words(answered),
        note=answered.row.note if answered.row else "",
        otherwise=otherwise,
    )


def _side_name(side: str) -> str:
    return {"institution": _("Kelembagaan"), "service": _("Layanan")}[side]


def _side_line(side: Finding) -> Line:
    told = side.values
    if not told["applicable"]:
        return Line("", _("tidak berlaku"), _side_name(side.about))
    share = (
        f"{told['lowest']}%"
        if told["lowest"] == told["highest"]
        else _("%(lowest)s%% sampai %(highest)s%%") % told
    )
    words = _(
        "%(side)s: %(met)s ada, %(missing)s belum ada, %(unknown)s belum diketahui, dari %(applicable)s indikator."
    )
    return Line("", share, words % {"side": _side_name(side.about), **told})


def _step_line(step: Finding) -> Line:
    inside = tuple(_step_part(part) for part in step.parts)
    tag, word = _three(step.answer)
    return Line(tag, word, _("Syarat tipe %(type)s") % {"type": type_name(step.about)}, inside)


def _three(answer: Any) -> tuple[str, str]:
    if answer is Answer.YES:
        return "yes", _("terpenuhi")
    return ("no", _("belum terpenuhi")) if answer is Answer.NO else ("open", _("belum pasti"))


def _step_part(part: Finding) -> Line:
    tag, word = _three(part.answer)
    if part.kind == "step_money":
        return Line(tag, word, _money_words(part))
    told = {"side": _side_name(part.about), **part.values}
    words = (
        _("%(side)s: perlu %(needed)s dari %(applicable)s indikator (%(share)s%%), sudah ada %(met)s.") % told
    )
    return Line(tag, word, words)


def _money_words(part: Finding) -> str:
    if part.values.get("share") is None:
        return _(
            "Pendapatan sendiri perlu %(needed)s%% dari anggaran setahun; anggaran atau pendapatan belum dicatat."
        ) % {"needed": part.values["needed"]}
    return (
        _("Pendapatan sendiri perlu %(needed)s%% dari anggaran setahun, sekarang %(share)s%%.") % part.values
    )


def _settle_head(settle: Finding | None) -> str:
    if settle is None:
        return ""
    fewest = settle.values["fewest"]
    return ngettext(
        "Sekurangnya %(count)s jawaban lagi sebelum tipenya pasti:",
        "Sekurangnya %(count)s jawaban lagi sebelum tipenya pasti:",
        fewest,
    ) % {"count": fewest}


def _settle_lines(settle: Finding | None) -> tuple[Line, ...]:
    if settle is None:
        return ()
    return tuple(
        Line("open", _("uang"), _("Anggaran setahun dan pendapatan sendiri belum dicatat."))
        if part.kind == "settle_money"
        else _counted(part, _("cari tahu"), _some(part.values["codes"]))
        for part in settle.parts
    )


def _lift_lines(lift: Finding | None) -> tuple[Line, ...]:
    if lift is None:
        return ()
    lines = []
    for part in lift.parts:
        if part.kind == "lift_money":
            more = part.values.get("more")
            words = _money_words(part)
            if more:
                words += " " + _("Kurang %(amount)s.") % {"amount": rupiah(more)}
            lines.append(Line("open" if more is None else "no", _("uang"), words))
        else:
            # What is known to be missing can be mended; what is not known is looked at first.
            missing, unknown = _missing(part.values["missing"]), _unknown(part.values["unknown"])
            lines.append(_counted(part, _("tambah"), missing, unknown))
    return tuple(lines)


def _counted(part: Finding, word: str, *inside: Line | None) -> Line:
    number = part.values["number"]
    words = ngettext("%(side)s: %(count)s indikator lagi.", "%(side)s: %(count)s indikator lagi.", number) % {
        "side": _side_name(part.about),
        "count": number,
    }
    return Line("open", word, words, tuple(one for one in inside if one))


def _some(codes: tuple[str, ...]) -> Line | None:
    return Line("", "", _listed(codes)) if codes else None


def _missing(codes: tuple[str, ...]) -> Line | None:
    return Line("no", answer_said("no"), _listed(codes)) if codes else None


def _unknown(codes: tuple[str, ...]) -> Line | None:
    return Line("open", _("belum diketahui"), _listed(codes)) if codes else None


def _listed(codes: tuple[str, ...]) -> str:
    """The first few by name: any of them counts the same."""
    names = ", ".join(indicator_titles(codes[:_FEW]))
    rest = len(codes) - _FEW
    if rest <= 0:
        return names
    return ngettext("%(names)s, dan %(count)s lagi", "%(names)s, dan %(count)s lagi", rest) % {
        "names": names,
        "count": rest,
    }
