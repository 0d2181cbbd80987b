import pytest

from simpul.partners.queries.survey import SURVEY, survey_of
from tests.access.factories import user_with
from tests.instruments.factories import begun
from tests.partners.making import a_mediation


class TestSurveyOf:
    @pytest.fixture
    def officer(self):
        return user_with("dinas_officer", region="21.02", name="Bu Dewi")

    def test_holds_the_sheets_about_the_group_and_no_others(self, body, other, head, officer):
        row = a_mediation(body, head)
        about = begun(officer, code=SURVEY, about=body.pk)
        begun(officer, code=SURVEY, about=other.pk, participant=other.pk)
        found = survey_of(row, officer)
        assert [sheet.pk for sheet in found.sheets] == [about.pk]

    def test_is_nothing_for_who_fills_in_no_sheets(self, body, head):
        reader = user_with("researcher")
        assert survey_of(a_mediation(body, head), reader) is None
