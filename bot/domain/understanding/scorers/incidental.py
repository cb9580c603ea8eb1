"""Words that say who writes or where, not what about: titles, addresses, landmarks, signatures."""

from collections.abc import Iterator, Sequence

from bot.domain.wording.tokens import Token

_ROLES = frozenset(
    "adjoint adjointe adjoints delegue deleguee president presidente vice conseiller conseillere"
    " charge chargee service services directeur directrice dir responsable commission chef cheffe"
    " technicien technicienne secretaire animateur animatrice agent instructeur instructrice"
    " referent referente dst dgs elu elue".split()
)
_LEADING_ON = frozenset(
    "a au aux de du des d l la le les en charge chargee municipal delegue deleguee a".split()
)
_STREETS = frozenset(
    "rue avenue av boulevard bd place quai impasse allee route chemin cours square".split()
)
_FAREWELLS = frozenset("cordialement salutations respectueusement sincerement bien".split())
_MAX_ROLE = 8
# What stands beside a landmark is spoken of, not the landmark: « la place devant l'école ».
_BESIDE = (
    ("devant",), ("derriere",), ("face", "a"), ("face", "au"), ("face", "aux"), ("cote", "de"),
    ("cote", "du"), ("cote", "des"), ("pres", "de"), ("pres", "du"), ("pres", "des"),
    ("dessus", "de"), ("dessus", "du"), ("pied", "de"), ("pied", "du"), ("pied", "des"),
    ("autour", "de"), ("autour", "du"), ("loin", "de"), ("loin", "du"), ("abords", "de"),
    ("abords", "du"), ("bout", "de"), ("bout", "du"), ("proximite", "de"), ("proximite", "du"),
)  # fmt: skip
_ARTICLES = frozenset("l le la les d de du des notre nos ce cette".split())


def incidental_words(tokens: Sequence[Token]) -> frozenset[int]:
    """The places of the words of titles (« adjointe à la voirie »), addresses, landmarks
    (« derrière l'église ») and signatures."""
    found = (_titles(tokens), _addresses(tokens), _landmarks(tokens), _signature(tokens))
    return frozenset(place for places in found for place in places)


def _titles(tokens: Sequence[Token]) -> Iterator[int]:
    place = 0
    while place < len(tokens):
        if tokens[place].word not in _ROLES:
            place += 1
            continue
        at = place + 1
        joined = 0
        while at < len(tokens) and not tokens[at].gap and at - place < _MAX_ROLE:
            if tokens[at].word not in _LEADING_ON and tokens[at].word not in _ROLES:
                joined += 1
                if joined > 2:
                    break
            yield at
            at += 1
        place = at


def _addresses(tokens: Sequence[Token]) -> Iterator[int]:
    for place, token in enumerate(tokens[:-1]):
        if token.word not in _STREETS:
            continue
        numbered = place > 0 and tokens[place - 1].word.isdigit() and not token.gap
        after = place + 1
        while after < len(tokens) and tokens[after].word in _LEADING_ON and not tokens[after].gap:
            after += 1
        named = after < len(tokens) and not tokens[after].gap and tokens[after].capital
        if numbered or (named and not tokens[after].upper):
            yield from range(place, after + 1)


def _landmarks(tokens: Sequence[Token]) -> Iterator[int]:
    words = [token.word for token in tokens]
    for place in range(len(words)):
        for beside in _BESIDE:
            if tuple(words[place : place + len(beside)]) == beside:
                at = place + len(beside)
                while at < len(words) and words[at] in _ARTICLES and not tokens[at].gap:
                    at += 1
                if at < len(words) and not tokens[at].gap:
                    yield at


def _signature(tokens: Sequence[Token]) -> Iterator[int]:
    for place in range(max(0, len(tokens) - 25), len(tokens)):
        if tokens[place].word in _FAREWELLS and tokens[place].gap == 2 and place > 3:
            yield from range(place, len(tokens))
            return
