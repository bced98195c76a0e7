"""`dragoman schema`: the form of the output."""

import typer


def schema() -> None:
    """Print the JSON Schema of the JSON Lines output.

    Example: dragoman schema > dragoman.schema.json
    """
    import json

    from dragoman.records.schema import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
