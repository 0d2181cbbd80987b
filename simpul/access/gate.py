"""The one gate: allowed, whole, recorded. Nothing is changed, and no person's record opened, past it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from enum import Enum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from simpul.access import chain
from simpul.access.models import Event, Grant, Mention, User
from simpul.access.permissions import Permission
from simpul.access.prepared import Prepared
from simpul.access.reach import Where, is_within_reach
from simpul.access.refusal import NotAllowed

S = TypeVar("S")
T = TypeVar("T")
M = TypeVar("M", bound=Model)
P = ParamSpec("P")
View = Callable[..., HttpResponse]

# Turning pages within one sitting is one reading, or the trail would bury what matters.
SITTING = timedelta(minutes=15)

# The record can never be erased, so these can never enter it, whatever an action says that it tells. `name` is
# a person's name here and a fact's there: that somebody was asked about drugs says too much already.
# fmt: off
NEVER_TOLD = frozenset({
    "password", "name", "called", "nik", "kk", "phone", "address", "born", "sex", "mother", "relation_to_head",
    "given_by", "witness", "basis", "because", "basis_because", "ending_because", "withdrawn_because", "summary",
    "fact", "facts", "state", "value", "answer", "proof", "source", "changes", "findings", "verdicts", "suggested",
    "decided", "code", "codes", "type_code", "types", "need_type", "need_types",
})
# fmt: on
LONGEST_TOLD = 200


def action(
    permission: Permission, *, tells: Collection[str] = ()
) -> Callable[[Callable[Concatenate[S, P], T]], Callable[Concatenate[S, P], T]]:
    """The only way to change anything: allowed, all or nothing, and recorded.

    The function's first argument is the subject (a row, or a `Where` when nothing exists yet) and it is
    called with `by=` the user. `tells` names the keyword arguments that may stand in the record in
    plain text; facts about people never do. `because` is recorded, sealed, but where it is about people: the
    record can never be erased, so such a reason is kept in a row of its own that can.

    Raises NotAllowed before anything happens. An action that tells a secret is refused when it is read.
    """
    if secret := NEVER_TOLD.intersection(tells):
        raise ValueError(f"An action may not tell the record {', '.join(sorted(secret))}.")

    def guard(perform: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
        @wraps(perform)
        def performed(subject: S, /, *args: P.args, **details: P.kwargs) -> T:
            by: Any = details["by"]
            require(by, permission, subject)
            with transaction.atomic():
                result = perform(subject, *args, **details)
                told = {name: details[name] for name in tells if details.get(name) is not None}
                about = result if isinstance(subject, Where) and isinstance(result, Model) else subject
                because = "" if _is_about_people(about) else str(details.get("because") or "")
                record(permission, about, by, told, because=because)
            return result

        performed.permission = permission  # type: ignore[attr-defined]
        performed.tells = frozenset(tells)  # type: ignore[attr-defined]
        return performed

    return guard


def _is_about_people(subject: Any) -> bool:
    return bool(getattr(subject, "about_person", None) or getattr(subject, "about_people", None))


class Machine:
    """Simpul itself, acting at the command line of its own machine: start-up and users, never people.

    Who can run commands there already holds the database and the keys. It also takes in the complaints of
    those who have no account, and who may stay without a name.
    """

    pk = None
    may = frozenset(
        {
            Permission.SYSTEM_MANAGE,
            Permission.USER_MANAGE,
            Permission.KEYS_ROTATE,
            Permission.COMPLAINT_MAKE,
            Permission.REQUEST_MAKE,
            # A body without an account answers a referral with its one-time code.
            Permission.REFERRAL_ANSWER,
            # Each night everybody is screened anew; nobody's record is opened to anybody by it.
            Permission.POPULATION_SCREEN,
        }
    )

    def __str__(self) -> str:
        return "Simpul"

    def grants_with(self, permission: Permission) -> list[Grant]:
        return [Grant(role="administrator")] if permission in self.may else []


THE_MACHINE = Machine()


def require(by: User | Machine, permission: Permission, subject: Any) -> None:
    if not is_within_reach(subject, by, permission):
        raise NotAllowed


def record(
    permission: Permission,
    subject: Any,
    by: User | Machine,
    details: dict[str, Any],
    *,
    because: str = "",
    is_reading: bool = False,
    people: Iterable[UUID] = (),
) -> Event:
    """Append what happened to the chain, inside a transaction. `details` hold no facts about people.

    `people` are those whom it concerns together, who find it in their trail; a row that is about several
    (a household) names them by its `about_people`.
    """
    told: dict[str, Any] = {name: _plain(value) for name, value in details.items()}
    if named := sorted({str(key) for key in (*people, *getattr(subject, "about_people", ()))}):
        told |= {chain.PEOPLE: named}
    event = Event(
        at=timezone.now(),
        actor=by.pk,
        actor_name=str(by),
        permission=str(permission),
        subject_kind=subject._meta.label_lower if isinstance(subject, Model) else "nowhere",
        subject_key=str(subject.pk) if isinstance(subject, Model) else "",
        person=_key(getattr(subject, "about_person", None)),
        organisation=_key(
            getattr(subject, "organisation_key", None) or getattr(subject, "organisation", None)
        ),
        region=getattr(subject, "region", "") or "",
        is_reading=is_reading,
        details=told,
    )
    chain.append(event, because=_storable(because))
    return event


def _key(value: Any) -> UUID | None:
    """The plain key of a row or of anything that names one; None for what has no such key."""
    if isinstance(value, Model):
        value = value.pk
    if value is None or isinstance(value, UUID):
        return value
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _plain(value: Any) -> bool | int | str:
    """What reads back from either database exactly as it was written, or the chain would seem broken."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, bool | int) and not isinstance(value, Enum):
        return value
    return _storable(str(value))[:LONGEST_TOLD]


