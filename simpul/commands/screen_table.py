"""`simpul screen-table`: judge everybody in a table of the office's own database, without taking the rows out of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.needs import Edition
from simpul.commands.headings import known_names, understood
from simpul.commands.language import _, chosen, ngettext
from simpul.commands.lists import edition_named
from simpul.commands.office_tables import CHANGED, OfficeTables, opened
from simpul.commands.screen import number
from simpul.commands.stop import DONE, SOME_REFUSED, USAGE, Stop
from simpul.commands.terminal import err, out, table
from simpul.engines.rules import FactKind, FactSpec
from simpul.engines.rules.sql import Column, Dialect, Holds, TableReader, touched
from simpul.engines.rules.sql_columns import READABLE, spec_of
from simpul.engines.rules.sql_verdicts import ABOUT, KEY, ROWS, Kept, NameTaken, kept

VERDICTS = "_verdicts"
# What PostgreSQL keeps of a name, in bytes; the rest it cuts off without a word.
LONGEST_NAME = 63
# In SQLite each value has its own type, and is looked at; so a column need not be declared.
_NATURAL = {
    FactKind.BOOL: Holds.BOOLEAN,
    FactKind.NUMBER: Holds.INTEGER,
    FactKind.CHOICE: Holds.TEXT,
    FactKind.DATE: Holds.DAY,
}


@dataclass(frozen=True)
class Job:
    """One table to judge: by which list, for which day, where the answers go, and what changed."""

    edition: Edition
    on: date
    table: tuple[str, ...]
    key: str
    into: tuple[str, ...]
    mapped: Mapping[str, str]
    keys: Path | None
    since: date | None
    since_column: str
    changed_facts: tuple[str, ...]

    @property
    def is_update(self) -> bool:
        return self.keys is not None or self.since is not None

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The types that the changed facts touch; None for all."""
        if not self.changed_facts:
            return None
        return touched(self.edition.rules(), catalogue_facts.specs(), self.changed_facts)


def run(options: Namespace) -> int:
    job = prepared(options)
    if not options.database:
        if not options.sql:
            raise Stop(
                _("Sebutkan basis datanya: --database postgresql://… atau --database berkas.sqlite"), USAGE
            )
        show_statements(answers_of(job, imagined(job), Dialect(options.sql)), job)
        return DONE
    with opened(options.database) as tables:
        held = columns_of(tables, job)
        if options.sql:
            # The table is the office's own, the words may be another database's.
            show_statements(answers_of(job, held, Dialect(options.sql)), job)
            return DONE
        answers = answers_of(job, held, tables.dialect)
        doubtful = update(tables, job, answers) if job.is_update else judge(tables, job, answers)
        counts = [int(count) for count in tables.run(answers.counts())[0]]
    show_summary(job, answers, counts)
    return tell_doubtful(answers, doubtful)


# --- What was asked for ---


def prepared(options: Namespace) -> Job:
    """Check all that can be checked without the database. Raises Stop."""
    source = named(options.table)
    into = named(options.into) if options.into else (*source[:-1], source[-1] + VERDICTS)
    if into == source:
        raise Stop(_("Tabel hasil tidak boleh sama dengan tabel orang."), USAGE)
    longest = max(len((into[-1] + ending).encode()) for ending in (ROWS, ABOUT, KEY))
    if longest > LONGEST_NAME:
        raise Stop(_("Nama tabel hasil terlalu panjang: %s") % into[-1], USAGE)
    mapped = dict(pair(text) for text in options.map)
    specs = catalogue_facts.specs()
    changed = tuple(mapped.get(name, name) for name in options.changed_facts)
    for name in (*mapped.values(), *changed):
        known_fact(name, specs)
    is_update = options.changed_keys or options.changed_since
    if changed and not (is_update or options.sql):
        raise Stop(
            _("--changed-facts perlu --changed-keys atau --changed-since: orang mana yang berubah?"), USAGE
        )
    return Job(
        edition_named(options.list),
        options.on or datetime.now().astimezone().date(),
        source,
        options.key,
        into,
        mapped,
        options.changed_keys,
        options.changed_since,
        options.changed_column,
        changed,
    )


