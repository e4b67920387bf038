"""How a command ends when it cannot do its work: one sentence on standard error and the right status."""

import errno
import json
import os
import sys

import click

from graphsvc.domain.errors import BundleRejected, InvalidValue, MaillageError, StoreError
from web.words.messages import sentence

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
        if wanted("format") == "json":
            _say_json("wrong_usage", {}, error.format_message())
        else:
            error.show()
        return USAGE
    except BrokenPipeError:
        # `maillage … | head`: nobody reads any more; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except MaillageError as error:
        _say(error)
        return STORE if isinstance(error, StoreError) else REFUSED
    except OSError as error:
        _say(InvalidValue("option", "CHEMIN", str(error.filename or ""), unusable(error)))
        return REFUSED


def unusable(error: OSError) -> str:
    """The rule that says why a file could not be used."""
    return "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "path_unusable"


def _say(error: MaillageError) -> None:
    if isinstance(error, BundleRejected):
        return  # the command has already printed the row report
    text = sentence(error, wanted("lang"))
    if wanted("format") == "json":
        facts: dict[str, object] = {"store": error.store} if isinstance(error, StoreError) else error.facts
        _say_json(error.code, facts, text)
    else:
        click.echo(text, err=True)


def _say_json(code: str, facts: dict[str, object], text: str) -> None:
    document = {"error": {"code": code, "facts": facts, "text": text}}
    click.echo(json.dumps(document, ensure_ascii=False, default=str), err=True)


_DEFAULTS = {"format": "text", "lang": "fr"}


def wanted(name: str) -> str:
    """`--format` or `--lang` of the command line, whatever else is wrong with it."""
    arguments = sys.argv[1:]
    for position, argument in enumerate(arguments):
        if argument == f"--{name}" and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith(f"--{name}="):
            return argument.partition("=")[2]
    return _DEFAULTS[name]
