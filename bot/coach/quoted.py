"""Words in quotation marks are somebody else's: what only they would cause is no finding."""

from dataclasses import replace

from bot.model.opinion import Opinion, Reader
from bot.text.masking import quotes_lines
from bot.text.read import read
from bot.text.reading import Reading

_ABOUT_OTHERS = frozenset({"criticism", "think-first"})
"""Rules that quoted words may not set off: who quotes an insult has insulted nobody (rules.md)."""

_UNLIKELY = 0.25
"""Without the quotation the rule is as good as ruled out."""


def without_quoted(reading: Reading, opinion: Opinion, reader: Reader) -> Opinion:
    """Return the opinion with what rests on words in quotation marks alone taken back.

    The draft is read a second time with those words blanked, only where such a rule fires and there
    is something quoted. Mockery that quotes keeps its own words, and they still speak.

    Args:
        reading: the draft, taken apart.
        opinion: what the reader thinks of it as it stands.
        reader: the reader.
    """
    text = reading.draft.text
    inline = [span for span in reading.quotations if not quotes_lines(text, span)]
    fired = opinion.fires & _ABOUT_OTHERS
    if not inline or not fired:
        return opinion
    blanked = list(text)
    for start, end in inline:
        blanked[start:end] = " " * (end - start)
    own = reader.opinion(read(replace(reading.draft, text="".join(blanked))))
    lent = {rule for rule in fired if rule not in own.fires and own.rules.get(rule, 0.0) < _UNLIKELY}
    if not lent:
        return opinion
    scores = {**opinion.rules, **{rule: own.rules.get(rule, 0.0) for rule in lent}}
    return replace(opinion, rules=scores, fires=opinion.fires - lent)
