"""The dialogue in which an élu describes a project, until it is submitted."""
