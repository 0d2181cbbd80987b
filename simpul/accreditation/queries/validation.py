"""The second person's look: what each assessor gave, where they differ, and the values that hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.accreditation.models import (
    Accreditation,
    Appeal,
    Assignment,
    Evidence,
    SelfScore,
    Step,
    Validated,
    Vote,
)
from simpul.accreditation.queries.hands import BEFORE_VALIDATION, hand_in
from simpul.accreditation.queries.run import own_assignment
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.scores import (
    counting,
    grade_of,
    locked_assignments,
    scores_of,
    self_scores_of,
)
from simpul.accreditation.stages import Part, Round, Stage
from simpul.catalogue.accreditation import Item
from simpul.engines.reasons import Finding
from simpul.organisations.queries.belonging import belongs_to

LONGEST_WORDS = 2000
VALIDATING = (Stage.VALIDATION, Stage.APPEAL)


# --- who may ---


def has_voted(accreditation: Accreditation, user: User) -> bool:
    """Whether somebody voted on it in any round: then they score and validate nothing in it any more."""
    return bool(Vote.objects.filter(accreditation=accreditation, user=user.pk).exists())


def barred_from_validating(accreditation: Accreditation, user: User) -> str:
    """Why somebody may not validate here, in words; empty for who may."""
    if accreditation.stage not in VALIDATING:
        return _("Akreditasi ini tidak sedang divalidasi.")
    named = own_assignment(accreditation, user.pk, Part.VALIDATOR)
    if named is None:
        return _("Anda tidak ditugaskan sebagai penyelia akreditasi ini.")
    if named.has_conflict is None:
        return _("Nyatakan dulu apakah Anda punya benturan kepentingan dengan lembaga ini.")
    if named.has_conflict:
        return _("Anda menyatakan benturan kepentingan, jadi orang lain yang memvalidasi.")
    if why := hand_in(accreditation, user, BEFORE_VALIDATION):
        return _("%(why)s Karena itu orang lain yang memvalidasi.") % {"why": why}
    if belongs_to([accreditation.organisation_id], user):
        return _("Anda termasuk lembaga ini, jadi orang lain yang memvalidasi.")
    if has_voted(accreditation, user):
        return _("Anda ikut memutuskan akreditasi ini, jadi orang lain yang memvalidasi.")
    if accreditation.stage == Stage.APPEAL and _validated_before_appeal(accreditation, user):
        return _("Anda sudah memvalidasi sebelum keberatan ini, jadi orang lain yang memeriksa ulang.")
    if accreditation.stage == Stage.APPEAL and is_voted_on_appeal(accreditation):
        return _("Pleno sudah mulai memberi suara atas keberatan ini, jadi nilainya tidak diubah lagi.")
    return ""


def is_voted_on_appeal(accreditation: Accreditation) -> bool:
    """Whether somebody voted on the appeal: from then on the values stay as they were when it was voted."""
    return bool(Vote.objects.filter(accreditation=accreditation, round=Round.APPEAL).exists())


def appealed_at(accreditation: Accreditation) -> datetime | None:
    """When the body objected; None where it did not."""
    rows = Appeal.objects.filter(accreditation=accreditation).values_list("at", flat=True)
    found: datetime | None = rows.first()
    return found


def _validated_before_appeal(accreditation: Accreditation, user: User) -> bool:
    appealed = appealed_at(accreditation)
    rows = Validated.objects.filter(accreditation=accreditation, by=user.pk)
    return appealed is not None and rows.filter(at__lt=appealed).exists()


def waiting_for_validation(user: User) -> list[Accreditation]:
    """What a validator was named for and has before them now."""
    rows = Accreditation.objects.reachable(user, Permission.ACCREDITATION_VALIDATE)
    found = rows.filter(stage__in=VALIDATING).select_related("organisation").order_by("at", "pk")
    return [one for one in found if not _is_out(one, user)]


def _is_out(accreditation: Accreditation, user: User) -> bool:
    # Whoever has not declared yet is still asked to.
    named = own_assignment(accreditation, user.pk, Part.VALIDATOR)
    if named is None or named.has_conflict or hand_in(accreditation, user, BEFORE_VALIDATION):
        return True
    return accreditation.stage == Stage.APPEAL and (
        not unsettled(accreditation) or _validated_before_appeal(accreditation, user)
    )


# --- the values that hold ---


@dataclass(frozen=True, slots=True)
class Held:
    """What the second person says of one item. `value` None: it could not be seen."""

    value: int | None
    because: str = ""


def validated_of(accreditation: Accreditation) -> dict[str, Validated]:
    """What the second person said last of each item, since it last came from a visit.

    After another visit everything is looked at again; sent back by the plenary, what was said stays.
    """
    rows = Validated.objects.filter(accreditation=accreditation).order_by("at", "pk")
    if since := _came_from_visit(accreditation):
        rows = rows.filter(at__gte=since)
    return {row.item: row for row in rows}


def _came_from_visit(accreditation: Accreditation) -> datetime | None:
    steps = Step.objects.filter(accreditation=accreditation, stage=Stage.VALIDATION, left=Stage.VISIT)
    found: datetime | None = steps.order_by("-at").values_list("at", flat=True).first()
    return found


def values_of(accreditation: Accreditation) -> dict[str, int | None]:
    """The value of each item that was validated; None where it could not be seen."""
    return {item: row.value for item, row in validated_of(accreditation).items()}


def finding_of(accreditation: Accreditation) -> Finding:
    """The grade that the validated values give, with every reason."""
    return grade_of(accreditation, values_of(accreditation))


# --- the page ---


@dataclass(frozen=True, slots=True)
class Given:
    """What one assessor gave and wrote. `value` None: it could not be seen."""

    who: str
    value: int | None
    words: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item with all that was given for it, the evidence, and the value that holds since.

    `claimed` is what the body gives itself. `is_settled`: this second person, or after an appeal the other one, has
    looked at it.
    """

    item: Item
    title: str
    hint: str
    given: tuple[Given, ...]
    evidence: tuple[Evidence, ...]
    held: Validated | None
    claimed: SelfScore | None = None
    is_settled: bool = False

    @property
    def agreed(self) -> int | None:
        """The value on which all assessors agree; None where they do not, or one could not see it."""
        values = {one.value for one in self.given}
        return next(iter(values)) if len(values) == 1 else None

    @property
    def is_agreed(self) -> bool:
        return self.agreed is not None

    @property
    def difference(self) -> int:
        """How far the highest and the lowest lie apart."""
        values = [one.value for one in self.given if one.value is not None]
        return max(values) - min(values) if values else 0

    def is_confirmation(self, value: int | None) -> bool:
        """Whether this value is what all assessors gave, so that it needs no reason."""
        return bool(self.given) and all(one.value == value for one in self.given)


