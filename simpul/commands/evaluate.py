"""`simpul evaluate`: did something change between two tests, how sure is that, and what can this design not show?"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from simpul.commands import evaluate_report as report
from simpul.commands.evaluate_codebook import Measure, codebook
from simpul.commands.evaluate_files import answers_of, columns_of, measures_of, study_of
from simpul.commands.language import _, chosen
from simpul.commands.people_file import opened
from simpul.commands.stop import DONE, USAGE, Stop
from simpul.commands.terminal import err, out, progress, table
from simpul.engines.reasons import Answer
from simpul.engines.statistics import Evaluation, Study, evaluate, sentence, to_text

MARKS = {Answer.YES: "✓", Answer.UNKNOWN: "?", Answer.NO: "✗"}
PDF = ".pdf"


def run(options: Namespace) -> int:
    target = _target(options)
    study = _study(options)
    evaluation = _evaluated(study)
    if options.json:
        print(to_text(evaluation), end="")
    else:
        show(evaluation)
    if target:
        _write(target, _paper(evaluation, options))
        err().print(_("Laporan: %s") % target)
    return DONE


def _target(options: Namespace) -> Path | None:
    """Where the paper goes; looked at before anything is read. Raises Stop."""
    if options.out is None:
        return None
    target: Path = options.out.expanduser().absolute()
    if target.suffix.lower() != PDF:
        raise Stop(_("Nama berkas laporan harus berakhir dengan .pdf: %s") % options.out, USAGE)
    if not target.parent.is_dir():
        raise Stop(_("Folder %s tidak ada. Buat dulu, atau pilih folder lain.") % target.parent)
    return target


def _study(options: Namespace) -> Study:
    if bool(options.group) != bool(options.comparison):
        raise Stop(
            _("--group dan --comparison dipakai bersama: kolomnya, dan kelompok pembandingnya."), USAGE
        )
    files = [opened(path) for path in (options.before, options.after)]
    columns = [
        columns_of(file, by=options.by, organisation=options.organisation, group=options.group)
        for file in files
    ]
    measures: Sequence[Measure] = (
        codebook(options.aspects) if options.aspects else measures_of(files[0], columns[0])
    )
    hint = (
        ""
        if options.aspects
        else _("Bila ada kolom yang bukan nilai, sebutkan yang dipakai dengan --aspects.")
    )
    before, after = (
        answers_of(file, known, measures, named_in=options.aspects or options.before, hint=hint)
        for file, known in zip(files, columns, strict=True)
    )
    if not before.by_person.keys() & after.by_person.keys():
        nobody = _("Tidak ada orang yang sama dalam kedua berkas. Periksa kolom %s.")
        raise Stop(nobody % columns[0].person)
    return study_of(measures, before, after, comparison=options.comparison)


def _evaluated(study: Study) -> Evaluation:
    with progress() as bar:
        task = bar.add_task(_("Menghitung"), total=None)
        return evaluate(study, progress=lambda done, total: bar.update(task, completed=done, total=total))


def show(evaluation: Evaluation) -> None:
    """The tables, the findings of each aspect, and what this design cannot show."""
    console = out()
    for number, (columns, rows) in enumerate(report.tables(evaluation)):
        head = columns.heads(chosen())
        # Figures stand to the right; the first table is of words.
        shown = table(head[0], *(f">{words}" if number else words for words in head[1:]))
        for row in rows:
            shown.add_row(*row)
        console.print(shown)
        console.print()
    for one in evaluation.aspects:
        console.print(report.title_of(one), style="bold")
        for finding in one.findings:
            console.print(
                f"{MARKS[finding.answer]} {sentence(finding, chosen(), title=report.title_of(one))}"
            )
        console.print()
    console.print(_("Yang tidak dapat ditunjukkan oleh rancangan ini"), style="bold")
    for finding in evaluation.limits:
        console.print(f"{MARKS[finding.answer]} {sentence(finding, chosen())}")


def _paper(evaluation: Evaluation, options: Namespace) -> bytes:
    about = _("Dari %(before)s dan %(after)s.") % {"before": options.before.name, "after": options.after.name}
    return report.pdf(evaluation, title=options.title or _("Evaluasi sebelum dan sesudah"), about=about)


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all, for its owner alone: it may name people."""
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.touch(mode=0o600)
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Stop(
            _("%(file)s tidak dapat ditulis: %(why)s.") % {"file": target, "why": error.strerror}
        ) from error
