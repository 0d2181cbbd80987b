from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    name = "simpul.accreditation"
    label = "accreditation"
