"""`python -m gcmtext`."""

from gcmtext.cli import main

main()
