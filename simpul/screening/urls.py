"""Addresses of screenings."""

from django.urls import path, register_converter

from simpul.screening.queries import CODE_LENGTH, question_called, question_code
from simpul.screening.views import decisions, interview, paper, results, types


class QuestionConverter:
    """A question by its code: what somebody is asked does not stand in an address."""

    regex = f"[0-9a-f]{{{CODE_LENGTH}}}"

    def to_python(self, value: str) -> str:
        name = question_called(value)
        if name is None:
            raise ValueError("no question has this code")
        return name

    def to_url(self, value: str) -> str:
        return question_code(value)


register_converter(QuestionConverter, "question")

app_name = "screening"
urlpatterns = [
    path("orang/<uuid:person>/mulai/", interview.start, name="start"),
    path("jenis/", types.types, name="types"),
    path("jenis/<slug:edition>/", types.types, name="types"),
    path("jenis/<slug:edition>/<slug:code>/", types.type_help, name="type-help"),
    path("<uuid:pk>/", results.result, name="result"),
    path("<uuid:pk>/tanya/", interview.question, name="question"),
    path("<uuid:pk>/tanya/<question:name>/", interview.question, name="question"),
    path("<uuid:pk>/selesai/", interview.finish, name="finish"),
    path("<uuid:pk>/nilai-ulang/", results.judge_again, name="judge-again"),
    path("<uuid:pk>/bandingkan/", results.compare, name="compare"),
    path("<uuid:pk>/cetak/", paper.paper, name="print"),
    path("<uuid:pk>/cetak.pdf", paper.pdf, name="pdf"),
    path("<uuid:pk>/putuskan/", decisions.decide, name="decide"),
    path("<uuid:pk>/akhiri/", decisions.end, name="end"),
]
