"""How a command ends when it cannot do its work: one sentence on standard error and the right status."""

import json
import os
import sys

import click

from graphsvc.domain.errors import BundleRejected, MaillageError, StoreError
from web.messages import sentence

DONE, REFUSED, USAGE, STORE = 0, 1, 2, 3


def run_guarded(group: click.Group) -> int:
    """Run the group on the process's arguments and return the exit status."""
    try:
        result = group.main(prog_name="maillage", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else DONE
    except click.exceptions.Abort:
        click.echo("Interrompu.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return USAGE
    except BrokenPipeError:
        # `maillage … | head`: nobody reads any more; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except MaillageError as error:
        _say(error)
        return STORE if isinstance(error, StoreError) else REFUSED


def _say(error: MaillageError) -> None:
    if isinstance(error, BundleRejected):
        return  # the command has already printed the row report
    context = _wanted_format()
    text = sentence(error, context["lang"])
    if context["format"] == "json":
        click.echo(
            json.dumps(
                {"error": {"code": error.code, "facts": error.facts, "text": text}},
                ensure_ascii=False,
                default=str,
            ),
            err=True,
        )
    else:
        click.echo(text, err=True)


def _wanted_format() -> dict[str, str]:
    """Format and language asked on the command line (the context is gone once the command has failed)."""
    wanted = {"format": "text", "lang": "fr"}
    arguments = sys.argv[1:]
    for name in wanted:
        for position, argument in enumerate(arguments):
            if argument == f"--{name}" and position + 1 < len(arguments):
                wanted[name] = arguments[position + 1]
            elif argument.startswith(f"--{name}="):
                wanted[name] = argument.partition("=")[2]
    return wanted
