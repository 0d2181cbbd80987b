"""How much may come from one place within an hour: for pages and interfaces that anybody may use.

A page says what it counts and how much it bears, and asks once for every try that costs something:

    SENDING = Limit("complaint-sent", 60)

    if SENDING.is_over(address_of(request)):
        return page(request, …, status=429, …)

Whoever calls with a key of an interface is counted by that key instead of by an address.

It stops a flood and a machine that guesses; it never stops a person. Many share one address here (a village office,
a whole mobile network), so limits are generous and the page says what to do instead. What guards a secret is the
length of the secret.

Counts live in the memory of this process only: neither on the disk nor in a copy of the database is there a trace of
who asked for help or complained, and a flood costs no writing to either database. The price: each process of a server
counts for itself, so the true limit is up to `most` times the processes, and a restart begins anew.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest

from simpul.access.secrets import blind_index

AN_HOUR = 3600  # seconds, from the first try on
# About 20 MB. When there are more, those that were quiet longest are forgotten first.
_MOST_PLACES = 50_000
# One network of IPv6 is one household or one machine, which may take any address in it.
_ONE_NETWORK = 64

# Not the cache of the settings: that forgets at 300 entries, and another program may read one that is shared.
_counts = LocMemCache("simpul.access.limits", {"OPTIONS": {"MAX_ENTRIES": _MOST_PLACES}})


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of `what` within an hour from one place. `what` is the name of the count: one for each thing."""

    what: str
    most: int

    def is_over(self, place: str) -> bool:
        """Count one more from this address or key, and say whether it is too much. Only a fingerprint is kept."""
        name = f"{self.what}:{blind_index(place, 'limit').hex()}"
        _counts.add(name, 0, timeout=AN_HOUR)
        try:
            count: int = _counts.incr(name)
        except ValueError:  # it lapsed between the two
            return False
        return count > self.most


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; for IPv6 its network. What is no address stays as it is (a socket has none)."""
    told = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(told)
        if address.is_loopback and settings.SECURE_PROXY_SSL_HEADER:
            # The proxy on this machine, whose word we take for HTTPS too, tells last whom it heard. Otherwise
            # all the world would share its address, and a header written by anybody is not believed.
            heard = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
            address = ipaddress.ip_address(heard or told)
    except ValueError:
        return told
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _ONE_NETWORK), strict=False))


def forget_all() -> None:
    """Every count begins anew: for tests, and for whoever runs the program by hand after a mistake."""
    _counts.clear()