def named(text: str) -> tuple[str, ...]:
    """A table, with its schema if it has one: `warga` or `dinsos.warga`."""
    parts = tuple(text.split("."))
    if len(parts) > 2 or not all(parts) or "\0" in text:
        raise Stop(_("%s bukan nama tabel; tulis tabel atau skema.tabel") % text, USAGE)
    return parts


def pair(text: str) -> tuple[str, str]:
    column, sign, fact = text.partition("=")
    if not (column and sign and fact):
        raise Stop(_("%s tidak dipahami; tulis --map kolom=fakta") % text, USAGE)
    return column, fact


def known_fact(name: str, specs: Mapping[str, FactSpec]) -> FactSpec:
    try:
        spec = spec_of(name, specs)
    except KeyError:
        raise Stop(
            _("Fakta %s tidak dikenal. Daftar fakta: simpul screen --template kolom.csv") % name, USAGE
        ) from None
    if name != spec.name and spec.kind is not FactKind.DATE:
        raise Stop(_("Hanya tanggal yang dapat diperkirakan, bukan %s.") % spec.name, USAGE)
    return spec


# --- What the table holds ---


def columns_of(tables: OfficeTables, job: Job) -> dict[str, Holds | None]:
    """The columns of the table. Raises Stop where it, its key, or a column that was named is not there."""
    shown = ".".join(job.table)
    held = tables.columns(job.table)
    if not held:
        raise Stop(_("Tabel %s tidak ada di basis data ini, atau akun Anda tidak boleh melihatnya.") % shown)
    needed = [job.key, *job.mapped, *([job.since_column] if job.since else [])]
    for column in needed:
        if column not in held:
            sentence = _("Kolom %(column)s tidak ada di tabel %(table)s. Yang ada: %(known)s.")
            raise Stop(sentence % {"column": column, "table": shown, "known": ", ".join(held)})
    return held


def imagined(job: Job) -> dict[str, Holds | None]:
    """Without a database: a column for each fact that the list looks at, under its own or its mapped name."""
    specs = catalogue_facts.specs()
    columns = {column: _NATURAL[spec_of(fact, specs).kind] for column, fact in job.mapped.items()}
    renamed = {spec_of(fact, specs).name for fact in job.mapped.values()}
    for name in looked_at(job.edition) - renamed:
        columns[name] = _NATURAL[specs[name].kind]
    return {job.key: Holds.TEXT, **dict(sorted(columns.items()))}


def looked_at(edition: Edition) -> frozenset[str]:
    """The facts that any rule looks at, or that settle one of these."""
    specs = catalogue_facts.specs()
    rules = frozenset[str]().union(*(node.facts() for node in edition.rules().values()))
    return rules.union(*(node.facts() for name in rules for node in specs[name].conditions()))


def understood_columns(job: Job, held: Mapping[str, Holds | None]) -> dict[str, str]:
    """The fact that each column tells. What was mapped comes first; of the others those that are named as facts are."""
    facts = catalogue_facts.asked_facts()
    others = [column for column in held if column not in job.mapped and column != job.key]
    headings = understood(others, facts)
    if headings.doubled:
        sentence = _("Kolom %(first)s dan %(second)s berarti sama. Pilih salah satu dengan --map.")
        raise Stop(sentence % dict(zip(("first", "second"), headings.doubled, strict=True)))
    ours = set(known_names(facts).values()) - set(job.mapped.values())
    return {**job.mapped, **{column: name for column, name in headings.renamed.items() if name in ours}}


def answers_of(job: Job, held: Mapping[str, Holds | None], dialect: Dialect) -> Kept:
    """The rules over the columns of the table. Raises Stop where nothing is known, or a column is of a wrong type."""
    specs, wanted = catalogue_facts.specs(), looked_at(job.edition)
    found: dict[str, Column] = {}
    for column, fact in understood_columns(job, held).items():
        spec = spec_of(fact, specs)
        if spec.name not in wanted:
            continue
        holds = as_held(held[column], spec.kind, dialect)
        if holds not in READABLE[spec.kind]:
            raise Stop(wrong_type(column, fact, spec.kind))
        found[fact] = Column(column, holds)
    if not found:
        raise Stop(
            _(
                "Tidak ada kolom yang dikenal, jadi tidak ada yang dikerjakan. Sebutkan dengan --map kolom=fakta."
            )
        )
    reader = TableReader(job.edition.rules(), specs, found, job.on, dialect)
    try:
        return kept(reader, job.table, job.key, job.into)
    except NameTaken as error:
        raise Stop(
            _("Kolom kunci bernama %s, sama dengan kolom hasil. Pakai nama lain.") % error.key
        ) from error


