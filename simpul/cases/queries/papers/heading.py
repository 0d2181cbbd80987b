"""What stands above and below every paper: whose it is, which stage, how confidential, when and by whom."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.cases.queries.around import client_name
from simpul.cases.queries.papers.filling import Filling, said
from simpul.cases.queries.papers.shapes import Heading
from simpul.cases.queries.stages import names_of_stage
from simpul.cases.stages import Confidentiality, Stage
from simpul.organisations.queries import name_of, workplaces
from simpul.ui.templatetags.ui import tanggal

_MARKS: dict[str, Promise] = {
    Confidentiality.ORDINARY: gettext_lazy("RAHASIA"),
    Confidentiality.RESTRICTED: gettext_lazy("RAHASIA - TERBATAS"),
    Confidentiality.HIGHLY_RESTRICTED: gettext_lazy("SANGAT RAHASIA - hanya tim kasus dan supervisor"),
    Confidentiality.TEAM_ONLY: gettext_lazy("SANGAT RAHASIA - hanya tim kasus"),
}


def heading_of(filling: Filling, title: str, stage: Stage, at: datetime) -> Heading:
    """A filled paper names the stage of its case; a blank one the stage in which it is used."""
    case = filling.case
    told = {"when": tanggal(at, "jam"), "who": str(filling.viewer)}
    if case is None:
        return Heading(
            office=_home_of(filling.viewer),
            title=title,
            client="",
            number="",
            stage=_stage_words(stage),
            mark=_("RAHASIA setelah diisi"),
            printed=_("Formulir kosong, dicetak %(when)s oleh %(who)s") % told,
        )
    return Heading(
        office=name_of(case.organisation) or _home_of(filling.viewer),
        title=title,
        client=client_name(case),
        number=case.number,
        stage=_stage_words(Stage(case.stage)),
        mark=str(_MARKS[case.confidentiality]),
        printed=_("Dicetak %(when)s oleh %(who)s") % told,
    )


def _home_of(viewer: User) -> str:
    return next((str(home) for home in workplaces(viewer)), "")


def _stage_words(stage: Stage) -> str:
    """Our own name of the stage, and what the law calls it."""
    names = names_of_stage(stage)
    elsewhere = [
        ("PP 39/2012", said(names.pp39)),
        ("ATENSI", said(names.atensi)),
    ]
    told = [f"{law}: {words}" for law, words in elsewhere if words]
    return " · ".join((_("Tahap: %(stage)s") % {"stage": stage.label}, *told))
