"""How four databases write the same small things: names, texts, days, yes and no. And what a column of a table holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlglot import exp


class Dialect(StrEnum):
    """The databases for which statements are written, by the names that sqlglot gives them."""

    POSTGRES = "postgres"
    SQLITE = "sqlite"
    DUCKDB = "duckdb"
    SPARK = "spark"

    def quoted(self, *parts: str) -> str:
        """A name in quotes, whatever is in it: `quoted("public", "people")` is a table in a schema.

        ValueError for an empty name, and for signs that no database keeps in a name.
        """
        for part in parts:
            if not part or "\0" in part:
                raise ValueError(f"{part!r} cannot be the name of a table or column")
        return ".".join(exp.to_identifier(part, quoted=True).sql(self.value) for part in parts)

    def text(self, value: str) -> str:
        """A fixed text in quotes."""
        return exp.Literal.string(value).sql(self.value)

    def day(self, value: date) -> str:
        """A fixed day. SQLite has no days: there they are texts, YYYY-MM-DD, which sort in their order."""
        return self.text(value.isoformat()) if self is Dialect.SQLITE else f"DATE '{value.isoformat()}'"

    @property
    def integer(self) -> str:
        """The type of whole numbers that hold 63 bits."""
        return "INTEGER" if self is Dialect.SQLITE else "BIGINT"

    def fenced(self, select: str) -> str:
        """The select in brackets and with a name, computed once however often its columns are used.

        PostgreSQL would copy what a column is made of to every place where it is used, but for this empty limit.
        """
        end = " OFFSET 0" if self is Dialect.POSTGRES else ""
        return f"({select}{end}) AS judged"


class Holds(StrEnum):
    """What a column holds, as far as that changes how it is read.

    A yes or no may stand as a boolean, as 0 and 1, or as a word. A number with decimals is read as a whole one.
    """

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    LABEL = "label"  # an ENUM of PostgreSQL, which refuses to be compared with a text that is none of its own
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: its name there and what it holds."""

    name: str
    holds: Holds


# By fact; the ends of an estimated date as `<fact>_earliest` and `<fact>_latest`.
Columns = Mapping[str, Column]
