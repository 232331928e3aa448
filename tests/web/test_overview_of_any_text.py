"""The page of a negotiation holds whatever its texts are: split, merged, moved, emptied, begun anew."""

from itertools import count
from random import Random

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web.pages import page, take

WORDS = (
    "keep the lights burning on all coasts and islands in fog bells horns towers keepers ships shall "
    "States report each year to the Assembly with care of those at sea who are lost"
).split()
NUMBERS = count()


def heading(random: Random) -> str:
    return "#" * random.randint(1, 3) + " " + " ".join(random.choices(WORDS, k=random.randint(1, 4)))


def sentence(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, 12))) + random.choice(".;:")


def changed(blocks: list[str], random: Random) -> list[str]:
    """Return a text after a round: each block kept, edited, split, merged with the next, moved or gone."""
    found: list[str] = []
    for block in blocks:
        match random.randrange(9):
            case 0:
                continue
            case 1:
                found += [heading(random), block]
            case 2:
                parts = block.split(" ")
                middle = len(parts) // 2
                found += [" ".join(parts[:middle]), " ".join(parts[middle:])]
            case 3 if found and not found[-1].startswith("#"):
                found[-1] += " " + block.lstrip("# ")
            case 4:
                found.insert(random.randint(0, len(found)), block)
            case 5:
                found += [block, sentence(random)]
            case 6:
                found.append(f"{block} {sentence(random)}")
            case _:
                found.append(block)
    return [block for block in found if block.strip("# ")] or [sentence(random)]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(random=st.randoms(use_true_random=False), length=st.integers(0, 14), rounds=st.integers(1, 4))
def test_it_stands_and_each_link_of_its_drawing_is_answered(
    app: Flask, random: Random, length: int, rounds: int
) -> None:
    blocks = [random.choice((heading, sentence))(random) for _ in range(length + 1)]
    texts = []
    for _ in range(rounds):
        texts.append("\n\n".join(blocks) + "\n")
        blocks = changed(blocks, random)
    slug = take(app, f"Text {next(NUMBERS)}", *texts)
    client = app.test_client()
    for _kept in (False, True):
        tree = page(client, f"/{slug}")
    for address in {link.partition("#")[0] for link in tree.xpath("//main//a/@href")}:
        if address:
            page(client, address)
