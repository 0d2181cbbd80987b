"""From a need to a service with room, its answer, and the needs that found nothing; and who asks for help by themselves."""
