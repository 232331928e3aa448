"""The commands.

Each command is a module beside this one, imported when it is called, so that none pays for another.
"""

import gc
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from gcmtext import __version__
from gcmtext.errors import GcmtextError

BAD_INPUT = 2
GARBAGE_THRESHOLD = 500_000
"""How many values are made between two looks for garbage, in this program and where it is measured."""

# Each command with the line that the help of the program shows for it.
_COMMANDS = {
    "demo": "Show the demonstration negotiation in a browser.",
    "segment": "Show the paragraphs of a text: kind, label, level, words.",
    "compare": "Show what changed from one issue of a text to the next.",
    "tracked": "Show the tracked changes of a Word file: who changed what, paragraph by paragraph.",
    "compile": "Compile what delegations send into one attributed text.",
    "read-back": "Print the text that one delegation wants, from a compilation.",
    "brackets": "Count the brackets of a text and check that they are balanced.",
    "history": "Trace each paragraph back through all issues of a text.",
    "import": "Store files as the revisions of a negotiation.",
    "corpus": "Add adopted documents to the corpus, list or withdraw them.",
    "search": "Find paragraphs of the corpus and of all revisions by their words.",
    "index": "Make the search index anew, or check it.",
    "init": "Make the database, or bring it up to date.",
    "lineage": "Show or correct what became of each paragraph in the next revision.",
    "user": "Add, list, end and reset accounts.",
    "audit": "Check the audit trail, or write it to a file.",
    "mail": "Deliver the e-mail that waits.",
    "digest": "Tell people by e-mail what is new, if they want it.",
    "precedents": "Show what of a text is agreed language, and where it was adopted.",
    "export-revision": "Write a stored revision as a file.",
    "serve": "Serve the pages of all negotiations.",
}

# The modules of those whose names are no names of modules.
_MODULES = {
    "import": "import_files",
    "compile": "compile_files",
    "read-back": "read_back",
    "export-revision": "export_revision",
}


class _Commands(click.Group):
    """The commands by name; a module is imported only when its command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        command: click.Command = import_module(f"gcmtext.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="gcmtext %(version)s")
def gcmtext() -> None:
    """Follow a negotiated text paragraph by paragraph.

    Reads Word, PDF, HTML, Markdown, plain text and Akoma Ntoso files.
    """


def _print_any_script() -> None:
    """Let the output hold all six languages: UTF-8 in pipes and files; a terminal shows "?" if it cannot."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")


def main() -> None:
    """Run the command line; bad input ends with one sentence on the error stream and exit code 2."""
    # A command makes millions of values that live until it ends: looking for garbage among them is in vain.
    gc.set_threshold(GARBAGE_THRESHOLD)
    _print_any_script()
    try:
        gcmtext(prog_name="gcmtext")
    except GcmtextError as error:
        click.echo(f"gcmtext: {error}", err=True)
        sys.exit(BAD_INPUT)
    except BrokenPipeError:
        # The reader of a pipe has seen enough ("gcmtext segment … | head").
        sys.stderr.close()
        sys.exit(0)
