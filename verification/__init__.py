"""Against theory, published numbers, and the slow readable twin of the kernels."""
