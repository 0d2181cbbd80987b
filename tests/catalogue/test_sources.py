from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.catalogue import sources
from simpul.catalogue.sources.reader import FOLDER, read_all
from simpul.catalogue.tables import VERIFIED, CatalogueError
from simpul.catalogue.words import hurtful_in
from simpul.engines.rules import Answer, FactKind
from simpul.engines.rules.ages import completed_years

ON = date(2026, 11, 21)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
SCHOOLED = ("sltp", "slta", "d1_d2", "d3", "d4_s1", "s2_s3")
# The bounds of the annex: {type: (criterion, least, most)}. Written a second time on purpose.
AGES = {
    "PSM": ("b", 18, 150),
    "TAGANA": ("a", 18, 40),
    "WPKS": ("a", 18, 59),
    "PENSOS-F": ("e", 0, 50),
    "TKSK": ("b", 25, 50),
}


def born_at(years: int, on: date = ON) -> date:
    """Somebody whose birthday is today, and who completes so many years with it."""
    return on.replace(year=on.year - years)


def answer_of(code: str, criterion: str, on: date = ON, **facts) -> Answer:
    finding = sources.source_type(code).judge(facts, on)
    return next(part.answer for part in finding.parts if part.about == criterion)


def met(code: str) -> dict:
    """Facts by which every criterion of a type holds."""
    known = {
        name: True
        for name in sources.source_type(code).rule.facts()
        if sources.facts()[name].kind is FactKind.BOOL
    }
    dates = {"born": born_at(30), "youngest_born": born_at(20), "oldest_born": born_at(40)}
    return {**known, **dates, "sex": "P", "education": "s2_s3"}


class TestTypes:
    def test_are_the_twelve_of_the_annex_in_their_order(self):
        marks = [known.mark for known in sources.edition().types]
        assert marks == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10A", "10B", "11", "12"]

    def test_tell_source_and_certainty_and_hurt_nobody(self):
        for known in sources.source_types().values():
            assert known.source
            assert known.verified in VERIFIED
            for language in ("id", "en"):
                texts = [known.display, known.definition, *(c.text for c in known.rule.criteria)]
                assert not any(list(hurtful_in(text.in_language(language), language)) for text in texts)

    def test_keep_the_official_name_apart_from_the_one_shown(self):
        known = sources.source_type("WPKS")
        assert known.official.startswith("Wanita")
        assert known.display.id.startswith("Perempuan")

    def test_own_up_to_what_is_from_memory(self):
        shaky = {known.code for known in sources.edition().types if known.verified == "memory"}
        assert shaky == {"PENSOS-M", "TKSK", "DU"}

    def test_local_ones_are_marked_and_can_not_be_judged(self):
        for known in sources.local_types():
            assert known.is_local
            assert known.judge({}, ON).answer is UNKNOWN

    def test_fit_their_columns(self):
        assert max(len(code) for code in sources.source_types()) <= 20
        assert max(len(choice.code) for choice in sources.facts()["education"].choices) <= 20


