from hypothesis import given
from hypothesis import strategies as st

from simpul.organisations.queries.office_drawing import WIDTH, drawn, shape_of
from simpul.organisations.queries.office_map import TYPES


class TestDrawn:
    @given(
        share=st.floats(0, 1),
        types=st.lists(st.sampled_from(TYPES), unique=True).map(lambda found: [(one, 12) for one in found]),
    )
    def test_keeps_everything_within_its_box(self, share, types):
        found = drawn(share, types)
        assert 0 <= found.bar <= WIDTH
        assert all(0 < shape.x < WIDTH and 0 < shape.y < found.height for shape in found.shapes)
        assert [shape.type for shape in found.shapes] == [type_ for type_, _number in types]

    def test_shows_that_there_is_one_among_very_many(self):
        assert drawn(0.00001, []).bar > 0
        assert drawn(0, []).bar == 0

    def test_writes_a_number_as_a_page_does_beside_each_shape(self):
        found = drawn(1, [("A", 1234), ("D", 5)])
        assert found.figures.count("<text") == 2
        assert ">1.234</text>" in found.figures
        assert all(shape.path in found.path for shape in found.shapes)


class TestShapeOf:
    def test_is_another_for_each_type(self):
        assert len({shape_of(type_, 10, 10) for type_ in TYPES}) == len(TYPES)
