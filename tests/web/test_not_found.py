"""An address at which there is nothing leads on."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gcmtext.web.interface import isolated
from web.pages import page, words


@pytest.fixture
def reader(demo: Flask) -> FlaskClient:
    return demo.test_client()


@pytest.mark.parametrize("address", ["9-bis", "9%20bis", "para/9%20BIS", "para/9-bi"])
def test_a_paragraph_by_label_alone_is_offered(reader: FlaskClient, address: str) -> None:
    ways = page(reader, f"/seafarers/rev-1/{address}", 404).xpath("//main//ul[@class='ways']//a/@href")
    assert "/seafarers/rev-1/para/9-bis" in ways


def test_a_paragraph_of_a_revision_that_is_not_there_is_offered_where_it_is(reader: FlaskClient) -> None:
    ways = page(reader, "/seafarers/rev-9/para/9-bis", 404).xpath("//main//a/@href")
    assert "/seafarers/rev-1/para/9-bis" in ways


def test_what_is_quoted_runs_its_own_way(reader: FlaskClient) -> None:
    sentence = page(reader, "/seafarers/rev-1/para/ب", 404).xpath("//p[@class='meta']")[0]
    assert [words(quoted) for quoted in sentence.xpath("bdi")] == ["ب"]
    assert isolated("“<b>” and “ب”") == "“<bdi>&lt;b&gt;</bdi>” and “<bdi>ب</bdi>”"
