from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "simpul.partners"
    label = "partners"
