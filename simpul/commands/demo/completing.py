"""How the example programme of the paper went on: plans, money, visits, the last stages. Invented, and marked so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from simpul.access.models import User
from simpul.commands.demo.deeds import Deed
from simpul.commands.demo.office import organisation_key
from simpul.programmes.actions import cohort, evaluation, mentoring, money, plans
from simpul.programmes.actions import programme as actions
from simpul.programmes.models import Evaluation, Member, Programme, Stimulus
from simpul.programmes.queries.cohort_told import Helper
from simpul.programmes.queries.mentoring import Seen
from simpul.programmes.queries.plans import agreed_plan
from simpul.programmes.queries.told import Agreed, Handed, Item, Spent
from simpul.programmes.stages import Part


def _bodies(deed: Deed, key: UUID) -> Iterator[tuple[str, Member, User]]:
    """Each body with who acts for it: nobody agrees to their own plan."""
    for name, head in zip(deed.told["bodies"], deed.told["heads"], strict=True):
        member = Member.objects.get(programme=key, organisation=organisation_key(name))
        yield name, member, deed.users[head]


def plan(deed: Deed, key: UUID) -> None:
    """Drawn up by the board of each body, agreed by the officer."""
    told = deed.told["plan"]
    for name, member, head in _bodies(deed, key):
        at = deed.when(told["later"])["at"]
        drawn = plans.draw_up(member, by=head, key=deed.key("plan", name), at=at)
        for number, item in enumerate(told["items"]):
            due_on = deed.on(item["due_later"])
            line = Item(
                item["words"], number + 1, measure=item["measure"], budget=item["budget"], due_on=due_on
            )
            plans.add_item(drawn, by=head, key=deed.key("item", name, str(number)), at=at, item=line)
        drawn.refresh_from_db()
        drawn = plans.send_in(drawn, by=head)
        plans.agree(drawn, by=deed.by, version=drawn.version, on=deed.on(told["agreed_later"]))


def pay(deed: Deed, key: UUID) -> None:
    """Asked for by the body, granted by one, handed over by another before a witness."""
    told = deed.told["money"]
    _move(deed, key, told["stage"])
    for number, (name, member, head) in enumerate(_bodies(deed, key), start=1):
        row = money.ask(
            member, by=head, key=deed.key("money", name), amount=told["amount"], words=told["words"], **deed.when(told["asked_later"])
        )  # fmt: skip
        on = deed.on(told["granted_later"])
        decider = deed.users[deed.told["decider"]]
        row = money.approve(
            row, by=decider, version=row.version, on=on, granted=told["amount"], words=told["because"]
        )
        when = deed.when(told["handed_later"], minutes=number)
        signed = Agreed(
            told["agreement"].format(number=number), when["on"], head.name, deed.on(told["due_later"])
        )
        money.sign(row, by=deed.by, version=row.version, on=when["on"], agreed=signed)
        handed = Handed(told["amount"], when["on"], head.name, told["witness"])
        money.hand_over(row, by=deed.by, key=deed.key("instalment", name), handed=handed, **when)


def accompany(deed: Deed, key: UUID) -> None:
    """The mentor's visits, what was spent, and what became of each line."""
    told = deed.told["monitoring"]
    _move(deed, key, told["stage"])
    account = deed.told["mentor"]
    mentor = deed.users[account]
    helper = Helper(mentor.name, Part.MENTOR, account=account)
    programme = Programme.objects.get(pk=key)
    cohort.add_worker(programme, by=deed.by, key=deed.key("mentor"), helper=helper, **deed.when(told["named_later"]))  # fmt: skip
    for name, member, head in _bodies(deed, key):
        for number, visit in enumerate(told["visits"]):
            when = deed.when(visit["later"])
            seen = Seen(when["on"], visit["found"], visit["advice"], visit["next_step"])
            mentoring.record_visit(
                member, by=mentor, key=deed.key("visit", name, str(number)), seen=seen, **when
            )
        _spend(deed, member, head, {**told, **told["of"].get(name, {})}, name)


def _spend(deed: Deed, member: Member, head: User, told: Mapping[str, Any], name: str) -> None:
    stimulus = Stimulus.objects.get(member=member)
    standing = agreed_plan(member)
    lines = list(standing.items.order_by("order")) if standing else []
    for number, (line, amount, became) in enumerate(zip(lines, told["spent"], told["became"], strict=True)):
        when = deed.when(told["spent_later"] + number)
        details = {"amount": amount, "on": when["on"], "words": line.words, "voucher": f"{number + 1:02}"}
        spent = Spent(**details, line=line.line)
        if number == told.get("wrong"):
            _misspell(deed, stimulus, head, spent, name)
        money.spend(stimulus, by=head, key=deed.key("spent", name, str(number)), spent=spent, **when)
        plans.realise(
            member, by=head, key=deed.key("became", name, str(number)), line=line.line,
            happened_on=when["on"], realised=became["realised"], words=became["words"], reason=became["reason"], **when,
        )  # fmt: skip
    back = stimulus.granted - sum(told["spent"])
    if back:
        when = deed.when(told["spent_later"] + 20)
        details = {"amount": back, "given_on": when["on"], "words": told["back"]}
        money.take_back(stimulus, by=deed.by, key=deed.key("back", name), **details, **when)


def _misspell(deed: Deed, stimulus: Stimulus, head: User, spent: Spent, name: str) -> None:
    """Noted with a nought too few: what is wrong is taken back by an entry of its own."""
    when = {"on": spent.on, "at": deed.when(deed.told["monitoring"]["spent_later"])["at"]}
    wrong = replace(spent, amount=spent.amount // 10)
    entry = money.spend(stimulus, by=head, key=deed.key("wrong", name), spent=wrong, **when)
    words = deed.told["monitoring"]["mended"]
    money.reverse_spending(entry, by=head, key=deed.key("reversed", name), words=words, **when)


def account(deed: Deed, key: UUID) -> None:
    """Each body accounts for its money, and who decided accepts it. Then the programme is looked at, and tested again."""
    told = deed.told["account"]
    decider = deed.users[deed.told["decider"]]
    for _name, member, head in _bodies(deed, key):
        row = Stimulus.objects.get(member=member)
        row = money.account(row, by=head, version=row.version, on=deed.on(told["later"]), words=told["words"])
        money.accept(row, by=decider, version=row.version, on=deed.on(told["accepted_later"]))
    for stage in told["stages"]:
        _move(deed, key, stage)


def hand_over(deed: Deed, key: UUID) -> None:
    """The result is declared, the district goes on with the work, the programme is closed."""
    found = Evaluation.objects.filter(programme=key).order_by("-at").first()
    if found is not None:
        evaluation.make_final(found, by=deed.by)
    for stage in deed.told["closing"]:
        _move(deed, key, stage)


def _move(deed: Deed, key: UUID, told: Mapping[str, Any]) -> None:
    programme = Programme.objects.get(pk=key)
    when = deed.when(told["later"], minutes=120)
    moved = {"to": told["to"], "words": told["words"], "handed_over_to": told.get("handed_over_to", "")}
    actions.move(programme, by=deed.by, version=programme.version, reached_on=when["on"], **moved, **when)
