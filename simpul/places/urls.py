from django.urls import path

from simpul.places import views

app_name = "places"
urlpatterns = [path("cari/", views.search, name="search")]
