import pytest

from simpul.organisations.forms.bodies import RegisterForm
from simpul.organisations.forms.sources import FORMS


class TestForms:
    @pytest.mark.parametrize(
        "form", [RegisterForm, *dict.fromkeys(FORMS.values())], ids=lambda form: form.__name__
    )
    def test_name_every_box_so_that_a_mistake_is_told_in_words(self, form):
        boxes = {name: field for name, field in form.base_fields.items() if not field.widget.is_hidden}
        assert [name for name, field in boxes.items() if not field.label] == []
