from django.apps import AppConfig
from django.utils.module_loading import import_string


class ScreeningConfig(AppConfig):
    name = "simpul.screening"
    label = "screening"

    def ready(self) -> None:
        # Erasing a person reaches every subject that keeps something about them; `people` cannot know them.
        erasers = import_string("simpul.people.actions.ERASERS")
        erasers.append(import_string("simpul.screening.actions.ERASER"))
