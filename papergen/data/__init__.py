"""Data: measures, control limits, projections, peer comparison, and the values they give to the narrative."""
