"""Invented people who are known twice: Indonesian names by lists, households with brothers, sisters and twins.

Who is who is known, so that what linkage finds can be counted. The slips are those that offices tell of: spellings,
titles, initials, a number of the NIK, births known by the year. Nobody in it exists; the region codes do not either.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from simpul.engines.linkage.records import Record


def _words(text: str) -> list[str]:
    return text.split()


_ISLAMIC = _words(
    "muhammad ahmad abdul rahman ali hasan husein ibrahim ismail yusuf umar usman fatimah aisyah siti nur "
    "nurul khadijah zainab maryam aminah rahmat hidayat fadli fauzi rizki ridwan syarif zulkifli hamzah "
    "iqbal ilham imam jamal kamal latifah lutfi mahmud mansur mustafa nasir rosidah saleh salim sulaiman "
    "taufik wahid yahya zaki hafiz"
)
_JAVANESE = _words(
    "slamet sutrisno suparman sugiyono sutarto suyanto supriyadi wahyuni sri sulastri suryani sumiati "
    "tukiyem tumini painem paijo bambang joko agus budi eko dwi tri catur endang retno wulandari lestari "
    "rahayu hartono santoso widodo wibowo prasetyo nugroho setiawan purnomo purwanto haryanto sumarni "
    "ngatini kasiyem djumadi tjokro soewito"
)
_OTHERS = _words(
    "wayan made nyoman ketut gede putu komang kadek dewi ayu putra putri sinaga situmorang siregar "
    "nasution lubis harahap hutapea panjaitan saragih asep ujang dadang cecep euis neneng yohanes maria "
    "petrus paulus markus yakobus theresia fransiskus daniel david andi baso daeng tenri wati sari indah "
    "permata kusuma wijaya gunawan dian fitri ratna intan mega bayu bagus galih rini rina yanti yuni "
    "yulia novi nina desi rudi hendra dedi yanto marlina"
)
_BEGINNINGS = _words("su wi pa ka tu ra sa ha mu di yu ni ma wa ja ru ta la ke se")
_MIDDLES = [first + vowel for first in _words("b d g h j k l m n p r s t w y ng") for vowel in "aiueo"]
_ENDS = _words("ti yanto mi no man ni wati din yah to rno di sih nah yem tun jo nto sno ro")
_TITLES = ("H.", "Hj.", "Bpk", "Ibu", "Sdr.")
_MUHAMMADS = ("Moh.", "Muh.", "M.", "Mohamad", "Mochamad", "Muhammad")
_SPELLINGS = (
    ("u", "oe"), ("j", "dj"), ("c", "tj"), ("i", "ie"), ("s", "sy"), ("sy", "s"), ("kh", "h"), ("z", "s"),
    ("f", "p"), ("k", "q"), ("d", "dh"), ("t", "th"), ("n", "nn"), ("m", "mm"), ("oe", "u"), ("dj", "j"),
)  # fmt: skip
_DAY_ZERO = date(1935, 1, 1)


@dataclass(frozen=True, slots=True)
class Someone:
    """One record as somebody typed it. `who` is the person it is about."""

    who: int
    name: str
    mother: str
    born: date | None
    sex: str
    nik: str
    region: str
    latest: date | None = None


def population(count: int, *, twice: float = 0.05, twins: float = 0.01, seed: int = 5) -> list[Someone]:
    """So many records of which a share is about somebody who is there already, in no order."""
    chance = random.Random(seed)
    once = int(count / (1 + twice))
    people: list[Someone] = []
    names = _names(chance)
    while len(people) < once:
        people.extend(_household(len(people), chance, names, twins))
    del people[once:]
    people += [_slipped(people[chance.randrange(once)], chance) for _ in range(count - once)]
    chance.shuffle(people)
    return people


def records(people: list[Someone]) -> list[Record]:
    """As linkage takes them, with the place in the list as key."""
    return [
        Record.of(
            f"{place:08}",
            one.name,
            mother=one.mother,
            earliest=one.born,
            latest=one.latest,
            sex=one.sex,
            nik=one.nik,
            region=one.region,
        )
        for place, one in enumerate(people)
    ]


def true_pairs(people: list[Someone]) -> set[tuple[str, str]]:
    """Every two records about one person."""
    places: dict[int, list[str]] = {}
    for place, one in enumerate(people):
        places.setdefault(one.who, []).append(f"{place:08}")
    return {
        (left, right)
        for held in places.values()
        for number, left in enumerate(held)
        for right in held[number + 1 :]
    }


def _names(chance: random.Random) -> tuple[list[str], list[float]]:
    """Words of names, the first of them common and the last rare, as in any register."""
    rare = sorted({"".join(map(chance.choice, (_BEGINNINGS, _MIDDLES, _ENDS))) for _ in range(9000)})
    words = [*_ISLAMIC, *_JAVANESE, *_OTHERS]
    chance.shuffle(words)
    pool = [*words, *rare]
    total = 0.0
    weights = []
    for place in range(len(pool)):
        total += 1 / (place + 60) if place < len(words) else 1 / 900
        weights.append(total)
    return pool, weights


def _name(chance: random.Random, names: tuple[list[str], list[float]], most: int = 4) -> str:
    words, weights = names
    count = min(chance.choices((1, 2, 3, 4), (0.14, 0.5, 0.3, 0.06))[0], most)
    chosen = chance.choices(words, cum_weights=weights, k=count)
    if chance.random() < 0.12:
        chosen = ["muhammad", *(word for word in chosen if word != "muhammad")]
    return " ".join(word.capitalize() for word in chosen)


def _household(
    first: int, chance: random.Random, names: tuple[list[str], list[float]], twins: float
) -> Iterator[Someone]:
    """A mother's children, who share her name and their home."""
    mother = _name(chance, names, 2) if chance.random() > 0.1 else ""
    regency = f"{chance.randrange(11, 95)}.{chance.randrange(80, 90)}"
    region = f"{regency}.{chance.randrange(1, 21):02}.{chance.randrange(2001, 2021)}"
    born = _DAY_ZERO + timedelta(days=int(chance.triangular(0, 33000, 24000)))
    for number in range(chance.choices((1, 2, 3), (0.6, 0.3, 0.1))[0]):
        if number and chance.random() > twins:
            born += timedelta(days=chance.randrange(400, 2000))
        sex = chance.choice("LP")
        day = date(born.year, 1, 1) if chance.random() < 0.04 else born
        has_nik = chance.random() > 0.15
        nik = _nik(region, day, sex, chance.randrange(1, 60)) if has_nik else ""
        yield Someone(first + number, _name(chance, names), mother, day, sex, nik, region)


