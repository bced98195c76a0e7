"""`dragoman codebook`: what the codes mean; a user's own categories tried and widened."""

from typing import Annotated, Any

import typer

from dragoman.cli.options import FormOption, JsonOption, PublishedOption, settings

SHOW = "show"


class CodesOrCommands(typer.core.TyperGroup):
    """A group whose first word may be a code: `dragoman codebook CONSULT` is `dragoman codebook show CONSULT`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `show` before what is neither one of the commands nor a cry for help."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [SHOW, *args]
        return list(super().parse_args(ctx, args))


app = typer.Typer(
    name="codebook",
    cls=CodesOrCommands,
    help="List, describe and search the codes; test and widen your own.\n\n"
    "A code or an option alone means `show`: `dragoman codebook CONSULT`, `dragoman codebook --search truce`.\n\n"
    "Example: dragoman codebook CONSULT",
    rich_markup_mode=None,
)
FileArgument = Annotated[
    str,
    typer.Argument(metavar="FILE", help="Your own categories (TOML), or a shipped one: protest, ceasefire."),
]


@app.command()
def show(
    code: Annotated[
        str | None,
        typer.Argument(
            help="A code: a type, TYPE/mode, context, sector or CAMEO code. Without it: the list.",
            show_default=False,
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(help="Entries whose code, name or definition holds this word.", show_default=False),
    ] = None,
    json: JsonOption = False,
) -> None:
    """List the codebook, describe one code, or search it.

    Example: dragoman codebook CONSULT
    """
    from dragoman.cli.entries import show_codebook

    show_codebook(code, search=search, as_json=json)


@app.command()
def test(file: FileArgument, json: JsonOption = False) -> int:  # noqa: PT028 (a command, no test of ours)
    """Try your own categories on the example sentences of their file.

    Each example must give its category, each counter-example must not; a line says what was got instead, by
    which pattern. All faults of the file come at once. Exit status: 0 all as they should be, 1 some not, 2 faults.

    Example: dragoman codebook test protest
    """
    from dragoman.cli.own_codebook import run_test

    return run_test(file, settings(), as_json=json)


@app.command()
def suggest(
    file: FileArgument,
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")],
    published: PublishedOption = None,
    form: FormOption = None,
    limit: Annotated[int, typer.Option(min=1, help="List at most so many phrases of a category.")] = 10,
    json: JsonOption = False,
) -> int:
    """Propose further phrases for your own categories, from texts.

    Looked at are the acts of a parent type that no category with phrases matches; the likest to the examples
    come first: by how the model reads both acts, and by their words. You decide what goes into the file.

    Example: dragoman codebook suggest protest articles/
    """
    from dragoman.cli.own_codebook import run_suggest

    return run_suggest(file, inputs, settings(form=form), published=published, limit=limit, as_json=json)
