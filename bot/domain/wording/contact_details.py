"""Phone numbers and e-mail addresses, which are not repeated to everybody on a thread."""

import re

_GAP = r"[ \u00a0\u202f\u2009.\-‑–]{0,2}"


def _digits(count: int) -> str:
    return rf"(?:{_GAP}\d){{{count}}}"


# Looked for from the beginning of a run of letters only, so that a long one is read once.
_E_MAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]++@[\w-]+(?:\.[\w-]+)+")
# Ten digits however they are grouped; a day and its hour (« 05.06.2026 14 h ») are none.
_NATIONAL = re.compile(
    rf"(?<![\d+])(?!\d\d[ .\-]\d\d[ .\-](?:19|20)\d\d(?!\d))0{_GAP}[1-9]{_digits(8)}(?!\d)"
)
# Metropolitan France, the départements overseas, then the collectivités, each with its length.
_INTERNATIONAL = re.compile(
    rf"(?<![\d+])(?:\+|00){_GAP}(?:"
    rf"(?:33|262|590|594|596){_GAP}(?:\(0\){_GAP}|0{_GAP})?[1-9]{_digits(8)}"
    rf"|(?:508|681|687){_digits(6)}"
    rf"|689{_digits(8)})(?!\d)"
)
# Six to eight digits are a number of Nouméa, Mata-Utu or Papeete only where words say so.
_ANNOUNCED = re.compile(
    r"(?P<words>\b(?:t[ée]l(?:[ée]phone)?|portable|mobile|gsm|appel\w*(?:[- ](?:moi|nous))? au)\b"
    rf"[^\w\n]{{0,5}})\d{_digits(5)}(?:{_digits(2)})?(?!{_GAP}\d)",
    re.IGNORECASE,
)


def without_contact_details(text: str, instead: str) -> str:
    """The text with French phone numbers (overseas too) and e-mail addresses replaced."""
    for found in (_E_MAIL, _INTERNATIONAL, _NATIONAL):
        text = found.sub(lambda _: instead, text)
    return _ANNOUNCED.sub(lambda match: match["words"] + instead, text)
