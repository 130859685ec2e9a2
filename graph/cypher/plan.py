"""Plans: what of a query the database answers, by which statements, and what is left to do in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.cypher import decimals
from graph.cypher.bindings import Binding
from graph.cypher.kinds import literal_text, resource_text, tagged_text
from graph.cypher.needs import Need
from graph.cypher.source import Source
from graph.sparql import algebra as alg
from graph.sparql.terms import Variable

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Restriction:
    """What narrows a statement down: values that other parts of the query leave to its variables.

    Attributes:
        variables: Those.
        text: A query for their values, with markers of statements before this one.
        needs: Quads that it looks at.
    """

    variables: tuple[Variable, ...]
    text: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in Cypher whose rows are solutions.

    Attributes:
        pattern: The pattern that it answers.
        variables: Of its columns.
        columns: Their types.
        text: Cypher; "": there are no solutions.
        parameters: Its parameters.
        restriction: What narrows it down, which is known only when the statements before it have been run.
    """

    pattern: alg.Pattern
    variables: tuple[Variable, ...]
    columns: tuple[Binding, ...]
    text: str
    parameters: dict[str, object]
    restriction: Restriction | None = None

    def rows(self, source: Source) -> Iterator[Row]:
        """Solutions as terms, as they come."""
        if not self.text:
            return
        decoders = [decoder(column) for column in self.columns]
        for row in source.read(self.text, self.parameters):
            yield tuple(None if cell is None else decode(cell) for decode, cell in zip(decoders, row, strict=False))


@dataclass(frozen=True, slots=True)
class Residual:
    """What is left to do in memory.

    Attributes:
        text: The query, with a marker for the rows of each statement.
        markers: In the order of the statements; each stands for one row.
        needs: Quads that the rest of the query looks at.
        reasons: Constructs that Cypher would not answer exactly.
    """

    text: str
    markers: tuple[str, ...]
    needs: tuple[Need, ...]
    reasons: tuple[str, ...]

    def filled(self, rows: Sequence[Sequence[Row]], text: str | None = None) -> str:
        """The query, or another ``text``, over the rows of the statements that have been run."""
        text = self.text if text is None else text
        for marker, found in zip(self.markers, rows, strict=False):
            if marker not in text:
                continue
            data = " ".join(f"({' '.join('UNDEF' if cell is None else cell for cell in row)})" for row in found)
            text = text.replace(marker, data)
        return text


@dataclass(frozen=True, slots=True)
class Finish:
    """What is left to do with the rows of the statements as they come (``graph.cypher.finishing``).

    Attributes:
        pattern: The rest of the query; ``SERVICE <urn:x-rows:0> {…}`` stands for the rows of the first statement.
        reasons: Constructs that Cypher would not answer exactly.
    """

    pattern: alg.Pattern
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a query is answered.

    Attributes:
        query: Its algebra.
        statements: What the database answers.
        residual: What is left to do in memory, on a graph made of the rows and other statements.
        finish: What is left to do with the rows as they come. Neither: the one statement answers the query.
        guards: Statements may fail where a number does not fit.
    """

    query: alg.Query
    statements: tuple[Statement, ...] = ()
    residual: Residual | None = None
    finish: Finish | None = None
    guards: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether the rows of the database are all that is needed."""
        return self.residual is None


def decoder(column: Binding) -> Callable[[object], str]:
    """What makes a term of a column's value."""
    if column.form == "value":
        kind = column.kind
        return lambda cell: literal_text(kind, cell)
    if column.form == "scaled":
        return lambda cell: literal_text(column.kind, decimals.text_of(int(str(cell)), column.places))
    if column.form == "tagged":
        return lambda cell: tagged_text(str(cell))
    return lambda cell: resource_text(str(cell))
