from simpul.organisations.queries.organogram import MOST_DRAWN, WIDTH, Holder, organogram
from simpul.organisations.stages import Unit


def holders(**counts):
    return [
        Holder(unit, f"Jabatan {number}", f"Orang {number}")
        for unit in counts
        for number in range(counts[unit])
    ]


def told(picture):
    return [words.text for words in picture.words]


class TestOrganogram:
    def test_is_none_where_nobody_holds_an_office(self):
        assert organogram([]) is None

    def test_puts_the_units_from_top_to_bottom_without_touching(self):
        picture = organogram(holders(operations=3, founders=1, board=5, overseers=2))
        assert [frame.unit for frame in picture.frames] == list(Unit)
        tops = [frame.top for frame in picture.frames]
        assert all(frame.bottom < top for frame, top in zip(picture.frames, tops[1:], strict=False))
        assert picture.frames[-1].bottom <= picture.height

    def test_names_every_office_and_holder(self):
        picture = organogram([Holder("board", "Ketua", "Ratna Dewi")])
        assert {"Pengurus", "Ketua", "Ratna Dewi"} <= set(told(picture))

    def test_says_how_many_are_left_out_of_a_large_unit(self):
        picture = organogram(holders(operations=MOST_DRAWN + 3))
        assert "dan 3 orang lagi" in told(picture)
        assert sum(text.startswith("Orang") for text in told(picture)) == MOST_DRAWN

    def test_draws_only_the_ties_between_units_that_are_there(self):
        drawn = {
            "alone": organogram(holders(board=1)),
            "watched": organogram(holders(board=1, overseers=1)),
            "led": organogram(holders(board=1, operations=1)),
        }
        ties = {name: (picture.has_rule, picture.has_watch) for name, picture in drawn.items()}
        assert ties == {"alone": (False, False), "watched": (False, True), "led": (True, False)}

    def test_is_the_same_for_the_same_input(self):
        assert organogram(holders(founders=2, board=3)) == organogram(holders(founders=2, board=3))

    def test_cuts_a_long_name_to_what_fits(self):
        picture = organogram(
            [Holder("board", "Ketua", "Raden Mas Haryo Kusumodiningrat Adipati Sasraningrat")]
        )
        assert all(len(text) * 8 < WIDTH / 2 for text in told(picture))
        assert any(text.endswith("…") for text in told(picture))
