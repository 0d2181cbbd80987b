"""No template is unused; every setting is documented."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "simpul"
# Found by Django and by the sign-in library under fixed names.
CALLED_BY_NAME = (
    "account/",
    "mfa/",
    "allauth/",
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "500.html",
)


def template_name(path):
    parts = path.parts
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("templates") + 1 :])


def templates():
    for path in sorted(PRODUCT.rglob("templates/**/*.html")):
        yield pytest.param(template_name(path), id=template_name(path))


@pytest.fixture(scope="module")
def everything_written():
    files = [*PRODUCT.rglob("*.py"), *PRODUCT.rglob("*.html")]
    return "\n".join(path.read_text() for path in files)


@pytest.mark.parametrize("name", list(templates()))
def test_a_template_is_used(name, everything_written):
    if name.startswith(CALLED_BY_NAME):
        return
    if name.startswith("cotton/"):
        used_as = "<c-" + name.removeprefix("cotton/").removesuffix(".html").replace("/", ".").replace(
            "_", "-"
        )
        assert re.search(re.escape(used_as) + r"[\s/>]", everything_written)
        return
    part = re.match(r"(.*)/_(.+)\.html$", name)
    assert name in everything_written or (part and f'part="{part[2]}"' in everything_written)


def settings_read():
    names = set()
    for path in PRODUCT.rglob("*.py"):
        names |= set(re.findall(r"environ(?:\.get)?[\[(]\s*\"([A-Z_]+)\"", path.read_text()))
    return sorted(names)


@pytest.mark.parametrize("name", list(settings_read()))
def test_a_setting_is_documented(name):
    assert f"`{name}`" in (ROOT / "docs" / "settings.md").read_text()


def test_no_lock_names_a_package_host():
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text(), lock.name
