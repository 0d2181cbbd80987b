"""`simpul demo`: Simpul with an example office, ready to be tried on this machine."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from uuid import UUID

from django.conf import settings

from simpul.access.models import User
from simpul.access.roles import ROLES
from simpul.commands.demo import crowd, crowd_answers, office, story
from simpul.commands.demo.office import OFFICE, Account, accounts
from simpul.commands.language import _
from simpul.commands.migrate import prepare
from simpul.commands.serve import address, ensure_free, serve
from simpul.commands.stop import DONE, Stop
from simpul.commands.terminal import err, progress, table
from simpul.organisations.queries import named
from simpul.places import queries as places

LOCAL = {"127.0.0.1", "localhost", "::1"}


def run(options: Namespace) -> int:
    # First of all, because whoever must choose another port should not wait for the data.
    if not options.no_serve:
        ensure_free(options.host, options.port)
    prepare()
    make_office(options)
    if options.people:
        add_crowd(options)
    if options.no_serve:
        return DONE
    tell(options.host, options.port)
    serve(options.host, options.port, workers=1)
    err().print(_("Simpul berhenti. Yang sudah Anda isi tetap ada di %s.") % settings.DATA)
    return DONE


def make_office(options: Namespace) -> None:
    """The office and its people, unless they are there. Raises Stop in a folder that real people work in."""
    if office.is_there():
        return
    if User.objects.exists():
        raise Stop(
            _(
                "Folder %s sudah dipakai kantor sungguhan. Data contoh dan kata sandinya tidak boleh masuk ke sana. "
                "Pilih folder lain, misalnya: SIMPUL_DATA=/tmp/simpul-contoh simpul demo"
            )
            % settings.DATA
        )
    today = options.on or datetime.now().astimezone().date()
    with progress() as bar:
        task = bar.add_task(_("Kantor contoh"), total=None)
        story.tell(today, told=lambda done, total: bar.update(task, completed=done, total=total))


def add_crowd(options: Namespace) -> None:
    """So many invented people beside the story's own."""
    at = datetime.now().astimezone()
    with progress() as bar:
        task = bar.add_task(_("Orang rekaan"), total=options.people)
        crowd.gather(
            options.people,
            options.on or at.date(),
            at,
            area=options.area,
            told=lambda done, total: bar.update(task, completed=done, total=total),
        )
        # Of a few something is known, or screening them all would find nobody.
        crowd_answers.tell_of_crowd(options.on or at.date(), at)
    err().print(
        _("Mereka masuk hitungan sesudah penapisan malam, atau sekarang dengan: simpul screen-register")
    )


def tell(host: str, port: int) -> None:
    """Who can sign in with what, and that none of it is real."""
    console = err()
    console.print()
    console.print(address(host, port), style="bold")
    console.print(_("Masuk dengan kata sandi %s, sebagai:") % OFFICE["password"])
    console.print()
    shown = table(_("Nama pengguna"), _("Nama"), _("Peran"), _("Di mana"))
    organisations = named([account.organisation for account in accounts()])
    for account in accounts():
        shown.add_row(
            account.username, account.name, str(ROLES[account.role].display), _where(account, organisations)
        )
    console.print(shown)
    console.print()
    console.print(
        _(
            "Ini data contoh: lima lembaga seperti dalam tulisan yang terbit; lembaga lain dan semua orangnya rekaan. Jangan isi data orang sungguhan."
        ),
        style="yellow",
    )
    if host not in LOCAL:
        console.print(
            _("Siapa pun di jaringan ini dapat masuk, karena kata sandi di atas diketahui umum."),
            style="yellow",
        )
    console.print(_("Berhenti: Ctrl-C."))


def _where(account: Account, organisations: dict[UUID, str]) -> str:
    parts = [organisations.get(account.organisation, "")] if account.organisation else []
    region = places.named(account.region)
    parts += [region.name] if region else []
    return " · ".join(parts) or _("di mana saja")
