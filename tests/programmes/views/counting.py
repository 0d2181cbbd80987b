"""How many questions a page asks the database, with few rows and with many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

_MORE = 6


def few_and_many(client, address, make):
    """Whether a page asks as often with many rows as with two."""
    make()
    make()
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    for _number in range(_MORE):
        make()
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    return len(few) == len(many)
