"""Addresses of contacts and tasks."""

from django.urls import path

from simpul.cases.views import contacts as views
from simpul.cases.views import tasks

urlpatterns = [
    path("tugas-saya.ics", tasks.calendar, name="calendar"),
    path("<uuid:pk>/catatan/", views.notes, name="notes"),
    path("<uuid:pk>/catatan/baru/", views.note_add, name="note-add"),
    path("<uuid:pk>/tugas/baru/", tasks.task_add, name="task-add"),
    path("<uuid:pk>/tugas/<uuid:task>/", tasks.task, name="task"),
]
