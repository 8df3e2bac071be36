"""The main job: from a scenario to an answer, in stages, each a pure function to one frozen result."""
