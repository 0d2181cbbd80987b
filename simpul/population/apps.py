from django.apps import AppConfig
from django.utils.module_loading import import_string


class PopulationConfig(AppConfig):
    name = "simpul.population"
    label = "population"

    def ready(self) -> None:
        # What a job does is known once its module was read.
        import_string("simpul.population.reactions.night")
        # Erasing a person reaches every subject that keeps something about them; `people` cannot know them.
        import_string("simpul.people.actions.ERASERS").append(
            import_string("simpul.population.actions.wishes.ERASER")
        )
