"""Whatever changes something passes the gate."""

import importlib
import inspect
import pkgutil

import pytest

import simpul


def action_modules():
    for module in pkgutil.walk_packages(simpul.__path__, "simpul."):
        if "actions" in module.name.split("."):
            yield module.name


def public_functions(module_name):
    module = importlib.import_module(module_name)
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module_name and not name.startswith("_"):
            yield pytest.param(function, id=f"{module_name}.{name}")


@pytest.mark.parametrize("function", [f for name in action_modules() for f in public_functions(name)])
def test_a_function_in_actions_names_its_permission(function):
    assert hasattr(function, "permission"), f"{function.__qualname__} has no @action(Permission.…)"


def test_there_are_actions_to_look_at():
    assert len(list(action_modules())) >= 5


# The record of events is never erased. What an action tells it in plain words is decided here, by review.
TOLD = {
    "access": {"username", "role", "organisation", "region", "user"},
    "people": {"purpose"},
    "screening": {"edition", "urgency", "ending"},
    "cases": {"urgency", "to", "model"},
    "organisations": {"form", "number", "filters"},
    "partners": {"to"},
    "programmes": {"granted", "to", "arm", "wave", "occasion", "way"},
    # How many rows a list had, and a mark over the keys that it made.
    "imports": {"rows", "made"},
    # Which recap left in which form, for which area and days; targets are the office's own published numbers.
    "recaps": {"recap", "form", "asked", "every", "days", "key", "year", "service", "number"},
    # How a letter's code was used, and which colleague had made it; never what was answered.
    "referrals": {"did", "maker"},
}


@pytest.mark.parametrize("function", [f for name in action_modules() for f in public_functions(name)])
def test_an_action_tells_the_record_no_more_than_was_reviewed(function):
    subject = function.__module__.split(".")[1]
    assert getattr(function, "tells", frozenset()) <= TOLD.get(subject, set())