@dataclass(frozen=True, slots=True)
class StandardRows:
    """The items of one standard."""

    code: str
    title: str
    rows: tuple[ItemRow, ...]


def validation_rows(accreditation: Accreditation) -> tuple[StandardRows, ...]:
    """Every item of the scheme with what was given, in the order of the scheme."""
    scheme = scheme_of(accreditation)
    given, held = _given(accreditation), validated_of(accreditation)
    evidence, claimed = _evidence(accreditation), self_scores_of(accreditation)
    left = frozenset(_unsettled(accreditation, held))
    return tuple(
        StandardRows(
            standard.code,
            standard.title.in_language(get_language() or "id"),
            tuple(
                replace(
                    _row(item, given, evidence, held),
                    claimed=claimed.get(item.code),
                    is_settled=item.code not in left,
                )
                for item in standard.items
            ),
        )
        for standard in scheme.standards
    )


def item_rows(accreditation: Accreditation) -> dict[str, ItemRow]:
    """The same by the code of the item."""
    return {row.item.code: row for part in validation_rows(accreditation) for row in part.rows}


def _row(
    item: Item,
    given: Mapping[str, list[Given]],
    evidence: Mapping[str, list[Evidence]],
    held: Mapping[str, Validated],
) -> ItemRow:
    language = get_language() or "id"
    return ItemRow(
        item=item,
        title=item.text.in_language(language),
        hint=item.evidence_hint.in_language(language) if item.evidence_hint else "",
        given=tuple(given.get(item.code, ())),
        evidence=tuple(evidence.get(item.code, ())),
        held=held.get(item.code),
    )


def assessors_of(accreditation: Accreditation) -> list[Assignment]:
    """Those whose scores count: finished, not withdrawn, without a conflict, still strangers to the body."""
    finished = locked_assignments(accreditation)
    return [one for one in counting(accreditation) if one.pk in finished and not one.has_conflict]


def _given(accreditation: Accreditation) -> dict[str, list[Given]]:
    """The last that each finished assessor gave on each item; an item left out could not be seen."""
    assessors, scores = assessors_of(accreditation), scores_of(accreditation)
    found: dict[str, list[Given]] = defaultdict(list)
    for item in scheme_of(accreditation).items:
        for one in assessors:
            score = scores[one.pk].get(item.code)
            value, words = (score.value, score.words) if score else (None, "")
            found[item.code].append(Given(one.user_name, value, words))
    return found


def _evidence(accreditation: Accreditation) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in Evidence.objects.filter(accreditation=accreditation, removed_at=None).order_by("at", "pk"):
        found[row.item].append(row)
    return found


def unsettled(accreditation: Accreditation) -> list[str]:
    """The codes of the items about which the second person has said nothing yet, or nothing since the appeal."""
    return _unsettled(accreditation, validated_of(accreditation))


def _unsettled(accreditation: Accreditation, held: Mapping[str, Validated]) -> list[str]:
    since = recheck_since(accreditation)
    settled = {code for code, row in held.items() if since is None or row.at >= since}
    return [item.code for item in scheme_of(accreditation).items if item.code not in settled]


def recheck_since(accreditation: Accreditation) -> datetime | None:
    """Since when every item is looked at once more because of an appeal; None where there is none to answer."""
    return appealed_at(accreditation) if accreditation.stage == Stage.APPEAL else None


def returned_words(accreditation: Accreditation) -> str:
    """Why the plenary sent it back; empty where it did not."""
    newest = Step.objects.filter(accreditation=accreditation).order_by("-at", "-pk").first()
    came_back = newest and newest.stage == Stage.VALIDATION and newest.left == Stage.PLENARY
    return str(newest.words) if newest and came_back else ""


def barred_from_being_named(accreditation: Accreditation, user: User) -> str:
    """Why somebody cannot be named to look at it again after an appeal; empty for who can."""
    told = {"who": str(user)}
    if Assignment.objects.filter(accreditation=accreditation, user=user.pk).exists():
        return _("%(who)s sudah pernah ditugaskan pada akreditasi ini. Pilih orang lain.") % told
    if has_voted(accreditation, user):
        return _("%(who)s ikut memutuskan akreditasi ini. Pilih orang lain.") % told
    if hand_in(accreditation, user, BEFORE_VALIDATION):
        return _("%(who)s sudah ikut mengurus atau memeriksa berkas akreditasi ini. Pilih orang lain.") % told
    if belongs_to([accreditation.organisation_id], user):
        return _("%(who)s termasuk lembaga ini. Pilih orang lain.") % told
    return ""
