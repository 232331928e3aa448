"""The masthead of documents of the United Nations: organization, symbol, distribution and date."""

import re
from collections.abc import Sequence

from gcmtext.formats.pdf.lines import row_text
from gcmtext.formats.pdf.page import Page, Word

_DISTRIBUTION = re.compile(r"Distr\.|Distribución|Distribution|Распростр|التوزيع|توزيع|Общая")
_NAME = re.compile(
    r"United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|الأمم المتحدة|联\s*合\s*国"
)


def masthead(page: Page, page_rows: Sequence[list[Word]]) -> list[list[Word]]:
    """Return the rows of the first page down to the rule below "Distr.: General"; none without it."""
    height = 0.45 * page.height
    high = [row for row in page_rows if row[0].base < height]
    texts = [row_text(row) for row in high]
    distribution = next((i for i, text in enumerate(texts) if _DISTRIBUTION.search(text)), None)
    if distribution is None or not any(_NAME.search(text) for text in texts[: distribution + 1]):
        return []
    below = sorted(
        rule.top
        for rule in page.rules
        if rule.horizontal and high[distribution][0].base < rule.top < height and rule.left < 0.2 * page.width
    )
    if not below:
        return []
    return [row for row in high if row[0].base < below[0]]