def _nik(region: str, born: date, sex: str, serial: int) -> str:
    day = born.day + (40 if sex == "P" else 0)
    return f"{region[:8].replace('.', '')}{day:02}{born.month:02}{born.year % 100:02}{serial:04}"


def _slipped(one: Someone, chance: random.Random) -> Someone:
    """The same person as another office wrote them down."""
    name = one.name
    for _ in range(chance.choices((0, 1, 2, 3), (0.15, 0.4, 0.3, 0.15))[0]):
        name = _slip_of_name(name, chance)
    if name.startswith("Muhammad ") and chance.random() < 0.6:
        name = chance.choice(_MUHAMMADS) + name[len("Muhammad") :]
    return _with_birth(
        replace(
            one,
            name=name,
            nik=_slip_of_nik(one.nik, chance),
            mother=_slip_of_mother(one.mother, chance),
            region=one.region
            if chance.random() > 0.15
            else f"{one.region[:9]}{chance.randrange(2001, 2021)}",
        ),
        chance,
    )


def _slip_of_name(name: str, chance: random.Random) -> str:
    words = name.split()
    place, kind = chance.randrange(len(words)), chance.random()
    if kind < 0.4:
        words[place] = _spelled(words[place], chance)
    elif kind < 0.55:
        words[place] = _typed(words[place], chance)
    elif kind < 0.65 and len(words) > 1 and words[place] != "Muhammad":
        words[place] = f"{words[place][0]}."
    elif kind < 0.75 and len(words) > 2:
        words.pop(place)
    elif kind < 0.8:
        chance.shuffle(words)
    elif kind < 0.9:
        words.insert(0, chance.choice(_TITLES))
    return " ".join(words)


def _spelled(word: str, chance: random.Random) -> str:
    known = [pair for pair in _SPELLINGS if pair[0] in word.lower()]
    if not known:
        return word
    common, other = chance.choice(known)
    return word.lower().replace(common, other, 1)


def _typed(word: str, chance: random.Random) -> str:
    if len(word) < 3:
        return word
    place, kind = chance.randrange(len(word) - 1), chance.random()
    if kind < 0.35:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    signs = "0123456789" if word.isdigit() else "abdeghiklmnorstuw"
    if kind < 0.7 or word.isdigit():
        return word[:place] + chance.choice(signs) + word[place + 1 :]
    return word[:place] + word[place + 1 :]


def _slip_of_nik(nik: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.25 or not nik:
        return ""
    return _typed(nik, chance) if kind < 0.45 else nik


def _slip_of_mother(mother: str, chance: random.Random) -> str:
    kind = chance.random()
    if not mother or kind > 0.4:
        return mother
    if kind < 0.2:
        return _spelled(mother, chance)
    return _typed(mother, chance) if kind < 0.3 else ""


def _with_birth(one: Someone, chance: random.Random) -> Someone:
    born, kind = one.born, chance.random()
    if born is None or kind > 0.25:
        return one
    if kind < 0.06 and born.day <= 12:
        return replace(one, born=date(born.year, born.day, born.month))
    if kind < 0.12:
        return replace(
            one, born=date(born.year + chance.choice((-1, 1, -10, 10)), born.month, min(born.day, 28))
        )
    if kind < 0.17:
        return replace(
            one, born=born.replace(day=min(28, max(1, born.day + chance.choice((-1, 1, -10, 10)))))
        )
    if kind < 0.2:
        return replace(one, born=date(born.year, 1, 1))
    if kind < 0.23:
        return replace(one, born=date(born.year - 2, 1, 1), latest=date(born.year + 2, 12, 31))
    return replace(one, born=None)
