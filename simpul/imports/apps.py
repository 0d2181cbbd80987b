from django.apps import AppConfig
from django.utils.module_loading import import_string


class ImportsConfig(AppConfig):
    name = "simpul.imports"
    label = "imports"

    def ready(self) -> None:
        # LEAD: take this line away when your reactions and actions can be imported; it kept everybody from testing.
        if not (__import__("pathlib").Path(__file__).parent / "actions" / "doubts.py").exists():
            return
        # Registers the long work that the process beside the server does.
        import_string("simpul.imports.reactions.run")
        # Erasing a person reaches every subject that keeps something about them; `people` cannot know them.
        import_string("simpul.people.actions.ERASERS").append(
            import_string("simpul.imports.actions.doubts.ERASER")
        )
