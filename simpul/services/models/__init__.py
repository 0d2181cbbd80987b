"""What is stored about services."""

from simpul.services.models.revision import Revision
from simpul.services.models.service import (
    Area,
    AtPlace,
    Confirmation,
    Hours,
    OfService,
    Outside,
    Place,
    Service,
)

__all__ = ["Area", "AtPlace", "Confirmation", "Hours", "OfService", "Outside", "Place", "Revision", "Service"]