def _storable(text: str) -> str:
    # PostgreSQL keeps no zero character, and neither database half of a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def look_up(
    model: type[M],
    pk: Any,
    *,
    by: User,
    permission: Permission,
    always: bool = False,
    related: Collection[str] = (),
) -> M:
    """One record within reach, or 404: that a row out of reach exists is already a secret.

    Being looked at is an event, once a sitting; each time with `always`, as for paper that leaves the office.
    `related` names rows that come along in the same question to the database.
    """
    rows: Any = model._default_manager.select_related(*related) if related else model._default_manager.all()
    try:
        found: M | None = rows.reachable(by, permission).filter(pk=pk).first()
    except (ValidationError, ValueError) as error:
        raise Http404 from error
    return entered(found, by=by, permission=permission, always=always)


def entered(found: M | None, *, by: User, permission: Permission, always: bool = False) -> M:
    """For who has looked within reach in another way than `look_up`: 404 or the record of the reading, as there."""
    if found is None:
        raise Http404
    note_reading(found, by=by, permission=permission, always=always)
    return found


def note_reading(subject: Model, *, by: User, permission: Permission, always: bool = False) -> None:
    """Record that somebody saw this, once a sitting, or each time."""
    if not always:
        kind, key = subject._meta.label_lower, str(subject.pk)
        last = _LAST_READING.rows(kind=kind, key=key, actor=by.pk, permission=str(permission))
        if last and last[0]["at"] > timezone.now() - SITTING:
            return
    with transaction.atomic():
        record(permission, subject, by, {}, is_reading=True)


def _last_reading(*, kind: str, key: str, actor: UUID, permission: str) -> QuerySet[Any, Any]:
    rows = Event.objects.filter(subject_kind=kind, subject_key=key, actor=actor, permission=permission)
    return rows.filter(is_reading=True).order_by("-number").values("at")[:1]


_LAST_READING = Prepared(_last_reading)


def note_shown(rows: Iterable[Any], *, by: User, permission: Permission) -> None:
    """Record that these people stood in a list that somebody saw: one event, each of them once a sitting.

    `rows` tell by `about_person` whom they are about.
    """
    people = {row.about_person for row in rows if row.about_person}
    seen = Mention.objects.filter(
        person__in=people,
        event__actor=by.pk,
        event__permission=str(permission),
        event__is_reading=True,
        event__at__gt=timezone.now() - SITTING,
    )
    if fresh := people - set(seen.values_list("person", flat=True)):
        with transaction.atomic():
            record(permission, Where(), by, {}, is_reading=True, people=fresh)


class Entered(HttpRequest):
    """A request that came through `@needs`: somebody is signed in, which types may rely on."""

    user: User


def needs(permission: Permission) -> Callable[[View], View]:
    """Who enters here holds this permission somewhere. How far it reaches is for the rows to say."""

    def guard(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not isinstance(user, User) or not user.can(permission):
                raise NotAllowed
            return view(request, *args, **kwargs)

        entered.permission = permission  # type: ignore[attr-defined]
        return entered

    return guard
