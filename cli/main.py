"""The command line: one file a command, loaded when it is called, so that ``--help`` is quick."""

import sqlite3
import sys
from importlib import import_module
from typing import Any

import click

from common.errors import BibliographError

#: Command -> module under ``cli`` and its one-line help, so that ``--help`` imports none of them.
COMMANDS = {
    "backup": "Copy graph, archive and the rest into a file, also while serving.",
    "copy": "Copy the whole graph from one engine to another, and compare.",
    "demo": "Ingest the samples, serve them, print the address.",
    "doctor": "What is installed, what is missing, and what it is needed for.",
    "explain": "How a query is answered: its algebra, and on Neo4j the Cypher it becomes.",
    "findings": "What is wrong with records that are in the graph: list, show, fix, replay.",
    "index": "Bring associations and text index up to date, or make them anew.",
    "ingest": "Read MARC files, directories or URLs into the graph.",
    "ledger": "What became of every subfield of the files ingested.",
    "load": "Load an RDF file into a named graph.",
    "quarantine": "Records that could not enter: list, show, fix, replay.",
    "query": "Run a SPARQL query.",
    "related": "What is related to a work, person, subject or other entity, and why.",
    "remap": "Map all archived records again, with the mappings as they are now.",
    "resolve": "Link entities of the same controlled heading.",
    "restore": "Make a data directory of a backup.",
    "search": "Search titles, names, subjects, identifiers and notes.",
    "serve": "Serve SPARQL, linked data and entity pages.",
    "token": "Access tokens: create, list, revoke.",
    "verify": "See that archive, graph and merge agree.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Lists the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bibliograph")
@click.option("--data", metavar="DIRECTORY", help="The data directory; default: data, or the setting.")
@click.pass_context
def cli(ctx: click.Context, data: str | None) -> None:
    """Bibliograph: a library's records as a validated knowledge graph.

    Settings come from bibliograph.toml and BIBLIOGRAPH_* variables. Exit code 0: done; 1: done, with records in
    quarantine; 2: not done, with one line that says what and where.
    """
    ctx.obj = {"data": data} if data else {}


def main(arguments: list[str] | None = None) -> Any:
    """Runs the command line; errors a user can act on are one line and exit code 2."""
    try:
        return cli.main(arguments, standalone_mode=False) or 0
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "bibliograph"
        _say(f"{error.format_message()} See: {path} --help")
    except click.ClickException as error:
        _say(error.format_message())
    except click.Abort:
        _say("stopped; run it again to go on")
    except BibliographError as error:
        _say(str(error))
    except OSError as error:
        _say(": ".join(part for part in (error.filename and str(error.filename), error.strerror or str(error)) if part))
    except sqlite3.Error as error:
        _say(f"a database in the data directory can't be used: {error}")
    return 2


def _say(message: str) -> None:
    """One line, whatever the message holds."""
    click.echo(f"bibliograph: {' '.join(message.split())}", err=True)


if __name__ == "__main__":
    sys.exit(main())
