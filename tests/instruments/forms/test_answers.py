from datetime import date

import pytest
from django.template.loader import render_to_string

from simpul.catalogue import instruments as shipped
from simpul.engines.scoring import score
from simpul.instruments.forms import AnswersForm
from tests.instruments.factories import instrument, required


def filled(found=None, **typed):
    """A form as it comes back from the browser."""
    form = AnswersForm(found or instrument(), {f"item-{name}": value for name, value in typed.items()})
    form.is_valid()
    return form


def shown(form):
    return render_to_string("instruments/_answers.html", {"answers": form})


class TestAnswersForm:
    def test_gives_answers_as_plain_json(self):
        form = filled(tidur="2", cemas="unknown", anak=" 3 ", cerita=" lelah ", tidur__because="sejak sakit")
        assert form.errors == {}
        assert form.cleaned_answers() == {
            "tidur": 2,
            "cemas": {"state": "unknown"},
            "anak": 3,
            "cerita": "lelah",
            "reasons": {"tidur": "sejak sakit"},
        }

    def test_leaves_out_what_was_not_answered(self):
        form = filled()
        assert form.is_valid()
        assert form.cleaned_answers() == {}

    @pytest.mark.parametrize("state", ["unknown", "refused", "not_applicable"])
    def test_knows_three_ways_of_having_no_answer(self, state):
        form = filled(tidur=state, anak="7", anak__state=state)
        assert form.cleaned_answers() == {"tidur": {"state": state}, "anak": {"state": state}}

    @pytest.mark.parametrize("zero", ["0"])
    def test_takes_a_zero_for_an_answer(self, zero):
        assert filled(anak=zero).cleaned_answers() == {"anak": 0}

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"tidur": "9"}, "tidak ada dalam daftar"),
            ({"anak": "tiga"}, "angka saja"),
            ({"anak": "21"}, "Paling banyak 20"),
            ({"anak": "-1"}, "Paling sedikit 0"),
            ({"anak": "9" * 12}, "angka saja"),
            ({"cerita": "x" * 4001}, "4000"),
        ],
        ids=str,
    )
    def test_refuses_and_loses_nothing(self, typed, said):
        form = filled(**typed, cemas="3", cemas__because="takut gelap")
        assert not form.is_valid()
        html = shown(form)
        assert said in html
        assert "takut gelap" in html
        assert 'value="3" id="id_item-cemas_2" checked' in html or 'id="id_item-cemas_2" checked' in html

    @pytest.mark.parametrize(
        ("typed", "is_enough"), [({}, False), ({"tidur": "refused"}, True), ({"tidur": "1"}, True)]
    )
    def test_asks_for_what_is_required(self, typed, is_enough):
        assert filled(required(instrument(), "tidur"), **typed).is_valid() is is_enough

    def test_goes_on_with_what_was_kept(self):
        kept = {
            "tidur": 2,
            "cemas": {"state": "refused"},
            "anak": {"state": "unknown"},
            "reasons": {"tidur": "sakit"},
        }
        form = AnswersForm(instrument(), initial=kept)
        sent = {field.html_name: field.value() for field in form}
        again = AnswersForm(instrument(), sent)
        assert again.is_valid()
        assert again.cleaned_answers() == kept

    def test_can_take_an_answer_back(self):
        form = AnswersForm(instrument(), {"item-tidur": ""}, initial={"tidur": 2})
        assert form.is_valid()
        assert form.cleaned_answers() == {}
        assert "Belum dijawab" in shown(AnswersForm(instrument(), initial={"tidur": 2}))

    def test_feeds_the_engine(self):
        found = shipped.get("bio-psycho-social-spiritual")
        form = filled(
            found,
            health="3",
            daily_care="4",
            physical_own_words="badan saya kuat",
            health__because="jarang sakit",
        )
        assert score(found.scheme(), form.cleaned_answers())[0].score == 3.5


class TestAnswersPart:
    def test_puts_each_item_into_a_fieldset_with_its_levels(self):
        html = shown(AnswersForm(instrument()))
        assert html.count("<fieldset") == html.count("<legend>") == 3
        assert "Baik sekali" in html
        assert html.count("Tidak mau menjawab") == 3

    def test_folds_the_answer_of_last_time(self):
        previous = {"tidur": 1, "anak": 2, "cerita": "sedih", "reasons": {"tidur": "atap bocor"}}
        html = shown(AnswersForm(instrument(), previous=previous, previous_on=date(2026, 8, 1)))
        assert html.count("Jawaban 1 Agustus 2026") == 3
        assert "<p>Buruk</p>" in html
        assert "atap bocor" in html

    def test_escapes_what_people_wrote(self):
        html = shown(AnswersForm(instrument(), previous={"cerita": "<b>x</b>"}))
        assert "&lt;b&gt;x&lt;/b&gt;" in html

    @pytest.mark.parametrize("found", shipped.all_instruments(), ids=lambda found: found.code)
    def test_gives_every_element_an_id_of_its_own(self, found):
        html = shown(AnswersForm(found, {}))
        ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
        assert len(ids) == len(set(ids))
        pointed = {part.split('"')[0] for part in html.split(' for="')[1:]}
        assert pointed <= set(ids)
