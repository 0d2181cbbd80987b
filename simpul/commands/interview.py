"""`simpul interview`: one person, asked in a terminal. No database: nothing is kept unless `--save` is given."""

from __future__ import annotations

import tomllib
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from pathlib import Path

from rich.console import Console
from rich.padding import Padding

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.facts import PAINFUL, Fact
from simpul.catalogue.needs import Edition
from simpul.commands import answers
from simpul.commands.answers import NotAnAnswer
from simpul.commands.findings import show_contradictions, show_findings
from simpul.commands.language import _, chosen
from simpul.commands.lists import edition_named
from simpul.commands.stop import DONE, Stop
from simpul.commands.terminal import err, out
from simpul.engines.rules import Answer, FactKind, Value
from simpul.screening.facts import open_facts, prices

Reader = Callable[[str], str]


@dataclass
class Conversation:
    """What was said so far, in order. `in_vain` holds what somebody did not know or did not want to say."""

    edition: Edition
    on: date
    values: dict[str, Value] = field(default_factory=dict)
    in_vain: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def next_question(self) -> str | None:
        return open_facts(self.edition, self.on).next_question(self.values, skip=self.in_vain, cost=prices())

    def standing(self) -> tuple[int, int]:
        """How many types are settled, and of how many."""
        steps = open_facts(self.edition, self.on).step(self.values)
        return sum(1 for _answer, still_open in steps.values() if not still_open), len(steps)

    def keep(self, name: str, value: Value) -> None:
        self.values[name] = value
        self.order.append(name)

    def keep_in_vain(self, name: str, state: str) -> None:
        self.in_vain[name] = state
        self.order.append(name)

    def take_back(self) -> str | None:
        """Forget the last answer; its question comes again."""
        if not self.order:
            return None
        name = self.order.pop()
        self.values.pop(name, None)
        self.in_vain.pop(name, None)
        return name

    def to_bring_up(self) -> list[Fact]:
        """What is never put forward, and taken when the person tells it."""
        return [
            fact
            for name, fact in catalogue_facts.asked_facts().items()
            if fact.volunteered_only
            and name not in self.values
            and name not in self.in_vain
            and catalogue_facts.may_be_put(name, self.values, self.on) is Answer.YES
        ]


class Said(Enum):
    """What became of a question."""

    ANSWER = auto()
    BACK = auto()
    ENOUGH = auto()
    LINES_ENDED = auto()


def run(options: Namespace) -> int:
    on = options.on or datetime.now().astimezone().date()
    talk = Conversation(edition_named(options.list), on)
    if options.facts:
        read_answers(options.facts, talk)
    if options.save:
        ensure_can_save(options.save)
    console = err()
    welcome(console, talk)
    try:
        hold(console, talk, console.input)
    finally:
        # Also when Ctrl-C ends it: what a family has told is not asked twice.
        if options.save:
            save_answers(options.save, talk)
            console.print(_("Jawaban disimpan di %s.") % options.save)
    show_findings(out(), talk.edition, talk.values, talk.on, frozenset(talk.in_vain))
    show_contradictions(out(), talk.values, talk.on)
    return DONE


def welcome(console: Console, talk: Conversation) -> None:
    console.print(talk.edition.title.in_language(chosen()), style="bold")
    console.print(
        _(
            "Jawab ya, tidak, tidak tahu, atau tidak mau. Ketik kembali untuk mengubah, selesai untuk berhenti."
        )
    )


def hold(console: Console, talk: Conversation, read: Reader) -> None:
    """Ask, then take what else the person wants to tell; what that opens is asked too."""
    last = ask_all(console, talk, read)
    while last is not Said.LINES_ENDED and (told := talk.to_bring_up()):
        console.print()
        console.print(_("Hal lain yang ingin disampaikan? Ketik lain, atau tekan Enter untuk selesai."))
        if typed(read) not in answers.MORE:
            return
        fact = chosen_fact(console, told, read)
        if fact is not None and ask(console, talk, fact, read) is Said.LINES_ENDED:
            return
        if last is Said.ANSWER:
            last = ask_all(console, talk, read)


def ask_all(console: Console, talk: Conversation, read: Reader) -> Said:
    """Ask until nothing more can change a finding (ANSWER), or the person has had enough."""
    name = talk.next_question()
    while name is not None:
        said = ask(console, talk, catalogue_facts.get(name), read)
        if said in {Said.ENOUGH, Said.LINES_ENDED}:
            return said
        name = (talk.take_back() or name) if said is Said.BACK else talk.next_question()
    return Said.ANSWER


