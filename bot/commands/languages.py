"""Telling which language something was said in, for a kind answer that says which one is read here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.commands.words import Word, fold


@dataclass(frozen=True, slots=True)
class Language:
    """A language that people may try: what it is called, its script or the words that tell it, and our line in it."""

    name: str
    line: str
    scripts: tuple[str, ...] = ()
    little: str = ""
    """Words of which two tell it, for each may be another language's."""
    telling: str = ""
    """Words of which one tells it: greetings, thanks, a call for help."""


_LANGUAGES = (
    Language(
        "German",
        "Ich verstehe leider nur Englisch.",
        little="wie viele wir haben ist sind nicht und oder bitte wer wann warum ich du sie das ein eine heute morgen "
        "gestern diese woche nächste mein unser der die den dem mit von für auf bin bist was wo stehen im am an zu es "
        "dir mir euch noch schon urlaub krank fertig übergeben",
        telling="guten hallo moin servus danke dankeschön bitteschön hilfe tschüss übergeben nächste wieviele urlaub "
        "grüezi feierabend gestern",
    ),
    Language(
        "French",
        "Désolé, je ne comprends que l’anglais.",
        little="combien sont nous vous avec qui quand demain hier cette semaine je suis en la le les des du une est où "
        "on que pour pas et ou sur aujourd'hui prochaine fait vacances",
        telling="bonjour bonsoir salut merci aide vacances aujourd'hui combien prochaine s'il",
    ),
    Language(
        "Spanish",
        "Lo siento, solo entiendo inglés.",
        little="cuántos cómo estamos qué quién cuándo hoy mañana ayer esta semana nosotros debemos dónde vamos el la "
        "los las un una es y o por para con no muy de en estoy",
        telling="hola buenos buenas gracias ayuda vamos adiós mañana cuántos cómo vacaciones",
    ),
    Language(
        "Italian",
        "Mi dispiace, capisco solo l’inglese.",
        little="quanti siamo stiamo cosa quando oggi domani ieri questa settimana abbiamo perché come il lo gli una di "
        "e sono non per con",
        telling="ciao grazie buongiorno buonasera aiuto prego settimana",
    ),
    Language(
        "Portuguese",
        "Desculpe, só entendo inglês.",
        little="quantos você hoje amanhã ontem quem são não como estamos esta semana nós uma um de em por para com",
        telling="olá obrigado obrigada bom boa ajuda amanhã você",
    ),
    Language(
        "Dutch",
        "Sorry, ik versta alleen Engels.",
        little="hoeveel wij hebben zijn niet vandaag gisteren deze waarom hoe wat de het een en van met voor ik ben",
        telling="goedemorgen goedemiddag bedankt dankjewel hulp hoeveel vandaag",
    ),
    Language("Russian", "Извините, я понимаю только по-английски.", scripts=("CYRILLIC",)),
    Language("Japanese", "すみません、英語しか分かりません。", scripts=("HIRAGANA", "KATAKANA")),
    Language("Korean", "죄송합니다. 영어만 이해합니다.", scripts=("HANGUL",)),
    Language("Chinese", "抱歉,我只懂英语。", scripts=("CJK",)),
    Language("Arabic", "عذرًا، أفهم الإنجليزية فقط.", scripts=("ARABIC",)),
    Language("Hebrew", "מצטער, אני מבין רק אנגלית.", scripts=("HEBREW",)),
    Language("Greek", "Λυπάμαι, καταλαβαίνω μόνο αγγλικά.", scripts=("GREEK",)),
    Language("Hindi", "क्षमा करें, मैं केवल अंग्रेज़ी समझता हूँ।", scripts=("DEVANAGARI",)),
)
SOME_OTHER = Language("another language", "")
"""One that is not among them."""
_LETTERS = frozenset({"Ll", "Lu", "Lo", "Lm"})
_OURS = ("LATIN", "MODIFIER", "MICRO")
_LITTLE = {each.name: frozenset(map(fold, each.little.split())) for each in _LANGUAGES}
_TELLING = {each.name: frozenset(map(fold, each.telling.split())) for each in _LANGUAGES}


def language_of(words: tuple[Word, ...]) -> Language | None:
    """The language of what was not understood, if it is not English: by its letters, or by its little words.

    Two little words tell it, or one that is only said in that language. None where nothing tells.
    """
    letters = [mark for word in words for mark in word.plain if unicodedata.category(mark) in _LETTERS]
    others = [name for mark in letters if not (name := unicodedata.name(mark, "")).startswith(_OURS)]
    if letters and len(others) * 2 > len(letters):
        return _by_script(others)
    said = [fold(word.plain) for word in words]
    found = [(_weight(each, said), each) for each in _LANGUAGES]
    weight, likeliest = max(found, key=lambda one: one[0])
    return likeliest if weight >= min(2, len(said)) and weight > 1 else None


def _weight(language: Language, said: list[str]) -> int:
    telling, little = _TELLING[language.name], _LITTLE[language.name]
    return sum(2 if word in telling else word in little for word in said)


def _by_script(letters: list[str]) -> Language:
    return next(
        (each for each in _LANGUAGES if any(letter.startswith(each.scripts) for letter in letters if each.scripts)),
        SOME_OTHER,
    )
