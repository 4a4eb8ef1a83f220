"""Telling that something was said in another language, which deserves an answer that says so."""

from __future__ import annotations

import unicodedata

from bot.commands.words import Word, fold

_LETTERS = frozenset({"Ll", "Lu", "Lo", "Lm"})
_COMMON = (
    # Little words of languages written in Latin letters that are none in English.
    "wie viele wir haben ist sind nicht und oder bitte wer wann warum ich du sie das ein eine heute morgen gestern",
    "diese woche mein unser combien sont nous vous avec qui quand bonjour aujourd'hui demain hier cette semaine merci",
    "cuántos cómo estamos qué quién cuándo hoy mañana ayer esta semana nosotros debemos dónde vamos quanti siamo",
    "stiamo cosa quando oggi domani ieri questa settimana abbiamo perché quantos você hoje amanhã ontem quem são não",
    "hoeveel wij hebben zijn niet vandaag gisteren deze waarom",
)
_FOLDED = frozenset(fold(word) for line in _COMMON for word in line.split())


def is_foreign(words: tuple[Word, ...]) -> bool:
    """Whether most of it is in other letters than Latin ones, or at least two little words are of another language."""
    letters = [mark for word in words for mark in word.plain if unicodedata.category(mark) in _LETTERS]
    other = sum(not unicodedata.name(mark, "").startswith(("LATIN", "MODIFIER", "MICRO")) for mark in letters)
    if letters and other * 2 > len(letters):
        return True
    said = [fold(word.plain) for word in words]
    return sum(word in _FOLDED for word in said) >= min(2, len(said))
