"""Addresses of plans, their steps, and whether they were given."""

from django.urls import URLPattern, path

from simpul.cases.views import linking
from simpul.cases.views import plan_steps as steps
from simpul.cases.views import plans as views

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/rencana/", views.plan, name="plan"),
    path("<uuid:pk>/rencana/mulai/", views.start_plan, name="plan-start"),
    path("rencana/<uuid:pk>/", views.version, name="plan-version"),
    path("rencana/<uuid:pk>/perubahan/", views.changes, name="plan-changes"),
    path("rencana/<uuid:pk>/krisis/", views.crisis, name="plan-crisis"),
    path("rencana/<uuid:pk>/sepakati/", views.agree, name="plan-agree"),
    path("rencana/<uuid:pk>/putuskan/", views.decide, name="plan-decide"),
    path("rencana/<uuid:pk>/langkah/", steps.add_step, name="step-new"),
    path("langkah/<uuid:pk>/ubah/", steps.edit_step, name="step-edit"),
    path("langkah/<uuid:pk>/keadaan/", steps.set_state, name="step-state"),
    path("langkah/<uuid:pk>/pemantauan/", steps.checks, name="step-checks"),
    path("langkah/<uuid:pk>/persiapan/", linking.preparation, name="step-preparation"),
    path("kebutuhan-tanpa-layanan/", views.unmet, name="unmet"),
]
