"""Addresses of what an office watches: flags and reports."""

from __future__ import annotations

from django.urls import path

from simpul.organisations.views import oversight as flags
from simpul.organisations.views import oversight_reports as reports

urlpatterns = [
    path("pengawasan/", flags.flags_review, name="flags-review"),
    path("<uuid:pk>/pengawasan/", flags.flags, name="flags"),
    path("<uuid:pk>/pengawasan/baru/", flags.flag_raise, name="flag-raise"),
    path("pengawasan/<uuid:pk>/cabut/", flags.flag_lift, name="flag-lift"),
    path("laporan/", reports.queue, name="reports-queue"),
    path("<uuid:pk>/laporan/", reports.reports, name="reports"),
    path("<uuid:pk>/laporan/mulai/", reports.report_start, name="report-start"),
    path("laporan/<uuid:pk>/", reports.report, name="report"),
    path("laporan/<uuid:pk>/isi/", reports.report_write, name="report-write"),
    path("laporan/<uuid:pk>/segarkan/", reports.report_refresh, name="report-refresh"),
    path("laporan/<uuid:pk>/kirim/", reports.report_send, name="report-send"),
    path("laporan/<uuid:pk>/terima/", reports.report_receive, name="report-receive"),
    path("laporan/<uuid:pk>/kembalikan/", reports.report_return, name="report-return"),
]
