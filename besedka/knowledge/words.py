"""What of a text says what it is about: its words without the stop words, and their letters."""

from functools import lru_cache

from besedka.core.words import stem, words_of

# Words that carry no subject. Question words stay out of the search, not out of the talk.
_STOP_WORDS = """
    а без более будет будете бы был была были было быть в вам вас ваш ваша ваше вашего вашей вашем
    ваши вашу ведь во вот все всё всего вы где да даже для до его ее если есть еще же за и из или
    им их к как какая какие какое какой какого каком какую когда кто ли либо лишь меня мне можете
    можно мой моя моё мы на над надо нам нас не него нее ни них но ну о об однако он она они оно от
    очень по под пожалуйста при про просто раз разве с сам свой своем своего своей свою своим себя
    скажите скажи со так также такой там те тем то того тоже той только том тот ту ты у уж уже
    хотел хотела хотелось хочу чего чем что чтобы чье чья эта эти это этого этой этом этот эту я
    подскажите подскажи здравствуйте здравствуй привет добрый день вечер утро спасибо интересует
    вопрос именно сколько почем куда откуда почему зачем нибудь
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def stems_of(text: str) -> list[str]:
    """Stems in order; stop words are left out unless nothing else is there."""
    words = words_of(text)
    content = [word for word in words if word not in STOP_WORDS]
    return [stem(word) for word in content or words]


@lru_cache(maxsize=100_000)
def grams_of_word(word: str) -> tuple[str, ...]:
    """Letter 3-grams and 4-grams with the word's edges marked; short words stay whole."""
    edged = f"_{word}_"
    if len(edged) <= 4:
        return (edged,)
    return tuple(
        edged[start : start + size] for size in (3, 4) for start in range(len(edged) - size + 1)
    )


def grams_of(text: str) -> list[str]:
    words = words_of(text)
    content = [word for word in words if word not in STOP_WORDS]
    return [gram for word in content or words for gram in grams_of_word(word)]
