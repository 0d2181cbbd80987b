from django.apps import AppConfig
from django.utils.module_loading import import_string


class ProgrammesConfig(AppConfig):
    name = "simpul.programmes"
    label = "programmes"

    def ready(self) -> None:
        # Reading it tells the worker what a job of programmes does.
        import_string("simpul.programmes.reactions.evaluate_later")
