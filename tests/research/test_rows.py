"""Rows for research: nobody stands alone, no key leads from one file to another, the same file again is the same."""

import random
import zipfile
from io import BytesIO

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.access.refusal import Refusal
from simpul.engines.disclosure import k_anonymity
from simpul.research.models import Extract
from simpul.research.queries.files import archive
from simpul.research.queries.rows import _safe, made_of, open_types
from tests.population.factories import AT, EDITION, ON, kept, register_of, row

pytestmark = pytest.mark.django_db

KARIMUN = "21.02"
PLACES = ("21.02.01.1001", "21.02.02.2001", "21.02.10.2003", "21.02")


def many(count, seed=3):
    chance = random.Random(seed)
    return [
        row(
            region=chance.choice(PLACES),
            sex=chance.choice(["L", "P"]),
            age=chance.choice([3, 9, 12, 40, 70, 81, None]),
            confirmed=tuple(chance.sample(["ABT", "AT", "LUT"], chance.choice([1, 1, 2]))),
        )
        for _one in range(count)
    ]


def extract(variables=("sex", "age", "area"), types=(), **told):
    made = Extract(
        region=KARIMUN, on=ON, edition=EDITION, at=AT, variables=[*variables], types=[*types], **told
    )
    made.salt = "garam"
    return made


class TestMadeOf:
    @pytest.mark.parametrize("types", [(), ("AT", "LUT")], ids=["without types", "with types"])
    def test_lets_nobody_stand_alone(self, types):
        kept(register_of(many(300)))
        made = made_of(extract(types=types))
        assert k_anonymity(made.rows, made.columns, k=5).holds
        assert made.smallest >= 5
        assert sum(made.classes.values()) == len(made.rows)

    def test_leaves_out_at_most_the_share_that_the_catalogue_allows(self):
        kept(register_of(many(300)))
        assert made_of(extract()).left_out <= 15

    def test_tells_no_group_of_which_everybody_has_the_same_types(self):
        same = [row(region=PLACES[0], sex="L", age=70, confirmed=("LUT",)) for _one in range(20)]
        other = [
            row(region=PLACES[0], sex="P", age=70, confirmed=("LUT",) if one % 2 else ("AT",))
            for one in range(400)
        ]
        kept(register_of([*same, *other]))
        made = made_of(extract(variables=("sex",), types=("AT", "LUT")))
        assert {one["sex"] for one in made.rows} in ({"P"}, {"*"})

    def test_refuses_where_nothing_makes_it_safe(self):
        kept(register_of(many(3)))
        with pytest.raises(Refusal, match="Terlalu sedikit orang"):
            made_of(extract())

    def test_leaves_out_who_took_a_consent_back_or_died(self):
        gone = [row(confirmed=("LUT",), judged=False), row(confirmed=("LUT",), gone="died")]
        kept(register_of([*[row(confirmed=("LUT",)) for _one in range(7)], *gone]))
        assert len(made_of(extract(variables=("sex",))).rows) == 7

    def test_says_a_small_number_of_rows_left_out_by_its_sign(self):
        alone = [row(sex="L", confirmed=("LUT",))]
        kept(register_of([*[row(sex="P", confirmed=("LUT",)) for _one in range(60)], *alone]))
        assert made_of(extract(variables=("sex",))).standing()["left_out"] == "<5"


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "sex": st.sampled_from("LP?"),
            "age": st.sampled_from(["0-5", "6-11", "60-69", "70+", "unknown"]),
            "area": st.sampled_from(["21.02.01", "21.02.02", "?"]),
            "types": st.sampled_from(["10", "01", "11"]),
        }
    ),
    max_size=120,
)


class TestSafe:
    @settings(max_examples=40, deadline=None)
    @given(ROWS)
    def test_refuses_or_lets_nobody_stand_alone_and_no_group_be_of_one_kind(self, rows):
        columns = ("sex", "age", "area", "types")
        try:
            made = _safe([str(number) for number in range(len(rows))], rows, columns)
        except Refusal:
            return
        assert k_anonymity(made.rows, columns, k=5).holds
        if made.steps.get("types") != "*":
            asked = {"k": 2, "sensitive": ("types",), "suppress": 0.0}
            assert not k_anonymity(made.rows, columns[:3], **asked).poor
        assert len(rows) - len(made.rows) == made.left_out <= len(rows) * 0.05


class TestOpenTypes:
    def test_are_none_that_are_highly_restricted(self):
        codes = {need.code for need in open_types(EDITION)}
        assert "LUT" in codes
        assert not codes & {"ODHA", "BWBLP", "KTK", "PD"}


def files(content):
    with zipfile.ZipFile(BytesIO(content)) as held:
        return {name: held.read(name).decode("utf-8-sig") for name in held.namelist()}


class TestArchive:
    @pytest.fixture
    def made(self):
        kept(register_of(many(200)))
        return made_of(extract())

    def test_is_the_same_to_the_byte(self, made):
        one = extract(purpose="Uji", for_whom="Tim")
        assert archive(one, made) == archive(one, made_of(one))

    def test_holds_no_key_of_a_person_or_a_home(self, made):
        told = "".join(files(archive(extract(), made)).values())
        assert not [key for key in made.people if key in told or key.replace("-", "") in told.lower()]

    def test_has_other_keys_in_every_extract(self, made):
        one, other = extract(), extract()
        other.salt = "garam lain"
        keys = [
            {line.split(",")[0] for line in files(archive(which, made))["data.csv"].splitlines()[1:]}
            for which in (one, other)
        ]
        assert len(keys[0]) == len(made.rows)
        assert not keys[0] & keys[1]

    def test_brings_its_codebook_its_likeness_and_its_conditions(self, made):
        held = files(archive(extract(purpose="Uji", for_whom="Tim"), made))
        assert sorted(held) == ["baca-dulu.txt", "buku-kode.csv", "data.csv", "kemiripan.csv"]
        assert "Tidak mencoba mengenali" in held["baca-dulu.txt"]
        assert "Kelompok serupa yang terkecil" in held["kemiripan.csv"]

    def test_can_be_read_as_a_table_with_the_columns_that_were_asked_for(self, made):
        frame = pl.read_csv(BytesIO(files(archive(extract(), made))["data.csv"].encode()))
        assert frame.columns == ["orang", "sex", "age", "area"]
        assert frame.height == len(made.rows)
