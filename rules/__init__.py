"""What the rules of the documents do: decide, look up, compute, date and lead through steps."""
