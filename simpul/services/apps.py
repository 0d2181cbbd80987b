from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.module_loading import import_string


class ServicesConfig(AppConfig):
    name = "simpul.services"
    label = "services"

    def ready(self) -> None:
        # `organisations` cannot know services: a body whose place becomes secret reaches its listings this way.
        post_save.connect(
            import_string("simpul.services.reactions.when_a_body_is_saved"),
            sender=import_string("simpul.organisations.models.Organisation"),
            dispatch_uid="services.when_a_body_is_saved",
        )
