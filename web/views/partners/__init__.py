"""« Trouver des partenaires »: the question, the answers, the refusals."""
