from django.apps import AppConfig
from django.utils.module_loading import import_string


class ResearchConfig(AppConfig):
    name = "simpul.research"
    label = "research"

    def ready(self) -> None:
        # What a job does is known once its module was read.
        import_string("simpul.research.reactions.measure")
