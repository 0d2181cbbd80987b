import uuid
from datetime import date

from simpul.programmes.actions import plans
from simpul.programmes.queries import plans as queries
from tests.organisations.factories import organisation
from tests.programmes.making import TODAY, a_member, an_agreed_plan, an_item, handed, later, spent


def became(member, by, line, realised):
    told = {"words": "Sudah", "reason": "Hujan", "happened_on": TODAY, "realised": realised}
    return plans.realise(member, by=by, key=uuid.uuid4(), line=line, on=TODAY, at=later(), **told)


class TestLines:
    def test_stand_by_priority(self, member, head, officer):
        items = (an_item(words="Rapat", priority=3), an_item(words="Akta", priority=1))
        found = queries.lines(an_agreed_plan(member, head, officer, *items), TODAY)
        assert [line.item.words for line in found] == ["Akta", "Rapat"]

    def test_the_newest_says_how_it_stands_and_the_others_stay(self, member, head, plan):
        line = plan.items.get().line
        became(member, head, line, "partly")
        became(member, head, line, "done")
        (found,) = queries.lines(plan, TODAY)
        assert (found.newest.realised, len(found.history), found.is_open) == ("done", 2, False)

    def test_are_late_until_they_are_done(self, member, head, officer):
        plan = an_agreed_plan(member, head, officer, an_item(due_on=date(2026, 11, 21)))
        assert queries.lines(plan, TODAY)[0].is_late
        became(member, head, plan.items.get().line, "not")
        assert not queries.lines(plan, TODAY)[0].is_late

    def test_are_not_late_on_their_last_day(self, member, head, officer):
        plan = an_agreed_plan(member, head, officer, an_item(due_on=TODAY))
        assert not queries.lines(plan, TODAY)[0].is_late

    def test_show_what_was_spent_on_them_and_what_is_left(self, stimulus, head, officer, plan):
        handed(stimulus, officer, 3_000_000)
        spent(stimulus, head, 2_500_000, line=plan.items.get().line)
        (found,) = queries.lines(plan, TODAY)
        assert (found.spent, found.left) == (2_500_000, -500_000)


class TestPanel:
    def test_leaves_out_bodies_that_are_only_measured_for_comparison(self, programme, member, officer):
        a_member(programme, organisation(name="LKS Banding"), arm="comparison")
        assert [one.member for one in queries.panel(programme, officer, TODAY).bodies] == [member]

    def test_counts_how_far_each_body_is(self, programme, member, head, officer):
        plan = an_agreed_plan(member, head, officer, an_item(), an_item(due_on=date(2026, 1, 1)))
        became(member, head, plan.items.first().line, "done")
        (found,) = queries.panel(programme, officer, TODAY).bodies
        assert (found.lines, found.done) == (2, 1)