def as_held(holds: Holds | None, kind: FactKind, dialect: Dialect) -> Holds | None:
    """SQLite keeps days as texts, and columns without a type."""
    is_day = holds is Holds.TEXT and kind is FactKind.DATE
    return _NATURAL[kind] if dialect is Dialect.SQLITE and (holds is None or is_day) else holds


def wrong_type(column: str, fact: str, kind: FactKind) -> str:
    needed = {
        FactKind.BOOL: _("ya/tidak (boolean, 0/1, atau teks ya/tidak)"),
        FactKind.NUMBER: _("bilangan"),
        FactKind.CHOICE: _("teks"),
        FactKind.DATE: _("tanggal (date)"),
    }
    sentence = _("Kolom %(column)s tidak dapat dibaca sebagai %(fact)s: jenisnya harus %(needed)s.")
    return sentence % {"column": column, "fact": fact, "needed": needed[kind]}


# --- Judging ---


@dataclass(frozen=True)
class Doubtful:
    """How many rows could not be believed, and by fact how often."""

    rows: int
    by_fact: Mapping[str, int]


def judge(tables: OfficeTables, job: Job, answers: Kept) -> Doubtful:
    """Everybody, from the beginning; answers that we made before are replaced."""
    make_room(tables, job, answers)
    people, doubtful = looked_through(tables, answers)
    if people == doubtful.rows:
        raise Stop(nothing_done(answers, people))
    for statement in answers.create(doubtful=bool(doubtful.rows), edition=job.edition.code):
        tables.run(statement)
    return doubtful


def update(tables: OfficeTables, job: Job, answers: Kept) -> Doubtful:
    """Only people who changed, and only the types that the changed facts touch."""
    shown = ".".join(job.into)
    beside = (*job.into[:-1], job.into[-1] + ABOUT)
    if not tables.columns(beside) or not tables.columns(job.into):
        raise Stop(_("Tabel hasil %s belum ada. Jalankan sekali tanpa --changed.") % shown)
    tables.hold(job.into)
    edition, day, digest = tables.run(answers.about())[0]
    if digest != answers.digest:
        sentence = _(
            "Tabel %(table)s dibuat menurut daftar %(list)s, hari %(day)s, atau dari kolom yang lain daripada sekarang. "
            "Jalankan tanpa --changed agar semua dinilai ulang."
        )
        raise Stop(sentence % {"table": shown, "list": edition, "day": day})
    changed = changed_keys(tables, job)
    _people, doubtful = looked_through(tables, answers, changed)
    for statement in answers.update(changed, job.codes, doubtful=bool(doubtful.rows)):
        tables.run(statement)
    return doubtful


def changed_keys(tables: OfficeTables, job: Job) -> str:
    """A select of the keys of those who changed."""
    name = tables.dialect.quoted
    if job.keys is None:
        assert job.since is not None  # `is_update`
        since = f"{name(job.since_column)} >= {tables.dialect.text(job.since.isoformat())}"
        return f"SELECT {name(job.key)} FROM {name(*job.table)} WHERE {since}"  # noqa: S608
    try:
        lines = job.keys.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(
            _("Berkas kunci %s tidak dapat dibaca; perlu satu kunci tiap baris, UTF-8.") % job.keys
        ) from error
    return tables.remember(job.table, job.key, filter(None, map(str.strip, lines)))


