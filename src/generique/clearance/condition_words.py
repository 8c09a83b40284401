"""Conditions and facts in words: for the contract's text, and for the reasons of verdicts."""

from __future__ import annotations

from generique.clearance.contract_words import (
    TextLanguage,
    listed,
    place_words,
    quoted,
)
from generique.clearance.policy import SETS, Constraint, Fact, OneOf, Operand, Operator, Unknown
from generique.model.action import Action
from generique.model.kept_passports import WORLD

OPERANDS: dict[TextLanguage, dict[Operand, str]] = {
    "en": {
        Operand.ELEMENT_KIND: "the kind of element",
        Operand.ELEMENT_CLASS: "the class of the element",
        Operand.MODEL: "the model",
        Operand.PROVIDER: "the provider",
        Operand.PERSON: "the real person who is heard or seen",
        Operand.CONSENT: "what the person has consented to",
        Operand.TRAINS_ON_INPUTS: "whether the tool trains on what it is given",
        Operand.DERIVED_FOR: "the production that the model was derived for",
        Operand.TAKE_APPROVED_BY: "those who have approved this take",
        Operand.TAKE_APPROVERS: "the number of people who have approved this take",
        Operand.USE_APPROVED_BY: "those who have approved the declared use",
        Operand.USE_APPROVERS: "the number of people who have approved the declared use",
        Operand.CASTINGS: "the number of parts cast with a real person’s voice or likeness",
        Operand.CASTING_APPROVED_BY: "those who have approved every casting",
        Operand.CASTING_APPROVERS: "the number of people who have approved every casting",
        Operand.CUT_APPROVED_BY: "those who have approved this cut",
        Operand.CUT_APPROVERS: "the number of people who have approved this cut",
        Operand.MASTER_APPROVED_BY: "those who have approved the master in every language",
        Operand.MASTER_APPROVERS: "the number of people who have approved every master",
        Operand.GENERATED_PICTURE: "the generated share of the picture, in percent",
        Operand.GENERATED_SOUND: "the generated share of the sound, in percent",
        Operand.SYNTHETIC_PICTURE: "the synthetic share of the picture, in percent",
        Operand.SYNTHETIC_SOUND: "the synthetic share of the sound, in percent",
        Operand.LABELS_MISSING: "the number of labels not found on the encoded masters",
        Operand.CREDITS_MISSING: "the number of credits not found on the encoded masters",
        Operand.CREDIT_LINES: "the lines of credit",
        Operand.TERRITORY: "the territories of the production",
        Operand.TODAY: "the day",
    },
    "fr": {
        Operand.ELEMENT_KIND: "la nature de l’élément",
        Operand.ELEMENT_CLASS: "la classe de l’élément",
        Operand.MODEL: "le modèle",
        Operand.PROVIDER: "le fournisseur",
        Operand.PERSON: "la personne réelle entendue ou montrée",
        Operand.CONSENT: "ce à quoi la personne a consenti",
        Operand.TRAINS_ON_INPUTS: "l’entraînement de l’outil sur ce qui lui est confié",
        Operand.DERIVED_FOR: "la production pour laquelle le modèle a été dérivé",
        Operand.TAKE_APPROVED_BY: "ceux qui ont approuvé cette prise",
        Operand.TAKE_APPROVERS: "le nombre de personnes ayant approuvé cette prise",
        Operand.USE_APPROVED_BY: "ceux qui ont approuvé l’usage déclaré",
        Operand.USE_APPROVERS: "le nombre de personnes ayant approuvé l’usage déclaré",
        Operand.CASTINGS: "le nombre de rôles tenus par la voix ou l’image d’une personne réelle",
        Operand.CASTING_APPROVED_BY: "ceux qui ont approuvé chaque distribution",
        Operand.CASTING_APPROVERS: "le nombre de personnes ayant approuvé chaque distribution",
        Operand.CUT_APPROVED_BY: "ceux qui ont approuvé ce montage",
        Operand.CUT_APPROVERS: "le nombre de personnes ayant approuvé ce montage",
        Operand.MASTER_APPROVED_BY: "ceux qui ont approuvé le master dans chaque langue",
        Operand.MASTER_APPROVERS: "le nombre de personnes ayant approuvé chaque master",
        Operand.GENERATED_PICTURE: "la part générée de l’image, en pour cent",
        Operand.GENERATED_SOUND: "la part générée du son, en pour cent",
        Operand.SYNTHETIC_PICTURE: "la part de synthèse de l’image, en pour cent",
        Operand.SYNTHETIC_SOUND: "la part de synthèse du son, en pour cent",
        Operand.LABELS_MISSING: "le nombre de mentions absentes des masters encodés",
        Operand.CREDITS_MISSING: "le nombre de crédits absents des masters encodés",
        Operand.CREDIT_LINES: "les lignes du générique",
        Operand.TERRITORY: "les territoires de la production",
        Operand.TODAY: "le jour",
    },
}

_OPERATORS: dict[TextLanguage, dict[Operator, str]] = {
    "en": {
        Operator.EQ: "is",
        Operator.NEQ: "is not",
        Operator.LTEQ: "is at most",
        Operator.GTEQ: "is at least",
        Operator.IS_ANY_OF: "is among",
        Operator.IS_ALL_OF: "includes all of",
        Operator.IS_NONE_OF: "is not among",
        Operator.IS_PART_OF: "lies within",
    },
    "fr": {
        Operator.EQ: "est",
        Operator.NEQ: "n’est pas",
        Operator.LTEQ: "est au plus",
        Operator.GTEQ: "est au moins",
        Operator.IS_ANY_OF: "figure parmi",
        Operator.IS_ALL_OF: "comprend",
        Operator.IS_NONE_OF: "ne figure pas parmi",
        Operator.IS_PART_OF: "est compris dans",
    },
}

CONSENTED = {
    Action.CLONE_VOICE.value: "letting their voice say what they did not say",
    Action.GENERATE_LIKENESS.value: "showing them where they did not act",
    Action.ALTER_PERFORMANCE.value: "changing what they say or mean",
}


def condition_words(constraint: Constraint, language: TextLanguage) -> str:
    """A condition: ``the model is among “a” and “b”``."""
    left = OPERANDS[language][constraint.operand]
    operator = _OPERATORS[language][constraint.operator]
    value = constraint.value
    if constraint.operator in SETS and isinstance(value, tuple):
        return f"{left} {operator} {listed([quoted(word, language) for word in value], language)}"
    if isinstance(value, float):
        number = f"{value:g}"
        return f"{left} {operator} {number.replace('.', ',') if language == 'fr' else number}"
    return f"{left} {operator} {quoted(str(value), language)}"


def fact_words(operand: Operand, fact: Fact) -> str:
    """A fact of a case in English: ``the model is “x”``."""
    left = OPERANDS["en"][operand]
    if isinstance(fact, Unknown):
        return fact.why
    if isinstance(fact, float):
        return f"{left} is {fact:.4g}"
    if isinstance(fact, str):
        return f"{left} is {quoted(fact, 'en')}"
    if isinstance(fact, OneOf):
        words = [quoted(word, "en") for word in sorted(fact.words)]
        return f"{left} is one of {listed(words, 'en')}, and nobody knows which"
    if not fact:
        return f"{left}: none"
    words = sorted(fact)
    if operand is Operand.TERRITORY:
        words = ["the whole world" if code == WORLD else place_words(code, "en") for code in words]
    elif operand is Operand.CONSENT:
        words = [CONSENTED.get(word, word) for word in words]
    return f"{left}: {listed(words, 'en')}"
