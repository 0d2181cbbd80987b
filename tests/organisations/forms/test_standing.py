import pytest

from simpul.catalogue.organisations import standing as catalogue
from simpul.organisations.forms.standing import ConfirmForm, IndicatorsForm
from simpul.organisations.queries.standing_types import Answered

LEGALITY = catalogue.groups()[0]
OPEN = {one.code: Answered(one.code, "unknown") for one in LEGALITY.indicators}


def form(typed=None, *, before=None, is_officer=False, answered=OPEN):
    return IndicatorsForm(LEGALITY, answered, before or {}, typed, is_officer=is_officer)


class TestIndicatorsForm:
    def test_tells_only_what_was_chosen_anew(self):
        typed = {"deed": "yes", "npwp": "no", "was__npwp": "no", "domicile": ""}
        filled = form(typed)
        assert filled.is_valid()
        assert filled.details() == {"answers": {"deed": "yes"}, "was": {"npwp": "no"}, "note": ""}

    def test_keeps_not_known_apart_from_not_said(self):
        filled = form({"deed": "unknown"})
        assert filled.is_valid()
        assert filled.chosen() == {"deed": "unknown"}

    def test_refuses_an_answer_that_only_officers_give(self):
        assert not form({"deed": "not_applicable"}).is_valid()
        assert form({"deed": "not_applicable", "seen": "paper"}, is_officer=True).is_valid()

    @pytest.mark.parametrize(("typed", "is_valid"), [({"deed": "yes"}, False), ({"deed": ""}, True)])
    def test_asks_an_officer_how_only_where_something_was_seen(self, typed, is_valid):
        assert form(typed, is_officer=True).is_valid() is is_valid

    def test_shows_again_what_was_chosen_and_follows_others_in_the_rest(self):
        typed = {"deed": "yes", "npwp": "no", "was__npwp": "no"}
        filled = form(typed, before={"deed": "no", "npwp": "yes"})
        filled.is_valid()
        filled.data = dict(filled.data)
        filled.shown_again()
        assert next((field.value(), was) for field, _name, was in filled.rows()) == ("yes", "no")
        assert (filled.data["npwp"], filled.before["npwp"]) == ("yes", "yes")

    def test_says_what_counts_where_another_hand_said_it(self):
        by_record = OPEN | {"deed": Answered("deed", "yes", "record", by="field:deed_number")}
        assert "ada (catatan lembaga)" in form(answered=by_record).fields["deed"].help_text
        assert form().fields["deed"].help_text == ""


class TestConfirmForm:
    def test_offers_every_type_with_the_suggestion_chosen(self):
        offered = ConfirmForm("C", "mark")
        assert [code for code, _name in offered.fields["confirmed"].choices] == list("ABCD")
        assert offered["confirmed"].value() == "C"

    def test_asks_for_one(self):
        filled = ConfirmForm("", "mark", {"mark": "mark"})
        assert filled.errors["confirmed"] == ["Pilih satu tipe."]
