from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "simpul.ui"
