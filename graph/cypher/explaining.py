"""The stages of a plan: algebra, the Cypher of what the database answers, what is left to do in memory and why."""

from graph.cypher.finishing.operators import ROWS
from graph.cypher.plan import Plan, Residual
from graph.explanation import Stage
from graph.sparql.serialize import serialize_pattern
from graph.sparql.show import show

_LONGEST = 300
"""Characters of a parameter that are shown."""
_ROWS = f"# SERVICE <{ROWS}N>: the rows of the Cypher statements above, counted from 0, which answer what stands in it"


def stages(plan: Plan) -> list[Stage]:
    """All stages, in the order in which they come."""
    found = [Stage("algebra", show(plan.query))]
    for statement in plan.statements:
        found.append(Stage("cypher", statement.text or "no solutions: nothing in the database has such names"))
        parameters = "\n".join(f"${name} = {_shown(value)}" for name, value in statement.parameters.items())
        if parameters:
            found.append(Stage("parameters", parameters))
    if plan.finish is not None:
        reasons = [f"# because of {reason}" for reason in plan.finish.reasons]
        text = "\n".join((*reasons, _ROWS, serialize_pattern(plan.finish.pattern)))
        found.append(Stage("finish", text))
    if plan.residual is not None:
        found.append(Stage("residual", _rest(plan.residual)))
    return found


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text):,} characters)"


def _rest(residual: Residual) -> str:
    reasons = [f"# because of {reason}" for reason in residual.reasons]
    wanted = [
        f"# reads {' '.join(part or '?' for part in need.pattern)} for {need.construct}" for need in residual.needs
    ]
    return "\n".join((*reasons, *wanted, residual.text))
