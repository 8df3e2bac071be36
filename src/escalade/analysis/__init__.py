"""What the outcomes say: every analysis is a pure function to one frozen result."""
