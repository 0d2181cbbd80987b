from django.urls import path

from simpul.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("baru/", views.register, name="register"),
    path("<uuid:pk>/", views.organisation, name="organisation"),
]
