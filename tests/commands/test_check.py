import io
import json
import sys

import pytest

KEYS = ["id", "kind", "kind_scores", "findings", "strengths", "rewrite", "language", "care"]
TXT = "u r gr8, plz tell ppl b4 2nite"


def test_one_draft_for_people_shows_evidence_reason_source_and_rewrite(checkpost):
    ran = checkpost("check", TXT)
    assert ran.status == 0
    assert "‹" in ran.out
    assert "Tip 9" in ran.out
    assert "With the fixes applied" in ran.out
    assert "\x1b" not in ran.out


def test_one_draft_as_json_has_the_contract_s_keys_in_order(checkpost):
    advice = json.loads(checkpost("check", TXT, "--json").out)
    assert list(advice) == KEYS
    assert sum(advice["kind_scores"].values()) == pytest.approx(1, abs=0.02)
    finding = advice["findings"][0]
    assert list(finding) == ["rule", "tip", "severity", "confidence", "spans", "message", "advice", "fixes"]
    assert all(0 <= start < end <= len(TXT) for start, end in finding["spans"])


def test_a_draft_comes_from_a_file_or_from_standard_input(checkpost, tmp_path, monkeypatch):
    path = tmp_path / "draft.txt"
    path.write_text(TXT, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TXT.encode())))
    assert checkpost("check", "--file", str(path)).out == checkpost("check").out


def test_a_file_that_is_no_text_is_refused(checkpost, tmp_path):
    path = tmp_path / "draft.bin"
    path.write_bytes(b"\xff\xfe\x00")
    assert checkpost("check", "--file", str(path)).status == 2


def test_a_batch_answers_every_line_in_order_and_names_the_bad_ones(checkpost, tmp_path):
    drafts, advice = tmp_path / "drafts.jsonl", tmp_path / "advice.jsonl"
    lines = [
        json.dumps({"id": "a", "text": TXT}),
        "not json",
        json.dumps({"id": "b"}),
        "",
        json.dumps({"id": "c", "text": "How did you get the seedlings through the frost, Bea?"}),
        json.dumps({"id": "d", "text": "x " * 600_000}),
        json.dumps({"id": 5, "text": "ok"}),
    ]
    drafts.write_text("\n".join(lines), encoding="utf-8")
    ran = checkpost("check", "--batch", str(drafts), "--output", str(advice))
    answers = [json.loads(line) for line in advice.read_text(encoding="utf-8").splitlines()]
    assert ran.status == 1
    assert [answer["id"] for answer in answers] == ["a", None, "b", "c", None, 5]
    assert [("error" in answer) for answer in answers] == [False, True, True, False, True, False]
    assert answers[1]["error"].startswith("line 2: ")
    assert answers[4]["error"].startswith("line 6: "), "empty lines count, as in an editor"


@pytest.mark.parametrize(
    "extra", [("--surface", "reply"), ("--reply-to", "what now?"), ("--own-site", "a.example")]
)
def test_a_context_that_a_batch_would_pass_over_is_refused(checkpost, tmp_path, extra):
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text(json.dumps({"id": "a", "text": TXT}), encoding="utf-8")
    assert checkpost("check", "--batch", str(drafts), *extra).status == 2


@pytest.mark.parametrize("nothing", ["", " \n\t", "\u200b\u200d\ufeff", "\u3164 \u2800"])
def test_a_draft_that_shows_nothing_is_empty(checkpost, nothing):
    ran = checkpost("check", nothing)
    assert ran.status == 2
    assert "empty" in ran.err


def test_a_good_batch_leaves_with_zero_and_gives_the_same_advice_as_alone(checkpost, tmp_path):
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text("\n".join(json.dumps({"id": "draft", "text": TXT}) for _ in range(3)), encoding="utf-8")
    ran = checkpost("check", "--batch", str(drafts))
    assert ran.status == 0
    assert ran.out.splitlines() == [checkpost("check", TXT, "--json").out.strip()] * 3


def test_somebody_in_distress_gets_care_and_nothing_else(checkpost):
    text = "I can't do this any more. I want to kill myself tonight."
    advice = json.loads(checkpost("check", text, "--json").out)
    assert advice["care"] == "distress"
    assert (advice["findings"], advice["strengths"], advice["rewrite"]) == ([], [], None)
    said = checkpost("check", text).out
    assert "really hard" in said
    assert "Reads well" not in said


def test_a_key_is_never_repeated(checkpost):
    key = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
    draft = f"api_key: {key} for the deploy"
    assert key not in checkpost("check", draft).out
    assert key not in checkpost("check", draft, "--json").out


def test_a_language_the_engine_does_not_read_is_said_so(checkpost):
    text = (
        "Guten Morgen zusammen, ich habe heute leider keine Zeit, "
        "aber ich freue mich sehr auf das nächste Treffen."
    )
    advice = json.loads(checkpost("check", text, "--json").out)
    assert advice["language"] == "de"
    assert advice["limited"] is True


def test_the_catalogue_lists_fourteen_rules_and_explains_one(checkpost):
    assert len(checkpost("rules").out.splitlines()) == 14
    assert "two-way street" in checkpost("rules", "engage").out
