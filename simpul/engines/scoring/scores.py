"""From answers to a score per domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from simpul.engines.reasons import Answer, Finding
from simpul.engines.scoring.scheme import REASONS, STATES, DomainScheme, ItemScheme, Scheme

UNANSWERED = "unanswered"


class AnswerError(ValueError):
    """An answer that the questionnaire does not know. `item` is its code."""

    def __init__(self, item: str, sentence: str) -> None:
        self.item = item
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class DomainScore:
    """What the answers say about one domain.

    score is None where it is not known: too few items are `answered` of the `of` that apply to this person (an item that does
    not apply is not missing). answer is yes, no or not known to the domain's own question, None where it asks none.
    reasons: one Finding per scored item, of kind "item", with what it counted or why it did not.
    """

    code: str
    score: float | None
    answered: int
    of: int
    minimum: float
    maximum: float
    reasons: tuple[Finding, ...]
    answer: Answer | None = None
    fewest: int = 0

    @property
    def share(self) -> float | None:
        """Where the score lies between its lowest (0) and its highest (1); None where it is not known."""
        if self.score is None or self.maximum <= self.minimum:
            return None
        return (self.score - self.minimum) / (self.maximum - self.minimum)

    @property
    def finding(self) -> Finding:
        """The whole as one Finding, for what keeps and shows findings."""
        values = {
            "answered": self.answered,
            "of": self.of,
            "fewest": self.fewest,
            "minimum": self.minimum,
            "maximum": self.maximum,
        }
        known: Any = Answer.UNKNOWN if self.score is None else self.score
        return Finding(
            known if self.answer is None else self.answer, "domain", self.code, values, self.reasons
        )

    def to_json(self) -> dict[str, Any]:
        """A dictionary that json can write."""
        return {
            "code": self.code,
            "score": self.score,
            "answered": self.answered,
            "of": self.of,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "fewest": self.fewest,
            "answer": None if self.answer is None else int(self.answer),
            "reasons": [reason.to_json() for reason in self.reasons],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DomainScore:
        """The score that to_json wrote."""
        answer = data["answer"]
        read = {
            "answer": None if answer is None else Answer(answer),
            "reasons": tuple(Finding.from_json(reason) for reason in data["reasons"]),
        }
        return cls(**{**data, **read})


def score(scheme: Scheme, answers: Mapping[str, Any]) -> tuple[DomainScore, ...]:
    """The score of every domain, in their order.

    `answers` holds, by the code of the item, its level, or {"state": "unknown" | "refused" | "not_applicable"};
    what is not there, or None, was not answered. Reasons for them may stand there too, under "reasons". Raises AnswerError for an item or a level that does not exist.
    """
    for code in answers:
        if code not in scheme.codes and code != REASONS:
            raise AnswerError(code, f"There is no item {code!r} in this questionnaire.")
    return tuple(_domain(domain, answers) for domain in scheme.domains)


def state_of(answer: Any) -> str:
    """Why there is no level ("unknown", "refused", "not_applicable", "unanswered"); empty where there is one."""
    if answer is None:
        return UNANSWERED
    if isinstance(answer, Mapping):
        return str(answer.get("state", ""))
    return ""


def _domain(domain: DomainScheme, answers: Mapping[str, Any]) -> DomainScore:
    reasons: list[Finding] = []
    counted: dict[str, int] = {}
    not_applying = 0
    for item in domain.scored:
        answer = answers.get(item.code)
        if state := _state(item, answer):
            not_applying += state == "not_applicable"
            reasons.append(Finding(Answer.UNKNOWN, "item", item.code, {"state": state}))
            continue
        value = item.counted(_level(item, answer))
        counted[item.code] = value
        told = {"counted": value, "reversed": True} if item.is_reversed else {"counted": value}
        reasons.append(Finding(answer, "item", item.code, told))
    applying = len(domain.scored) - not_applying
    return DomainScore(
        code=domain.code,
        score=_score(domain, counted, applying),
        answered=len(counted),
        of=applying,
        minimum=domain.minimum,
        maximum=domain.maximum,
        reasons=tuple(reasons),
        answer=_answer(domain, counted, applying),
        fewest=domain.fewest,
    )


def _state(item: ItemScheme, answer: Any) -> str:
    if isinstance(answer, Mapping):
        state = str(answer.get("state"))
        if state not in STATES:
            raise AnswerError(
                item.code, f"{item.code!r} has no level because it is {state!r}, which nobody knows."
            )
        return state
    return UNANSWERED if answer is None else ""


def _level(item: ItemScheme, answer: Any) -> int:
    if type(answer) is not int or answer not in item.values:
        levels = ", ".join(map(str, item.values))
        raise AnswerError(item.code, f"{item.code!r} has the levels {levels}, not {answer!r}.")
    return answer


def _score(domain: DomainScheme, counted: Mapping[str, int], applying: int) -> float | None:
    if not counted:
        return None
    if domain.method == "highest":
        # One item at the top settles it; otherwise an open one could still be higher.
        top = max(counted.values())
        return float(top) if top >= domain.maximum or len(counted) == applying else None
    if len(counted) < domain.fewest:
        return None
    total = _filled(domain, counted)
    return float(total if domain.method == "sum" else total / len(domain.scored))


def _filled(domain: DomainScheme, counted: Mapping[str, int]) -> Fraction:
    """The sum over all items, where those without an answer stand as high as the answered ones do together.

    With items of one length that is the mean of the answered times their number. Exact, so that the same answers
    give the same score in whichever order.
    """
    reached = possible = 0
    for item in domain.scored:
        if item.code in counted:
            reached += counted[item.code] - item.values[0]
            possible += item.values[-1] - item.values[0]
    lowest = sum(item.values[0] for item in domain.scored)
    whole = sum(item.values[-1] - item.values[0] for item in domain.scored)
    return lowest + Fraction(reached, possible) * whole


def _answer(domain: DomainScheme, counted: Mapping[str, int], applying: int) -> Answer | None:
    if domain.at_least is None:
        return None
    if any(value >= domain.at_least for value in counted.values()):
        return Answer.YES
    return Answer.NO if counted and len(counted) == applying else Answer.UNKNOWN