class TestJudge:
    @pytest.mark.parametrize("code", [known.code for known in sources.edition().types])
    def test_fits_where_everything_holds(self, code):
        assert sources.source_type(code).judge(met(code), ON).answer is YES

    @pytest.mark.parametrize("code", [known.code for known in sources.edition().types])
    def test_is_open_where_nothing_is_known(self, code):
        finding = sources.source_type(code).judge({}, ON)
        assert {part.answer for part in finding.parts} == {UNKNOWN}
        assert finding.answer is UNKNOWN

    @pytest.mark.parametrize(
        ("code", "fact"),
        [
            pytest.param(known.code, name, id=f"{known.code}-{name}")
            for known in sources.edition().types
            for name in known.rule.facts()
            if sources.facts()[name].kind is FactKind.BOOL and name != "is_legal_entity"
        ],
    )
    def test_each_criterion_alone_decides(self, code, fact):
        known = sources.source_type(code)
        assert known.judge({**met(code), fact: False}, ON).answer is NO
        without = {name: value for name, value in met(code).items() if name != fact}
        assert known.judge(without, ON).answer is UNKNOWN

    @pytest.mark.parametrize("is_legal", [True, False, None])
    def test_a_status_never_decides(self, is_legal):
        facts = {**met("LKS"), "is_legal_entity": is_legal}
        assert sources.source_type("LKS").judge(facts, ON).answer is YES

    @pytest.mark.parametrize("code", AGES)
    def test_counts_completed_years_around_both_bounds(self, code):
        criterion, least, most = AGES[code]
        day_before = timedelta(days=1)
        assert answer_of(code, criterion, born=born_at(max(least, 1))) is YES
        if least:
            assert answer_of(code, criterion, born=born_at(least) + day_before) is NO
        if most < 150:
            assert answer_of(code, criterion, born=born_at(most + 1) + day_before) is YES
            assert answer_of(code, criterion, born=born_at(most + 1)) is NO

    @pytest.mark.parametrize(("sex", "expected"), [("P", YES), ("L", NO), (None, UNKNOWN)])
    def test_leaders_are_women(self, sex, expected):
        assert answer_of("WPKS", "sex", sex=sex) is expected

    @pytest.mark.parametrize("education", [c.code for c in sources.facts()["education"].choices])
    def test_schooling_counts_from_its_step_up(self, education):
        assert (answer_of("WPKS", "b", education=education) is YES) == (education in SCHOOLED)
        assert (answer_of("PENSOS-F", "a", education=education) is YES) == (education in SCHOOLED[-2:])

    @pytest.mark.parametrize(
        ("youngest", "oldest", "resident", "expected"),
        [
            (13, 45, True, YES),
            (12, 45, True, NO),
            (13, 46, True, NO),
            (13, None, True, UNKNOWN),
            (None, 46, None, NO),
            (13, 45, None, UNKNOWN),
            (13, 45, False, NO),
        ],
    )
    def test_members_of_the_youth_body_are_13_to_45(self, youngest, oldest, resident, expected):
        days = {"youngest_born": youngest, "oldest_born": oldest}
        facts = {name: born_at(years) for name, years in days.items() if years is not None}
        assert answer_of("KT", "b", **facts, members_resident=resident) is expected

    def test_a_birthday_changes_the_answer_without_an_edit(self):
        born = date(1986, 5, 17)
        assert answer_of("TAGANA", "a", born=born, on=date(2027, 5, 16)) is YES
        assert answer_of("TAGANA", "a", born=born, on=date(2027, 5, 17)) is NO

    @given(
        code=st.sampled_from(sorted(AGES)),
        born=st.none() | st.dates(date(1930, 1, 1), date(2020, 12, 31)),
        on=st.dates(date(2021, 1, 1), date(2040, 12, 31)),
    )
    def test_agrees_with_a_plain_twin_on_every_age(self, code, born, on):
        criterion, least, most = AGES[code]
        plain = None if born is None else least <= completed_years(born, on) <= most
        assert answer_of(code, criterion, on, born=born) is Answer.of(plain)

    @given(
        code=st.sampled_from([known.code for known in sources.edition().types]),
        told=st.dictionaries(st.sampled_from(sorted(sources.facts())), st.none() | st.booleans()),
    )
    def test_the_whole_is_the_least_of_its_deciding_criteria(self, code, told):
        known = sources.source_type(code)
        facts = {n: v for n, v in told.items() if sources.facts()[n].kind is FactKind.BOOL}
        finding = known.judge(facts, ON)
        pairs = zip(finding.parts, known.rule.criteria, strict=True)
        assert finding.answer is min(part.answer for part, one in pairs if not one.supporting)


