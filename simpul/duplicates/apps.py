from django.apps import AppConfig
from django.utils.module_loading import import_string


class DuplicatesConfig(AppConfig):
    name = "simpul.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        # What a job does is known once its module was read.
        import_string("simpul.duplicates.reactions.find")
        # Erasing a person reaches every subject that keeps something about them; `people` cannot know them.
        import_string("simpul.people.actions.ERASERS").append(
            import_string("simpul.duplicates.actions.erasing.ERASER")
        )
