"""The rules of Fil Rouge: values in, values out; no I/O, no clock, no sentence said to people."""
