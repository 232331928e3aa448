"""Options that several commands have."""

import click

from gcmtext.db import Visibility

port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Which port to listen at; 0 takes a free one.",
)

by_option = click.option(
    "--by", default="", metavar="NAME", help="Who does this; by default the account on this machine."
)

visibility_option = click.option(
    "--visibility",
    type=click.Choice([v.value for v in Visibility if v is not Visibility.OWN]),
    default=Visibility.PREPARED.value,
    show_default=True,
    help="Who may see it: those who conduct the negotiation, delegations, or everybody.",
)
