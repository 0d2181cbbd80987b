from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "simpul.access"
    label = "access"
