"""What was typed about people, checked. Everything typed stays, whatever is wrong with it."""

from simpul.people.forms.consent import ConsentForm, WithdrawForm
from simpul.people.forms.household import HouseholdForm, MoveForm, NewHouseholdForm
from simpul.people.forms.register import EditForm, RegisterForm, SearchForm

__all__ = [
    "ConsentForm",
    "EditForm",
    "HouseholdForm",
    "MoveForm",
    "NewHouseholdForm",
    "RegisterForm",
    "SearchForm",
    "WithdrawForm",
]
