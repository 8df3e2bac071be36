"""One history: the loop that joins the pieces, and its outcomes."""
