"""Future days in plain French: « dans 3 semaines », « à la rentrée », « avant le 30 juin »."""
