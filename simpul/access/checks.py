"""The audit: does the record of events hold, does everything sealed open, are the guards in place?"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from simpul.access import chain, seal_file, triggers
from simpul.access.chain import Break
from simpul.access.models import ChainHead, Event, Mention
from simpul.access.rotation import SealedValue, sealed_tables, sealed_values
from simpul.access.second_factors import MARK, opened_text
from simpul.access.secrets import SealBroken, unseal

OTHERS = 0o077
OURS = "simpul."


def audit(*, sample: int | None = None) -> list[Break]:
    """Everything that does not hold; empty when all is well.

    `sample` is how many sealed values of each table are opened, all when it is None. The keys of rows are
    random, so the first are as good as any.
    """
    return [
        *chain.breaks(),
        *chain.lost_mentions(),
        *_record_missing(),
        *_triggers_missing(),
        *_seals_broken(sample),
        *_factors_broken(),
        *_keys_in_the_open(),
    ]


def keys_fit() -> bool:
    """Whether the keys at hand are those that this database was written with. Cheap; for start-up."""
    head = ChainHead.objects.filter(id="1").first()
    return head is None or bytes(head.mac) == chain.seal_of(head)


def _record_missing() -> list[Break]:
    # Within a transaction the file cannot be there yet: it is written after the commit.
    if connection.in_atomic_block:
        return []
    if ChainHead.objects.filter(count__gt=0).exists():
        if seal_file.read():
            return []
        return [Break(0, _("Berkas %(path)s hilang atau rusak.") % {"path": seal_file.path()})]
    # Nothing of ours comes into being without an event.
    ours = [
        model
        for model in apps.get_models()
        if (model.__module__.startswith(OURS)) and model not in {ChainHead, Event, Mention}
    ]
    if any(model._base_manager.exists() for model in ours):
        return [Break(0, _("Seluruh catatan kegiatan hilang, padahal data lain ada."))]
    return []


def _triggers_missing() -> list[Break]:
    return [
        Break(0, _("Pengaman catatan “%(name)s” tidak ada di basis data.") % {"name": name})
        for name in triggers.missing(connection)
    ]


def _seals_broken(sample: int | None) -> list[Break]:
    found = []
    for model, fields in sealed_tables():
        opened = 0
        for piece in sealed_values(model, fields):
            found += [_broken(value) for value in piece if not _opens(value)]
            opened += len(piece)
            if sample is not None and opened >= sample:
                break
    return found


def _opens(value: SealedValue) -> bool:
    try:
        unseal(value.held, value.context)
    except SealBroken:
        return False
    return True


def _broken(value: SealedValue) -> Break:
    return Break(0, _("Data terkunci tidak dapat dibuka: %(where)s.") % {"where": value})


def _factors_broken() -> list[Break]:
    return [
        Break(0, _("Kode masuk terkunci tidak dapat dibuka: %(where)s.") % {"where": f"mfa {factor.pk}"})
        for factor in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk")
        if not all(_factor_opens(held) for held in factor.data.values())
    ]


def _factor_opens(held: object) -> bool:
    if not isinstance(held, str) or not held.startswith(MARK):
        return True
    try:
        opened_text(held)
    except SealBroken:
        return False
    return True


def _keys_in_the_open() -> list[Break]:
    path = settings.SIMPUL_KEYS.path
    if not path.exists():
        return [Break(0, _("Berkas kunci %(path)s tidak ada. Pulihkan dari cadangan.") % {"path": path})]
    if path.stat().st_mode & OTHERS:
        return [
            Break(0, _("Berkas kunci %(path)s dapat dibaca pengguna lain di komputer ini.") % {"path": path})
        ]
    return []
