from django.apps import AppConfig
from django.utils.module_loading import import_string


class ReferralsConfig(AppConfig):
    name = "simpul.referrals"
    label = "referrals"

    def ready(self) -> None:
        # Erasing a person reaches every subject that keeps something about them; `people` cannot know them.
        import_string("simpul.people.actions.ERASERS").append(
            import_string("simpul.referrals.actions.loop_erasing.ERASER")
        )
