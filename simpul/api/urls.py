"""Addresses of the door for other programs."""

from django.contrib.auth.decorators import login_not_required

from simpul.api.addresses import api

patterns, app, namespace = api.urls
for address in patterns:
    # Programs get 401 with a sentence from the interface itself, not the page for signing in.
    if address.callback is not None:
        login_not_required(address.callback)
urls = (patterns, app, namespace)
