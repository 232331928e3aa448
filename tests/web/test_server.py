"""The pages as a visitor gets them: a real server, a real browser."""

from collections.abc import Callable
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page


def test_without_negotiations_the_first_page_says_so(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200


def test_the_demonstration_stands_on_the_first_page(demo: Flask) -> None:
    assert "Treatment of Seafarers" in demo.test_client().get("/").text


def test_what_is_done_to_a_demonstration_of_ones_own_stays_there(own_demo: Flask, demo: Flask) -> None:
    assert own_demo.extensions["gcmtext_sessions"] is not demo.extensions["gcmtext_sessions"]
    assert "Treatment of Seafarers" in own_demo.test_client().get("/").text


def test_a_server_answers(server: str) -> None:
    with urlopen(server + "/") as answer:  # noqa: S310 - our own server
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.browser
def test_the_first_page_is_accessible(server: str, page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(server)
    assert "Seafarers" in page.inner_text("main")
    axe(page)


@pytest.mark.browser
def test_an_inaccessible_page_is_reported_with_what_is_wrong(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content("<html lang=en><title>Chart</title><main><h1>Chart</h1><img src='data:,'></main></html>")
    with pytest.raises(AssertionError, match=r"image-alt.*\n  img"):
        axe(page)
