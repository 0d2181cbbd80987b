"""The interface as a whole: nothing stands open, and it says of itself what it can do."""

import pytest

from simpul.api.door import Holds
from simpul.api.urls import api

PLACES = {
    "pk": "6a1b2c3d-0000-4000-8000-000000000000",
    "code": "wg-short-set",
    "version": "1",
    "instrument": "x",
    "part": "stage",
    "table": "x",
    "line": "x",
    "column": "x",
}


def operations():
    for address, methods in sorted(api.get_openapi_schema()["paths"].items()):
        for method, told in methods.items():
            yield pytest.param(address, method, told, id=f"{method} {address}")


OPERATIONS = list(operations())


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "method", "told"), OPERATIONS)
class TestEveryOperation:
    def test_answers_nobody_who_is_not_signed_in(self, client, address, method, told):
        send = getattr(client, method)
        answer = send(address.format(**PLACES), content_type="application/json")
        assert answer.status_code == 401
        assert "Masuk dulu" in answer.json()["detail"]

    def test_says_in_words_what_it_does(self, address, method, told):
        assert told["description"].endswith(".")
        shape = told["responses"][200]["content"]["application/json"]["schema"]
        assert {"$ref", "items"} & set(shape)


class TestHolds:
    def test_guards_all_that_is_about_people(self):
        routers = [router for prefix, router in api._routers if router.tags]
        asked = [
            operation.auth_callbacks
            for router in routers
            for view in router.path_operations.values()
            for operation in view.operations
        ]
        assert len(routers) == 11
        assert all(isinstance(guard, Holds) for guards in asked for guard in guards)
