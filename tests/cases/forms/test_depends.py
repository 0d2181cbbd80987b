"""Nothing that an action may ask for is called optional on its page."""

import uuid

import pytest

from simpul.cases.forms.ending import EndingForm
from simpul.cases.forms.handover import HandoverForm
from simpul.cases.forms.plans import AgreeForm, DecideForm, StateForm
from simpul.cases.forms.team import MemberForm
from simpul.cases.models import Ending
from simpul.ui.templatetags.ui import look_of
from tests.screening.factories import TODAY

FORMS = [
    (lambda: StateForm(), "reason"),
    (lambda: DecideForm(), "reason"),
    (lambda: AgreeForm(TODAY), "agreed_by"),
    (lambda: MemberForm([]), "called"),
    (lambda: HandoverForm([]), "until"),
    (lambda: EndingForm(Ending(pk=uuid.uuid4(), on=TODAY), []), "statement"),
    (lambda: EndingForm(Ending(pk=uuid.uuid4(), on=TODAY), []), "reason"),
]


@pytest.mark.parametrize(("form", "name"), FORMS, ids=[str(number) for number in range(len(FORMS))])
def test_what_another_answer_asks_for_is_not_called_optional(form, name):
    assert not look_of(form()[name]).is_optional
