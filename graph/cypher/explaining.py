"""The stages of a plan: algebra, the Cypher of what the database answers, what is left to do in memory and why."""

from graph.cypher.plan import Plan, Residual
from graph.explanation import Stage
from graph.sparql.serialize import serialize_pattern
from graph.sparql.show import show


def stages(plan: Plan) -> list[Stage]:
    """All stages, in the order in which they come."""
    found = [Stage("algebra", show(plan.query))]
    for statement in plan.statements:
        found.append(Stage("cypher", statement.text or "no solutions: nothing in the database has such names"))
        parameters = "\n".join(f"${name} = {value!r}" for name, value in statement.parameters.items())
        if parameters:
            found.append(Stage("parameters", parameters))
    if plan.finish is not None:
        reasons = [f"# because of {reason}" for reason in plan.finish.reasons]
        text = "\n".join((*reasons, serialize_pattern(plan.finish.pattern)))
        found.append(Stage("finish", text))
    if plan.residual is not None:
        found.append(Stage("residual", _rest(plan.residual)))
    return found


def _rest(residual: Residual) -> str:
    reasons = [f"# because of {reason}" for reason in residual.reasons]
    wanted = [
        f"# reads {' '.join(part or '?' for part in need.pattern)} for {need.construct}" for need in residual.needs
    ]
    return "\n".join((*reasons, *wanted, residual.text))
