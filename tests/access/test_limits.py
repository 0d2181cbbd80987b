import threading

import pytest
from django.test import RequestFactory

from simpul.access import limits
from simpul.access.limits import AN_HOUR, Limit, address_of, forget_all

HERE, THERE = "203.0.113.7", "203.0.113.8"
TRYING = Limit("try", 2)


@pytest.fixture(autouse=True)
def nothing_counted():
    forget_all()


def tries(number, *, limit=TRYING, place=HERE):
    return [limit.is_over(place) for _try in range(number)]


class TestLimit:
    def test_is_over_after_as_many_as_it_bears(self):
        assert tries(4) == [False, False, True, True]

    def test_counts_each_place_and_each_thing_for_itself(self):
        assert tries(3)[-1]
        assert not TRYING.is_over(THERE)
        assert not Limit("other", 2).is_over(HERE)

    def test_begins_anew_after_an_hour(self, monkeypatch):
        now = 1_000_000.0
        monkeypatch.setattr("django.core.cache.backends.base.time.time", lambda: now)
        monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: now)
        assert tries(3)[-1]
        now += AN_HOUR - 1
        assert TRYING.is_over(HERE)
        now += 2
        assert not TRYING.is_over(HERE)

    def test_keeps_no_address(self):
        TRYING.is_over(HERE)
        (name,) = limits._counts._cache
        assert HERE not in name
        assert "try:" in name

    def test_counts_every_one_of_many_at_once(self):
        generous, answers = Limit("at-once", 40), []
        together = [
            threading.Thread(target=lambda: answers.extend(tries(10, limit=generous))) for _ in range(8)
        ]
        for one in together:
            one.start()
        for one in together:
            one.join()
        assert answers.count(False) == 40


class TestAddressOf:
    @pytest.mark.parametrize(
        ("told", "place"),
        [
            pytest.param(HERE, HERE, id="ipv4"),
            pytest.param(f"::ffff:{HERE}", HERE, id="ipv4-in-ipv6"),
            pytest.param("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64", id="ipv6-by-its-network"),
            pytest.param("", "", id="a-socket"),
        ],
    )
    def test_is_one_place(self, told, place):
        assert address_of(RequestFactory().get("/", REMOTE_ADDR=told)) == place

    @pytest.mark.parametrize(
        ("heard", "is_behind_one", "header", "place"),
        [
            pytest.param("127.0.0.1", True, HERE, HERE, id="told-by-our-proxy"),
            pytest.param("::1", True, f"{THERE}, {HERE}", HERE, id="told-last-by-our-proxy"),
            pytest.param("127.0.0.1", True, "", "127.0.0.1", id="a-proxy-that-tells-nothing"),
            pytest.param("127.0.0.1", True, "unknown", "127.0.0.1", id="a-proxy-that-does-not-know"),
            pytest.param("127.0.0.1", False, HERE, "127.0.0.1", id="no-proxy-was-set-up"),
            pytest.param(HERE, True, THERE, HERE, id="written-by-anybody"),
        ],
    )
    def test_believes_only_the_proxy_on_this_machine(self, settings, heard, is_behind_one, header, place):
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if is_behind_one else None
        asked = RequestFactory().get("/", REMOTE_ADDR=heard, HTTP_X_FORWARDED_FOR=header)
        assert address_of(asked) == place
