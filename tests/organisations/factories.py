"""Invented organisations."""

import uuid

from simpul.organisations.models import Organisation


def organisation(**details):
    kept = {"name": "LKS Tunas Bahari", "kind": "lks", "region": "21.02", "province": "21", **details}
    return Organisation.objects.create(id=uuid.uuid4(), **kept)
