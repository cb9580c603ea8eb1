"""The checks of `filrouge doctor`, besides those of the networks."""
