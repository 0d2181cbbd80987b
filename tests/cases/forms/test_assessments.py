import pytest
from django.http import QueryDict

from simpul.cases.forms.assessments import DraftForm, StartForm, answers_form, with_theirs
from simpul.cases.queries.assessments import instrument_of, may_be_started
from tests.cases.assessing import OWN, VIEW, WG, begun, filled, own_instrument, owned
from tests.cases.contacts_factories import opened
from tests.instruments.factories import required

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(caseworker):
    return opened(caseworker)


def merged(draft, typed):
    return with_theirs(QueryDict(typed), draft, instrument_of(draft))


class TestStartForm:
    def test_tells_of_each_instrument_what_it_would_be(self, case, caseworker):
        begun(case, caseworker)
        choices = dict(StartForm(may_be_started(case, caseworker)).fields["instrument"].choices)
        assert choices[WG].endswith(" · sedang diisi")
        assert choices["family-support"].endswith(" · asesmen awal")


class TestDraftForm:
    def test_opens_with_what_is_kept(self, case, caseworker):
        draft = filled(begun(case, caseworker), caseworker, client_view=VIEW, sources=["self", "document"])
        form = DraftForm(draft)
        assert (form["client_view"].value(), form["version"].value()) == (VIEW, 2)
        assert form["sources"].value() == ["self", "document"]

    def test_wants_nothing_but_a_day_and_a_version(self, case, caseworker):
        form = DraftForm(begun(case, caseworker), QueryDict("version=1"))
        assert set(form.errors) == {"held_on"}


class TestAnswersForm:
    def test_lets_a_draft_lack_what_must_be_there_and_says_so(self, case, caseworker, supervisor):
        owned(supervisor, required(own_instrument(), "cemas"))
        draft = begun(case, caseworker, OWN)
        form = answers_form(draft, instrument_of(draft), QueryDict("item-tidur=2"))
        assert form.is_valid()
        assert form.cleaned_answers() == {"tidur": 2}
        assert "Wajib dijawab sebelum asesmen diselesaikan." in str(form.instrument.item("cemas").hint)


class TestWithTheirs:
    def test_takes_theirs_where_nothing_was_typed(self, case, caseworker):
        draft = filled(begun(case, caseworker), caseworker, observed="Rapi", answers={"hearing": 2})
        data = merged(draft, "version=1&client_view=Pulang&observed=+&item-seeing=3")
        assert (data["observed"], data["client_view"], data["version"]) == ("Rapi", "Pulang", "2")
        assert (data["item-hearing"], data["item-seeing"]) == ("2", "3")

    def test_keeps_the_own_words_where_both_wrote(self, case, caseworker):
        draft = filled(begun(case, caseworker), caseworker, observed="Rapi", answers={"hearing": 2})
        data = merged(draft, "observed=Kusut&item-hearing=4")
        assert (data["observed"], data["item-hearing"]) == ("Kusut", "4")

    def test_puts_the_sources_of_both_together(self, case, caseworker):
        draft = filled(begun(case, caseworker), caseworker, sources=["self", "family"])
        assert merged(draft, "sources=family&sources=document").getlist("sources") == [
            "family",
            "document",
            "self",
        ]

    @pytest.mark.parametrize(("typed", "state"), [("item-anak=4", ""), ("", "unknown")])
    def test_never_lets_not_knowing_win_over_a_number(self, case, caseworker, supervisor, typed, state):
        owned(supervisor)
        draft = filled(begun(case, caseworker, OWN), caseworker, answers={"anak": {"state": "unknown"}})
        assert merged(draft, typed).get("item-anak__state", "") == state
