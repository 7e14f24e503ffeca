"""The encoder: what each piece added makes up the score, and what is answered is heard."""

import numpy as np
import pytest

from bot.model.artifact import FORMAT, Weighing, load, save
from bot.model.look import look
from bot.model.pieces import LONGEST_DRAFT, POSITIONS, pieces_of
from bot.text.draft import Draft, ReplyTo
from bot.text.read import read


@pytest.fixture(scope="module")
def artifact():
    return load()


def test_what_the_pieces_added_is_the_score(artifact):
    pieces = pieces_of(read(Draft("Nice parser.")), ["Nice parser."], artifact.tokenizer)
    scores, added = artifact.encoder.read(pieces.numbers, pieces.drafted)
    assert np.allclose(added.sum(axis=0) + artifact.encoder.head_bias, scores, atol=1e-3)
    assert len(added) == pieces.drafted == len(pieces.sentence)


def test_what_is_answered_changes_the_score(artifact):
    alone = look(read(Draft("Sure.")), ["Sure."], artifact.encoder, artifact.tokenizer)
    answer = Draft("Sure.", reply_to=ReplyTo("u2", "is my code garbage?"))
    answering = look(read(answer), ["Sure."], artifact.encoder, artifact.tokenizer)
    assert not np.array_equal(alone.scores, answering.scores)


def test_a_long_draft_is_cut_in_the_middle(artifact):
    pieces = pieces_of(
        read(Draft("x", reply_to=ReplyTo(None, "why " * 500))), ["word " * 390] * 3, artifact.tokenizer
    )
    assert len(pieces.numbers) <= POSITIONS
    assert pieces.sentence.count(-1) == pieces.drafted - LONGEST_DRAFT
    assert pieces.sentence[-2] == 2


def test_a_file_of_another_format_is_refused_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.model.artifact.FORMAT", FORMAT + 1)
    save(tmp_path / "reader.npz", {}, Weighing((), (), (), (), (), 0.0), 0)
    monkeypatch.undo()
    with pytest.raises(ValueError, match=r"reader\.npz has format 3, this version reads 2; run `make train`"):
        load(tmp_path / "reader.npz")


def test_the_same_content_gives_the_same_file(tmp_path):
    for name in ("one.npz", "two.npz"):
        save(tmp_path / name, {"linear": np.zeros((3, 2), np.int8)}, Weighing((), (), (), (), (), 0.0), 0)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