def ask(console: Console, talk: Conversation, fact: Fact, read: Reader) -> Said:
    """Put one question until it is answered or left."""
    while True:
        show_question(console, fact, talk)
        words = typed(read)
        if words is None:
            return Said.LINES_ENDED
        if words in answers.FINISH:
            return Said.ENOUGH
        if words in answers.BACK:
            return Said.BACK
        if words and answered(console, talk, fact, words):
            return Said.ANSWER


def typed(read: Reader) -> str | None:
    """What was typed, in small letters; None when the lines have ended."""
    try:
        return " ".join(read("> ").lower().split())
    except EOFError:
        return None


def chosen_fact(console: Console, told: list[Fact], read: Reader) -> Fact | None:
    """Which of these it is about; None for no number of the list."""
    for number, fact in enumerate(told, start=1):
        console.print(f"  {number}  {fact.question.in_language(chosen())}")
    numbers = {str(number): fact for number, fact in enumerate(told, start=1)}
    return numbers.get(typed(read) or "")


def answered(console: Console, talk: Conversation, fact: Fact, words: str) -> bool:
    """Keep the answer; False with a sentence when it was none."""
    if words in answers.DOES_NOT_KNOW:
        talk.keep_in_vain(fact.name, "unknown")
        return True
    if words in answers.WILL_NOT_SAY:
        talk.keep_in_vain(fact.name, "refused")
        return True
    try:
        talk.keep(fact.name, answers.read(fact, words, talk.on))
    except NotAnAnswer as no_answer:
        console.print(str(no_answer), style="yellow")
        return False
    return True


def show_question(console: Console, fact: Fact, talk: Conversation) -> None:
    language = chosen()
    settled, total = talk.standing()
    console.print()
    console.print(
        _("%(topic)s · %(settled)s dari %(total)s jenis sudah pasti")
        % {"topic": topic(fact), "settled": settled, "total": total},
        style="dim",
    )
    if fact.pain >= PAINFUL and fact.care:
        console.print(_("Hati-hati: %s") % fact.care.in_language(language), style="yellow")
    console.print(fact.question.in_language(language), style="bold")
    for text in (fact.hint, fact.why):
        if text:
            console.print(Padding(text.in_language(language), (0, 0, 0, 2)), style="dim")
    for number, choice in enumerate(fact.choices, start=1):
        console.print(f"  {number}  {choice.label.in_language(language)}")
    if fact.kind is FactKind.NUMBER and fact.unit:
        console.print(f"  ({fact.unit.in_language(language)})", style="dim")


def topic(fact: Fact) -> str:
    return catalogue_facts.topic_label(fact.topic).in_language(chosen())


# --- Files of answers ---


def read_answers(path: Path, talk: Conversation) -> None:
    """Take the answers of a file that `--save` wrote, or that somebody wrote by hand."""
    facts = catalogue_facts.asked_facts()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Stop(
            _("%(file)s tidak dapat dibaca: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Stop(_("%(file)s bukan berkas TOML: %(why)s.") % {"file": path, "why": error}) from error
    for name, value in written.items():
        if name not in facts:
            raise Stop(_("%(file)s: %(fact)s bukan fakta yang dikenal.") % {"file": path, "fact": name})
        if value in ("unknown", "refused") and value not in {choice.code for choice in facts[name].choices}:
            talk.keep_in_vain(name, value)
            continue
        try:
            talk.keep(name, answers.from_toml(facts, name, value))
        except NotAnAnswer as error:
            raise Stop(f"{path}: {error}") from error


def ensure_can_save(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise Stop(_("Folder %s tidak ada. Buat dulu, atau pilih folder lain.") % path.absolute().parent)


def save_answers(path: Path, talk: Conversation) -> None:
    """Whole or not at all, readable by its owner alone: these are facts about a person."""
    lines = [f"# {_('Jawaban wawancara')}, {talk.on}"]
    for name in dict.fromkeys(talk.order):
        state = talk.in_vain.get(name)
        lines.append(f"{name} = " + (f'"{state}"' if state else answers.as_toml(talk.values[name])))
    draft = path.with_name(f".{path.name}.part")
    draft.touch(mode=0o600)
    draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft.replace(path)
