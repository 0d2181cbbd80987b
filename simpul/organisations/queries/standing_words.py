"""What findings about level, authority and type say, in sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.catalogue import facts
from simpul.catalogue.organisations import bodies, papers
from simpul.catalogue.organisations import standing as catalogue
from simpul.catalogue.text import Text
from simpul.engines.reasons import Answer, Finding
from simpul.organisations.queries.standing_area import Area, Judged
from simpul.organisations.queries.standing_types import OWN_WORD, RECORD, Answered


@dataclass(frozen=True, slots=True)
class Line:
    """One reason: its tag ("yes", "no", "open" or none) with the word in it, and the sentence."""

    kind: str
    word: str
    words: str
    inside: tuple[Line, ...] = ()


def said(text: Text) -> str:
    """A text of the catalogue in the language of this page."""
    return text.in_language(get_language() or "id")


def sureness(mark: str) -> str:
    """How sure a rule is, in words."""
    return said(facts.verified_label(mark))


def answer_said(answer: str) -> str:
    """An answer to an indicator in words; nobody having said anything is not known too."""
    words = {"yes": _("ada"), "no": _("belum ada"), "not_applicable": _("tidak berlaku")}
    return words.get(answer, _("belum diketahui"))


def tag_of(answer: Any) -> str:
    """The kind of tag for an answer of three or for its word."""
    return {"yes": "yes", "no": "no", "not_applicable": ""}.get(str(answer), "open")


def indicator_titles(codes: Iterable[str]) -> list[str]:
    """The names of indicators; the code of one that a later edition no longer knows."""
    known = catalogue.indicators()
    return [said(known[code].title) if code in known else code for code in codes]


def type_name(code: str) -> str:
    """ "C (tumbuh)"; nothing for nothing, and the code of a type that is no longer known."""
    known = {one.code: one for one in catalogue.standards().types}
    if code not in known:
        return code
    return _("%(type)s (%(name)s)") % {"type": code, "name": said(known[code].title).lower()}


# --- level and authority ---


@dataclass(frozen=True, slots=True)
class AreaShown:
    """A level or an office as the page tells it. `name` is empty where it is not known."""

    name: str
    about: str
    sureness: str
    source: str
    reasons: tuple[Line, ...]
    regions: tuple[Line, ...]
    code_list: str


def level_shown(judged: Judged) -> AreaShown:
    """The level with its reasons."""
    listed = catalogue.standards().levels
    return _shown(judged, listed, level_name(judged), level_lines(judged))


def authority_shown(judged: Judged) -> AreaShown:
    """The office with its reasons."""
    listed = catalogue.standards().authorities
    return _shown(judged, listed, office_name(judged), authority_lines(judged))


def _shown(
    judged: Judged, listed: tuple[catalogue.Described, ...], name: str, reasons: list[Line]
) -> AreaShown:
    answer = judged.finding.answer
    rule = None if answer is Answer.UNKNOWN else catalogue.described(listed, answer)
    return AreaShown(
        name=name,
        about=said(rule.about) if rule else "",
        sureness=sureness(rule.verified) if rule else "",
        source=rule.source if rule else "",
        reasons=tuple(reasons),
        regions=tuple(region_lines(judged)),
        code_list=code_list_words(judged.area),
    )


def level_name(judged: Judged) -> str:
    """ "Kecamatan"; empty where the level is not known."""
    return _described(catalogue.standards().levels, judged.finding.answer)


def authority_name(judged: Judged) -> str:
    """ "Dinas Sosial kabupaten/kota"; empty where it is not known."""
    return _described(catalogue.standards().authorities, judged.finding.answer)


def office_name(judged: Judged) -> str:
    """The office with its region: "Dinas Sosial Kab. Karimun, Kepulauan Riau"; empty where it is not known."""
    answer = judged.finding.answer
    if answer is Answer.UNKNOWN:
        return ""
    if answer == "ministry":
        return authority_name(judged)
    return _("Dinas Sosial %(region)s") % {"region": judged.area.path(judged.region)}


def level_lines(judged: Judged) -> list[Line]:
    """Why it is this level: the rules from the widest down to the one that fits."""
    return [
        Line(*_yes_or_no(part.answer), _rule_words(part, judged.area))
        for part in judged.finding.parts
        if part.kind == "area_rule"
    ]


def region_lines(judged: Judged) -> list[Line]:
    """Every region served, with its whole path, and those that add nothing because they lie in another."""
    area = judged.area
    lines = [
        Line("yes", _("dihitung"), _served_words(part, area))
        for part in judged.finding.parts
        if part.kind == "area_served"
    ]
    lines += [
        Line("", _("sudah termasuk"), _("%(place)s sudah termasuk %(whole)s.") % {"place": area.path(part.about), "whole": area.path(part.values["inside"])})
        for part in judged.finding.parts
        if part.kind == "area_inside"
    ]  # fmt: skip
    lines += [
        Line("", _("kode baru"), _("%(place)s: kode %(old)s menjadi %(new)s.") % {"place": area.path(new), "old": old, "new": new})
        for old, new in area.renewed
    ]  # fmt: skip
    lines += [
        Line("open", _("tidak dihitung"), _("Kode %(code)s tidak ada dalam daftar kode wilayah. Perbaiki wilayah layanan.") % {"code": code})
        for code in area.unlisted
    ]  # fmt: skip
    return lines


def authority_lines(judged: Judged) -> list[Line]:
    """Why it is this office."""
    return [
        Line("", "", _authority_words(part, judged.area))
        for part in judged.finding.parts
        if part.kind in ("authority_counts", "authority_foreign")
    ]


def code_list_words(area: Area) -> str:
    """By which code list it was judged."""
    if area.decree and area.code_list_on:
        return _("Menurut %(decree)s, berlaku sejak %(day)s: %(count)s provinsi.") % {
            "decree": area.decree,
            "day": date_format(area.code_list_on, "j F Y"),
            "count": area.provinces,
        }
    return _("Daftar kode wilayah pada tanggal itu tidak termuat; jumlah provinsi saat itu %(count)s.") % {
        "count": area.provinces
    }


def _described(listed: tuple[catalogue.Described, ...], answer: Any) -> str:
    return "" if answer is Answer.UNKNOWN else said(catalogue.described(listed, answer).title)


def _rule_words(rule: Finding, area: Area) -> str:
    whole = rule.values["whole"]
    if whole:
        names = "; ".join(area.path(code) for code in whole)
        return _("Melayani %(names)s seluruhnya, dan itu dihitung lebih dari satu.") % {"names": names}
    told = {"count": rule.values["count"], "needed": rule.values["needed"]}
    return _COUNTED[rule.about](told)


# Each rule by its level: what was counted, and how many it takes.
_COUNTED: dict[str, Callable[[Mapping[str, int]], str]] = {
    "national": lambda told: _("%(count)s provinsi; tingkat nasional mulai %(needed)s provinsi (setengah jumlah provinsi).") % told,
    "regional": lambda told: _("%(count)s provinsi; tingkat regional mulai %(needed)s provinsi.") % told,
    "province": lambda told: _("%(count)s kabupaten/kota; tingkat provinsi mulai %(needed)s kabupaten/kota.") % told,
    "regency": lambda told: _("%(count)s kecamatan; tingkat kabupaten/kota mulai %(needed)s kecamatan.") % told,
    "district": lambda told: _("%(count)s desa/kelurahan; tingkat kecamatan mulai %(needed)s desa/kelurahan.") % told,
    "village": lambda told: _("%(count)s desa/kelurahan; itu tingkat desa/kelurahan.") % told,
}  # fmt: skip


def _served_words(part: Finding, area: Area) -> str:
    place = area.path(part.about)
    if part.values["of"] == "village":
        return place
    return _("%(place)s, seluruhnya") % {"place": place}


def _authority_words(part: Finding, area: Area) -> str:
    if part.kind == "authority_foreign":
        return _("LKS asing mendapat izin dari Kementerian Sosial, di mana pun melayani.")
    names = {"names": "; ".join(area.path(code) for code in part.values["regions"])}
    if not part.values["regions"]:
        return _("Satu provinsi seluruhnya, jadi lebih dari satu kabupaten/kota.")
    if part.about == "province":
        return ngettext("%(count)s provinsi: %(names)s.", "%(count)s provinsi: %(names)s.", part.answer) % {
            "count": part.answer,
            **names,
        }
    return ngettext(
        "%(count)s kabupaten/kota: %(names)s.", "%(count)s kabupaten/kota: %(names)s.", part.answer
    ) % {"count": part.answer, **names}


def _yes_or_no(answer: Any) -> tuple[str, str]:
    if answer is Answer.YES:
        return "yes", _("ya")
    return ("no", _("tidak")) if answer is Answer.NO else ("open", _("belum diketahui"))


# --- indicators ---


def seen_words(answered: Answered) -> str:
    """How the answer that counts came to be known: "kunjungan, Ibu Farida, 3 Mei 2026"; empty where nobody said."""
    if answered.seen == RECORD:
        return place_words(answered.by)
    if answered.row is None:
        return ""
    return _("%(how)s, %(who)s, %(day)s") % {
        "how": way_words(answered.seen),
        "who": answered.row.by_name,
        "day": date_format(answered.row.on, "j F Y"),
    }


def way_words(seen: str) -> str:
    """A way in which somebody came to know something."""
    return {
        OWN_WORD: _("kata lembaga sendiri"),
        "paper": _("dari surat"),
        "visit": _("dari kunjungan"),
        "interview": _("dari wawancara"),
    }.get(seen, "")


def place_words(place: str) -> str:
    """Where in the record of a body an answer stands."""
    kind, _colon, name = place.partition(":")
    if kind == "paper":
        known = papers.paper_kind(name)
        return _("surat tersimpan: %(title)s") % {"title": said(known.title) if known else name}
    listed = {"staff": bodies.professions, "facility": bodies.facilities}.get(kind)
    if listed is not None:
        title = next((said(one.title) for one in listed() if one.code == name), name)
        return _("catatan lembaga: %(title)s") % {"title": title}
    return {
        "certificate": _("tanda daftar yang berlaku"),
        "residential": _("layanannya tidak dalam panti"),
        "serving": _("tidak melayani langsung: beranggotakan atau mengoordinasikan lembaga lain"),
        "no_legal_entity": _("tercatat tidak berbadan hukum"),
        "report": _("laporan yang diterima Dinas"),
    }.get(kind, _("catatan lembaga"))
