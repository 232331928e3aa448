"""What every route declares."""

from flask import Flask

from gcmtext.services.reserved import NO_NEGOTIATION, NO_REVISION


def test_no_negotiation_or_revision_stands_in_the_way_of_a_page(app: Flask) -> None:
    parts = [rule.rule.strip("/").split("/") for rule in app.url_map.iter_rules()]
    first = {part[0].partition(".")[0] for part in parts} - {"", "<negotiation>"}
    second = {p[1].partition(".")[0] for p in parts if p[0] == "<negotiation>" and len(p) > 1}
    assert {word for word in first if not word.startswith("<")} <= NO_NEGOTIATION
    assert {word for word in second if not word.startswith("<")} <= NO_REVISION
