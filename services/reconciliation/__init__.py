"""Reconciliation: which entity of the graph a name in somebody else's table means, and what the graph can add to it.

The logic behind the Reconciliation Service API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).
"""
