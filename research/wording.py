"""Words and numbers that texts of the software share, in Dutch and English."""

from collections.abc import Mapping

TOUCHPOINTS_NL: Mapping[str, str] = {
    "search engine": "zoekmachine",
    "social media": "sociale media",
    "online ads": "online advertenties",
    "radio/tv": "radio/tv",
    "magazines": "tijdschriften en folders",
    "word of mouth": "mond-tot-mond",
    "reviews": "reviews",
    "blogs": "blogs en fora",
    "newsletter": "nieuwsbrief",
    "e-mail": "e-mail",
    "product page": "productpagina",
    "web shop": "webshop",
    "website": "website",
    "app": "app",
    "marketplace": "marktplaats",
    "physical shop": "fysieke winkel",
    "checkout": "afrekenen",
    "payment": "betalen",
    "order confirmation": "orderbevestiging",
    "delivery": "bezorging",
    "packaging": "verpakking",
    "returns": "retouren",
    "customer service by phone": "klantenservice per telefoon",
    "chatbot": "chatbot",
    "chat": "chat",
    "whatsapp": "WhatsApp",
    "customer service": "klantenservice",
    "FAQ": "veelgestelde vragen",
    "community": "community",
    "loyalty programme": "loyaliteitsprogramma",
    "product": "het product zelf",
}


def touchpoint_name(touchpoint: str, language: str) -> str:
    """A touchpoint's name in a language."""
    return TOUCHPOINTS_NL.get(touchpoint, touchpoint) if language == "nl" else touchpoint


def number(value: float, language: str, *, digits: int = 2, signed: bool = False) -> str:
    """A number as the language writes it: `\u22120,33` in Dutch, `\u22120.33` in English."""
    size = f"{abs(value):.{digits}f}"
    nothing = float(size) == 0
    sign = "" if nothing else "\N{MINUS SIGN}" if value < 0 else "+" if signed else ""
    return sign + (size.replace(".", ",") if language == "nl" else size)
