"""Puts the program together: the only place that knows every part.

`app` has the two programs, the service and the chat in a terminal; `networks` makes the networks
that are configured; `assembly` joins them with what receives, handles, delivers and follows up.
"""
