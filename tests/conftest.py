"""For all tests: no network, undefined template variables fail, the append-only record can be emptied between tests."""

from __future__ import annotations

import gc
import inspect
import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from uuid import UUID

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from django.template import engines
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from simpul import __file__ as package
from simpul.access import seal_file
from simpul.access.models import User
from tests import tables
from tests.access import factories

OURS = Path(package).resolve().parent
_OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


# Pages that stand on well-tested actions and queries, walked through by the proofs: `make test` stays under five minutes.
_PAGES_APART = (
    *(
        f"tests/{subject}/views/"
        for subject in (
            *("accreditation", "cases", "imports", "instruments", "organisations", "people", "population"),
            *("programmes", "referrals", "services"),
        )
    ),
    *("tests/accreditation/actions/", "tests/desk/test_", "tests/duplicates/test_", "tests/imports/actions/"),
    *("tests/recaps/test_", "tests/research/", "tests/screening/test_views"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks whatever needs a database, so that a second database need not be shown what knows of none."""
    for item in items:
        if item.nodeid.startswith(_PAGES_APART):
            item.add_marker(pytest.mark.slow)
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & _OF_THE_DATABASE:
            item.add_marker(pytest.mark.database)


def pytest_configure() -> None:
    """Sixteen thousand tests are gathered and none of them is rubbish: looking for some meanwhile doubles the time."""
    gc.disable()
    # How long an example takes says what else the machine does.
    hypothesis.settings.register_profile("on any machine", deadline=None)
    hypothesis.settings.load_profile("on any machine")


def pytest_collection_finish() -> None:
    """They stay as they are: looking through them for rubbish again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.enable()


# --- no network ---


class NetworkUsed(AssertionError):
    """A test reached for another machine. Simpul never does, and its tests do not either."""


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _kept_at_home(getattr(socket.socket, name)))
    yield
    patch.undo()


def _kept_at_home(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connected(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not _is_this_machine(str(address[0])):
            raise NetworkUsed(f"A test reached for {address[0]}.")
        return connect(self, address)

    return connected


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# --- undefined template variables fail ---


class UndefinedVariable(AssertionError):
    """A template of ours shows something that its view did not give."""


class Undefined(str):
    """What Django shows for a variable that is not there. In our templates that is a mistake."""

    def __mod__(self, name: object) -> str:
        origin = _template_at_work()
        if origin is not None and OURS in Path(origin).parents:
            raise UndefinedVariable(f"{{{{ {name} }}}} is not defined in {Path(origin).relative_to(OURS)}.")
        return ""


def _template_at_work() -> str | None:
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code.co_name == "render_annotated":
            origin = getattr(frame.f_locals["self"], "origin", None)
            return getattr(origin, "name", None)
        frame = frame.f_back
    return None


@pytest.fixture(autouse=True, scope="session")
def undefined_variables_fail() -> None:
    engines["django"].engine.string_if_invalid = Undefined("%s")  # type: ignore[attr-defined]


# --- the record of events, which refuses to be emptied ---


@pytest.fixture(autouse=True, scope="session")
def record_can_be_emptied_between_tests() -> Iterator[None]:
    def emptied(self: TransactionTestCase) -> None:
        for name in self._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
            tables.empty(connections[name])

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def no_seal_of_an_earlier_test() -> None:
    # What a test committed is taken back behind the back of the file that says how far the record came.
    seal_file.path().unlink(missing_ok=True)


@pytest.fixture(autouse=True, scope="session")
def folder_of_static_files() -> None:
    # Files come from their apps here; without the folder the server warns, and warnings are errors.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


# --- the tables, which the migrations make once ---


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    is_file, keep = connection.vendor == "sqlite", request.config.getvalue("reuse_db")
    with django_db_blocker.unblock(), tables.alone() if is_file else nullcontext():
        is_copied = is_file and tables.copy_to(connection.settings_dict["TEST"]["NAME"])
        made = setup_databases(0, interactive=False, aliases={"default"}, keepdb=keep or is_copied)
        if is_file and not is_copied:
            tables.keep(connection.connection)
    yield
    if not keep:
        with django_db_blocker.unblock():
            teardown_databases(made, 0)


# --- people who sign in ---


@pytest.fixture
def organisation() -> UUID:
    """The organisation that `caseworker`, `supervisor` and `head` belong to."""
    return factories.ORGANISATION


@pytest.fixture
def other_organisation() -> UUID:
    return factories.OTHER_ORGANISATION


@pytest.fixture
def region() -> str:
    """The regency where `verifier`, `officer` and `volunteer` work."""
    return factories.REGION


@pytest.fixture
def caseworker(db: None, organisation: UUID) -> User:
    return factories.user_with("caseworker", organisation=organisation, name="Rina Wulandari")


@pytest.fixture
def supervisor(db: None, organisation: UUID) -> User:
    return factories.user_with("case_supervisor", organisation=organisation, name="Pak Hamdan")


@pytest.fixture
def head(db: None, organisation: UUID) -> User:
    return factories.user_with("head_of_lks", organisation=organisation, name="Bu Salmah")


@pytest.fixture
def stranger(db: None, other_organisation: UUID) -> User:
    """A caseworker of another organisation: for this one, nothing of ours exists."""
    return factories.user_with("caseworker", organisation=other_organisation, name="Doni Saputra")


@pytest.fixture
def officer(db: None, region: str) -> User:
    return factories.user_with("dinas_officer", region=region, name="Ibu Farida")


@pytest.fixture
def verifier(db: None, region: str) -> User:
    return factories.user_with("dinas_verifier", region=region, name="Pak Lukman")


@pytest.fixture
def volunteer(db: None, region: str) -> User:
    return factories.user_with("field_volunteer", region=region, name="Yanti")


@pytest.fixture
def administrator(db: None) -> User:
    return factories.user_with("administrator", name="Agus Pengelola")
