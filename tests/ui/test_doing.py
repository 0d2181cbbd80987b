import uuid

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.forms import CharField, Form
from django.http import HttpResponse
from django.urls import reverse

from simpul.access.refusal import Refusal
from simpul.ui.doing import act, done, form_page, pressed, pressed_on, read_version, unjudged
from tests.screening.factories import TODAY

KEY = uuid.UUID(int=7)
# Every address of a case that takes only what a button sends, and the page with that button.
BUTTONS = {
    "move": "case",
    "concerned-household": "around",
    "concerned-before": "around",
    "plan-start": "plan",
    "ending-begin": "ending",
    "follow-up-cancel": "follow-up",
    "assessment-complete": "assessment",
    "protect": "privacy",
    "complaint-take": "complaint",
    "complaint-answer": "complaint",
    "complaint-erase": "complaint",
}
IN_A_CASE = {
    "concerned-end": "around",
    "tie-end": "around",
    "member-end": "team",
    "handover-answer": "handover",
}


class WordsForm(Form):
    words = CharField()


@pytest.fixture
def request_of(rf, monkeypatch):
    """A request of somebody, with room for messages."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)

    def made(**typed):
        request = rf.post("/", typed)
        request.user, request._messages = "Rina", CookieStorage(request)
        return request

    return made


def refuse(subject, /, *, by):
    raise Refusal("Belum boleh.")


class TestAct:
    def test_tells_the_day_only_where_it_is_wanted(self, request_of):
        def with_day(subject, /, *, by, on, words):
            return subject, by, on, words

        def without_day(subject, /, *, by):
            return subject, by

        assert act(request_of(), with_day, "kasus", words="a") == ("kasus", "Rina", TODAY, "a")
        assert act(request_of(), without_day, "kasus") == ("kasus", "Rina")


class TestDone:
    def test_gives_what_the_action_gave(self, request_of):
        form = WordsForm({"words": "a"})
        assert done(request_of(), form, lambda subject, /, *, by: [subject], "kasus") == ["kasus"]
        assert form.is_valid()

    def test_lets_the_form_say_why_it_was_refused(self, request_of):
        form = WordsForm({"words": "a"})
        assert done(request_of(), form, refuse, "kasus") is None
        assert form.non_field_errors() == ["Belum boleh."]


class TestPressed:
    @pytest.mark.parametrize(
        ("perform", "words"),
        [(lambda subject, /, *, by: None, "Sudah."), (refuse, "Belum boleh.")],
        ids=["done", "refused"],
    )
    def test_lets_the_next_page_say_what_came_of_it(self, request_of, perform, words):
        request = request_of()
        pressed(request, perform, "kasus", "Sudah.")
        assert [str(one) for one in get_messages(request)] == [words]

    def test_says_nothing_without_words(self, request_of):
        request = request_of()
        pressed(request, lambda subject, /, *, by: None, "kasus")
        assert not list(get_messages(request))


class TestFormPage:
    @pytest.mark.parametrize(("typed", "status"), [(None, 200), ({"words": ""}, 422)], ids=["new", "wrong"])
    def test_says_that_what_was_typed_was_not_taken(self, monkeypatch, request_of, typed, status):
        monkeypatch.setattr("simpul.ui.render.render", lambda *_, status: HttpResponse(status=status))
        assert form_page(request_of(), "cases/tie.html", WordsForm(typed)).status_code == status


class TestUnjudged:
    def test_keeps_what_was_typed_and_forgets_what_is_wrong_with_it(self):
        form = WordsForm({"words": ""})
        assert form.errors
        assert not unjudged(form).errors
        assert form.data == {"words": ""}


class TestReadVersion:
    @pytest.mark.parametrize(
        ("typed", "version"), [("3", 3), ("", 0), ("x", 0), ("-1", 0), ("٣", 0), ("9" * 30, 0)]
    )
    def test_is_one_that_no_row_has_where_the_page_did_not_say(self, request_of, typed, version):
        assert read_version(request_of(version=typed)) == version


@pytest.mark.django_db
class TestPressedOn:
    def test_lets_a_press_pass(self, rf):
        view = pressed_on("cases:case")(lambda request, pk, word: HttpResponse(f"{pk.int} {word}"))
        assert view(rf.post("/"), KEY, word="a").content == b"7 a"

    @pytest.mark.parametrize(("name", "parent"), (BUTTONS | IN_A_CASE).items(), ids=(BUTTONS | IN_A_CASE))
    def test_leads_an_opened_address_to_the_page_with_the_button(self, client, supervisor, name, parent):
        client.force_login(supervisor)
        args = [KEY, KEY] if name in IN_A_CASE else [KEY]
        answer = client.get(reverse(f"cases:{name}", args=args))
        assert (answer.status_code, answer.url) == (302, reverse(f"cases:{parent}", args=[KEY]))

    def test_asks_for_the_right_first(self, client, volunteer):
        client.force_login(volunteer)
        assert client.get(reverse("cases:move", args=[KEY])).status_code == 403
