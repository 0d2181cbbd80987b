from django.urls import path

from simpul.ui import views

app_name = "ui"
urlpatterns = [path("komponen/", views.components, name="components")]
