"""Options that several commands have."""

import click

port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Which port to listen at; 0 takes a free one.",
)
