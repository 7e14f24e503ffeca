import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.custom_ids import DraftModalId, PressId, Source
from adapters.kit.card import Action
from bot.text.draft import Surface


@given(
    st.builds(
        PressId,
        st.sampled_from(list(Action)),
        st.sampled_from(["", "posted", "widen-circle=off", "promo-balance"]),
        st.sampled_from(list(Surface)),
        st.sampled_from(list(Source)),
        st.text(alphabet="abcXYZ012_-", max_size=16),
    )
)
def test_a_button_knows_itself_again(press: PressId) -> None:
    assert PressId.parse(str(press)) == press
    assert len(str(press)) <= 100


@pytest.mark.parametrize(
    "custom_id",
    ["", "checkpost:1", "checkpost:1:gone::c:s:", "other:1:apply::c:s:", "checkpost:2:apply::c:s:"],
)
def test_other_ids_are_none_of_ours(custom_id: str) -> None:
    assert PressId.parse(custom_id) is None


@pytest.mark.parametrize("surface", list(Surface))
@pytest.mark.parametrize("answered", ["", "123456789012345678"])
def test_a_window_knows_where_its_draft_goes_and_whom_it_answers(surface: Surface, answered: str) -> None:
    window = DraftModalId(surface, answered)
    assert DraftModalId.parse(str(window)) == window


def test_other_windows_are_none_of_ours() -> None:
    assert DraftModalId.parse("checkpost:1:draft:x") is None
    assert DraftModalId.parse("checkpost:1:draft:r:not-an-id") is None