class TestVariants:
    def test_hold_on_their_days_and_in_their_area(self):
        known = sources.source_type("TKSK")
        named = {
            (year, region): [v.code for v in known.variants_on(date(year, 6, 1), region)]
            for year, region in [(2010, "21.02"), (2024, "21.02"), (2024, "32.15.01"), (2026, "32.15.01")]
        }
        assert named == {
            (2010, "21.02"): ["call-2009"],
            (2024, "21.02"): ["permensos-3-2013"],
            (2024, "32.15.01"): ["permensos-3-2013", "karawang-2024"],
            (2026, "32.15.01"): ["permensos-3-2013"],
        }

    def test_one_known_only_in_part_never_fits_by_that_part(self):
        variant = sources.source_type("TKSK").variants_on(date(2024, 6, 1), "32.15")[-1]
        assert variant.rule.judge("TKSK", {"born": born_at(30)}, ON).answer is UNKNOWN
        assert variant.rule.judge("TKSK", {"born": born_at(40)}, ON).answer is NO

    def test_a_social_worker_needs_the_registration_since_the_act(self):
        variant = sources.source_type("PEKSOS").variants_on(ON, "21.02")[0]
        held = {"competence_certified": True}
        assert variant.rule.judge("PEKSOS", held, ON).answer is UNKNOWN
        assert variant.rule.judge("PEKSOS", {**held, "practice_registered": True}, ON).answer is YES

    def test_of_the_older_list_are_never_mixed_in(self):
        codes = {v.code for v in sources.source_type("PSM").variants_on(ON, "21.02")}
        assert not codes


class TestOlderEditions:
    def test_have_six_types_each(self):
        assert [len(one.types) for one in sources.older_editions()] == [6, 6]

    def test_heroes_have_no_type_in_the_list_of_2012(self):
        types = {one.code: one for one in sources.older_editions()[0].types}
        assert types["K2"].to == ()


class TestWhy:
    def test_tells_age_and_bound(self):
        finding = sources.source_type("TAGANA").judge({"born": born_at(41)}, ON)
        told = sources.why(finding.parts[0], sources.facts(), "id")
        assert told == "Umur 41 tahun; batasnya 18 sampai 40 tahun"

    def test_names_what_would_settle_it(self):
        finding = sources.source_type("PSM").judge({}, ON)
        papers = [fact.proof.id for part in finding.parts for fact in sources.missing(part, sources.facts())]
        assert "Sertifikat pelatihan PSM" in papers
        assert len(papers) == 8

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_has_words_for_every_criterion(self, language):
        for known in sources.source_types().values():
            for rule in (known.rule, *(variant.rule for variant in known.variants)):
                for facts in ({}, {**met("PSM"), "citizen": False}):
                    for part in rule.judge(known.code, facts, ON).parts:
                        assert sources.why(part, sources.facts(), language)


class TestReader:
    @pytest.mark.parametrize(
        ("file", "old", "new", "said"),
        [
            ("permensos-8-2012.toml", "AGE(born) >= 18", "AGE(borne) >= 18", "not known here"),
            ("permensos-8-2012.toml", 'code = "TAGANA"', 'code = "PSM"', "stands here twice"),
            ("variants.toml", 'of = "PSM"', 'of = "XYZ"', "no types of the list"),
            ("older.toml", 'to = ["LKS"]', 'to = ["ORG"]', "no types of the list"),
            ("facts.toml", 'given = "paper"', 'given = "answer"', "names its 'paper'"),
            ("practice.toml", "value = 180", "value = 0", "at least 1"),
            ("local.toml", 'code = "PPKH"', 'code = "PSM"', "stands here twice"),
            ("local.toml", 'unit = "network"', 'unit = "crowd"', "must be one of"),
        ],
    )
    def test_names_what_is_wrong(self, tmp_path, file, old, new, said):
        folder = tmp_path / "sources"
        shutil.copytree(FOLDER, folder)
        path = folder / file
        path.write_text(path.read_text().replace(old, new, 1))
        with pytest.raises(CatalogueError, match=said):
            read_all(folder)

    def test_reads_the_catalogue_as_it_is(self):
        read_all(FOLDER)
        assert sources.norm("certificate_days").verified == "design"
