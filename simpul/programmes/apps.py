from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "simpul.programmes"
    label = "programmes"
