"""The first conversation: from an élu's own words to a project ready to be submitted.

A pure state machine. `begin`, `hear` and `choose` return the next draft and the effects to carry
out, in order. No word is ever lost: whatever is said and is no answer joins the description.
"""