def looked_through(tables: OfficeTables, answers: Kept, changed: str = "") -> tuple[int, Doubtful]:
    """How many rows there are, and which cannot be believed. Raises Stop where a row has no key."""
    reader, name = answers.reader, tables.dialect.quoted
    where = f"{name(answers.key)} IN ({changed})" if changed else ""
    people, with_key, rows, *counts = (
        int(count) for count in tables.run(reader.doubt_counts(name(*answers.table), answers.key, where))[0]
    )
    if with_key < people:
        raise Stop(
            ngettext(
                "%(count)s baris tidak berkunci di kolom %(key)s. Isi dulu, atau pilih kolom lain dengan --key.",
                "%(count)s baris tidak berkunci di kolom %(key)s. Isi dulu, atau pilih kolom lain dengan --key.",
                people - with_key,
            )
            % {"count": number(people - with_key), "key": answers.key}
        )
    return people, Doubtful(rows, dict(zip(reader.doubts(), counts, strict=True)))


def make_room(tables: OfficeTables, job: Job, answers: Kept) -> None:
    """Takes our own earlier answers away. What is not ours stays, and stops us."""
    beside = (*job.into[:-1], job.into[-1] + ABOUT)
    is_ours = "digest" in tables.columns(beside)
    for ending in ("", ROWS, ABOUT):
        target = (*job.into[:-1], job.into[-1] + ending)
        if not is_ours and tables.columns(target):
            sentence = _("Tabel %s sudah ada dan bukan buatan simpul. Pilih nama lain dengan --into.")
            raise Stop(sentence % ".".join(target))
    for statement in answers.drop() if is_ours else ():
        tables.run(statement)


# --- Telling ---


def nothing_done(answers: Kept, people: int) -> str:
    shown = ".".join(answers.table)
    if not people:
        return _("Tabel %s kosong. Tidak ada yang ditulis.") % shown
    return _("Tidak ada baris di tabel %s yang dapat dipercaya isinya. Tidak ada yang ditulis.") % shown


def show_statements(answers: Kept, job: Job) -> None:
    """What would be run, to read or to run by hand."""
    if job.is_update or job.changed_facts:
        key = answers.reader.dialect.quoted(answers.key)
        changed = f"SELECT {key} FROM {answers.reader.dialect.quoted(CHANGED)}"  # noqa: S608
        statements = answers.update(changed, job.codes)
    else:
        statements = [*answers.create(edition=job.edition.code), answers.counts()]
    for statement in statements:
        print(f"{statement};\n")


def show_summary(job: Job, answers: Kept, counts: list[int]) -> None:
    people, pairs = counts[0], list(zip(counts[1::2], counts[2::2], strict=True))
    console = out()
    console.print(
        _("%(title)s, per %(day)s: %(people)s orang")
        % {
            "title": job.edition.title.in_language(chosen()),
            "day": job.on.isoformat(),
            "people": number(people),
        },
        style="bold",
    )
    shown = table(_("Kode"), _("Jenis"), ">" + _("sesuai"), ">" + _("tidak sesuai"), ">" + _("belum pasti"))
    for code, (yes, unknown) in zip(answers.reader.rules, pairs, strict=True):
        display = job.edition.type(code).display.in_language(chosen())
        shown.add_row(code, display, *map(number, (yes, people - yes - unknown, unknown)))
    console.print(shown)
    into = ".".join(job.into)
    console.print(
        _("Hasil: tabel %(table)s; per orang dan jenis: %(rows)s") % {"table": into, "rows": into + ROWS}
    )
    console.print(
        _("Hasil ini menyangkut hidup orang. Batasi siapa yang boleh membaca tabelnya."), style="yellow"
    )


def tell_doubtful(answers: Kept, doubtful: Doubtful) -> int:
    """How many rows were left out and how to find them; whose they are is not shown here."""
    if not doubtful.rows:
        return DONE
    console, reader = err(), answers.reader
    console.print(
        ngettext(
            "%(count)s baris tidak dinilai karena isinya tidak dapat dipercaya:",
            "%(count)s baris tidak dinilai karena isinya tidak dapat dipercaya:",
            doubtful.rows,
        )
        % {"count": number(doubtful.rows)},
        style="yellow",
    )
    tests = reader.doubts()
    for fact, count in doubtful.by_fact.items():
        if count:
            console.print(f"  {reader.columns[fact].name}: {number(count)}", style="yellow")
            source = reader.dialect.quoted(*answers.table)
            console.print(f"    SELECT * FROM {source} WHERE {tests[fact]};")  # noqa: S608
    return SOME_REFUSED
