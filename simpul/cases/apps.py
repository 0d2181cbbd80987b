from django.apps import AppConfig
from django.utils.module_loading import import_string


class CasesConfig(AppConfig):
    name = "simpul.cases"
    label = "cases"

    def ready(self) -> None:
        # Erasing a person reaches every subject that keeps something about them; `people` cannot know them.
        import_string("simpul.people.actions.ERASERS").append(
            import_string("simpul.cases.actions.erasing.ERASER")
        )
        import_string("simpul.people.queries.HOLDS").append(
            import_string("simpul.cases.actions.erasing.HOLD")
        )
        import_string("simpul.people.queries.LAST_ENTRIES").append(
            import_string("simpul.cases.actions.erasing.LAST_ENTRY")
        )
