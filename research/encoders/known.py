"""The encoders that a study can be told of: what comes along, and what suits which language.

Others are models for sentence-transformers; they are fetched once, by the user, on a
machine with internet, and used from a folder afterwards. Nothing is fetched here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """An encoder's name, what it is for, its licence and size, and what texts begin with.

    `prompt` is what its authors say must stand before each text that is to be compared.
    """

    id: str
    languages: str
    purpose: str
    licence: str
    megabytes: int
    prompt: str = ""

    @property
    def bundled(self) -> bool:
        """Whether it comes with this software."""
        return "/" not in self.id


BUNDLED = (
    Known(
        "klantbeeld-hybrid-nl-en",
        "Dutch, English",
        "the default; tuned on customer statements",
        "Apache-2.0",
        50,
    ),
    Known(
        "klantbeeld-static-nl-en",
        "Dutch, English",
        "from Python, for very large sets: quick, less exact; no quicker in a study",
        "Apache-2.0",
        12,
    ),
)
MADE_FOR = ("nl", "en")  # the languages of the bundled encoders, ISO 639-1
MULTILINGUAL = (
    Known(
        "intfloat/multilingual-e5-small",
        "about 100 languages",
        "other languages, on an ordinary computer",
        "MIT",
        471,
        "query: ",
    ),
    Known(
        "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
        "about 50 languages",
        "other languages, short texts",
        "Apache-2.0",
        471,
    ),
    Known(
        "BAAI/bge-m3",
        "about 100 languages",
        "other languages and long texts, on a fast computer",
        "MIT",
        2270,
    ),
)
KNOWN = BUNDLED + MULTILINGUAL


def prompt_of(name_or_path: str) -> str:
    """What a known model wants before each text. A folder is known by its last part."""
    last = _last(name_or_path)
    return next((known.prompt for known in KNOWN if _last(known.id) == last), "")


def suits(encoder: str, language: str) -> bool:
    """Whether an encoder was made for a language, as ISO 639-1 says it; "" is not known.

    The bundled ones are for Dutch and English. Of another model nothing else is known than
    that somebody chose it.
    """
    bundled = encoder in {known.id for known in BUNDLED}
    return not bundled or language in ("", *MADE_FOR)


def how_to_fetch(name: str) -> str:
    """The command that fetches a model into a folder, once, with internet."""
    return f"hf download {name} --local-dir models/{_last(name)}"


def advice() -> str:
    """Which models suit other languages and how to fetch one, in a sentence each."""
    names = ", ".join(known.id for known in MULTILINGUAL)
    return (
        f"Models that suit other languages: {names}. Fetch one once, for instance with "
        f"'{how_to_fetch(MULTILINGUAL[0].id)}', and give its folder as the encoder."
    )


def _last(name_or_path: str) -> str:
    return name_or_path.rstrip("/").rsplit("/", 1)[-1]
