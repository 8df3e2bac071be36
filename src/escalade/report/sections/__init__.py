"""The report's sections: each a pure function of the findings to a section, or to nothing."""
