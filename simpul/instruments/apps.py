from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "simpul.instruments"
    label = "instruments"
