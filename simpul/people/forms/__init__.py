"""What was typed about people, checked. Everything typed stays, whatever is wrong with it."""

from simpul.people.forms.consent import ConsentForm, WithdrawForm
from simpul.people.forms.household import HouseholdForm, MoveForm, NewHouseholdForm
from simpul.people.forms.register import EditForm, RegisterForm, SearchForm
from simpul.people.forms.rights import AnswerForm, DespiteForm, ReasonForm, RequestForm

__all__ = [
    "AnswerForm",
    "ConsentForm",
    "DespiteForm",
    "EditForm",
    "HouseholdForm",
    "MoveForm",
    "NewHouseholdForm",
    "ReasonForm",
    "RegisterForm",
    "RequestForm",
    "SearchForm",
    "WithdrawForm",
]
