from django.apps import AppConfig
from django.utils.module_loading import import_string


class RecapsConfig(AppConfig):
    name = "simpul.recaps"
    label = "recaps"

    def ready(self) -> None:
        # What a job does is known once its module was read.
        import_string("simpul.recaps.reactions.release")
