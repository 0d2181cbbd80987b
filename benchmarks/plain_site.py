"""What a first Django project would do with the same rows: a list with a search and pages, and the page of one person.

The rival of `benchmarks.pages`: every reader sees everybody, nothing is sealed, nothing recorded, nothing translated.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Engine
from django.urls import path

_PAGE = "<!doctype html><html lang=id><title>Orang</title><body>{content}</body></html>"
_engine = Engine(autoescape=True)
_LIST = _engine.from_string(
    _PAGE.format(
        content="<h1>{{ page.paginator.count }} orang</h1><table>{% for one in page %}<tr><td><a href='/orang/{{ one.pk }}/'>"
        "{{ one.name }}</a><td>{{ one.sex }}<td>{{ one.born_earliest }}<td>{{ one.region }}{% endfor %}</table>"
        "{% if page.has_next %}<a href='?page={{ page.next_page_number }}'>Berikutnya</a>{% endif %}"
    )
)
_ONE = _engine.from_string(
    _PAGE.format(
        content="<h1>{{ one.name }}</h1><p>{{ one.sex }}, {{ one.born_earliest }}, {{ one.region }}</p>"
        "<ul>{% for other in home %}<li>{{ other.name }}{% endfor %}</ul><ul>{% for fact in facts %}<li>{{ fact.noted_by_name }}"
        "{% endfor %}</ul><ul>{% for case in cases %}<li>{{ case.number }}{% endfor %}</ul>"
    )
)


@login_required
def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_PAGE.format(content="Halo"))


@login_required
def people(request: HttpRequest) -> HttpResponse:
    from simpul.people.models import Person

    rows = Person.objects.filter(name__icontains=request.GET.get("name", "")).order_by("name", "pk")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return HttpResponse(_LIST.render(Context({"page": page})))


@login_required
def person(_request: HttpRequest, pk: Any) -> HttpResponse:
    from simpul.cases.models import Case
    from simpul.people.models import Fact, Person

    one = get_object_or_404(Person, pk=pk)
    told = {
        "one": one,
        "home": Person.objects.filter(household=one.household_id).exclude(pk=pk),
        "facts": Fact.objects.filter(person=one)[:20],
        "cases": Case.objects.filter(person=one),
    }
    return HttpResponse(_ONE.render(Context(told)))


urlpatterns = [path("", nothing), path("orang/", people), path("orang/<uuid:pk>/", person)]
application = get_wsgi_application()
