"""Clauses as sentences that a lawyer reads, in English and French.

A sentence says all that its clause comes to, and nothing that it does not. The English sentences
are also the titles of verdicts, so that a refusal quotes what the contract prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generique.clearance import clause_duties as duties
from generique.clearance import clause_limits as limits
from generique.clearance.clause_limits import Clause
from generique.clearance.condition_words import condition_words
from generique.clearance.contract_words import (
    ACTS,
    CLASSES,
    KINDS,
    MATTERS,
    ROLES,
    TextLanguage,
    date_words,
    french,
    language_words,
    listed,
    percent_words,
    place_words,
    quoted,
)
from generique.model.element import ElementKind
from generique.model.people import Matter, Role

Parties = Mapping[str, str]
"""Name of each party by its identifier."""


def sentence(clause: Clause, parties: Parties, language: TextLanguage) -> str:
    """What a clause says.

    Args:
        clause: A clause of the catalogue.
        parties: Of its contract.
        language: Of the sentence.
    """
    said = _SENTENCES[type(clause)](clause, parties, language)
    return french(said) if language == "fr" else said


def _either(language: TextLanguage, en: str, fr: str) -> str:
    return en if language == "en" else fr


def _names(names: Sequence[str], language: TextLanguage) -> str:
    return listed([quoted(name, language) for name in names], language)


def _kinds(these: Sequence[ElementKind], language: TextLanguage) -> str:
    return listed([KINDS[language][kind] for kind in these], language)


def _roles(roles: Sequence[Role], language: TextLanguage) -> str:
    return listed([ROLES[language][role] for role in roles], language)


def _general(clause: limits.GeneralPermission, _: Parties, language: TextLanguage) -> str:
    if language == "en":
        what = _kinds(clause.kinds, "en") if clause.kinds else "elements of every kind"
        more = "may" if clause.dubbing else "may not"
        promo = "may" if clause.promotion else "may not"
        return (
            f"The production may generate {what} and include them in the film, within the limits "
            f"of this contract. Under this clause it {more} have language versions spoken by "
            f"generated voices, and {promo} show generated elements to advertise the film. Giving "
            "material to outside services, the voice or likeness of real people, and models "
            "derived for a film or from a person are permitted only where a clause of this "
            "contract says so by name."
        )
    what = _kinds(clause.kinds, "fr") if clause.kinds else "des éléments de toute nature"
    more = "elle peut" if clause.dubbing else "elle ne peut pas"
    promo = "peut" if clause.promotion else "ne peut pas"
    return (
        f"La production peut générer {what} et les inclure dans le film, dans les limites du "
        f"présent contrat. À ce titre, {more} faire dire des versions linguistiques par des voix "
        f"générées et {promo} montrer des éléments générés pour la promotion du film. Confier du "
        "matériel à des services extérieurs, recourir à la voix ou à l’image de personnes réelles "
        "et utiliser des modèles dérivés pour un film ou tirés d’une personne n’est permis que "
        "lorsqu’une clause du présent contrat le dit expressément."
    )


def _uses(
    clause: limits.PermittedUses | limits.ForbiddenUses, language: TextLanguage, opening: str
) -> str:
    acts = "; ".join(ACTS[language][act] for act in clause.acts)
    parts = [f"{opening}{acts.replace('; ', ' ; ') if language == 'fr' else acts}."]
    if clause.kinds:
        what = _kinds(clause.kinds, language)
        parts.append(_either(language, f"This concerns {what}.", f"Cela concerne {what}."))
    if clause.classes:
        what = listed([CLASSES[language][one] for one in clause.classes], language)
        parts.append(
            _either(language, f"It reaches no more than {what}.", f"Sont seuls visés {what}.")
        )
    if clause.when:
        conditions = listed([condition_words(one, language) for one in clause.when], language)
        parts.append(
            _either(language, f"It holds where {conditions}.", f"Cela vaut lorsque {conditions}.")
        )
    return " ".join(parts)


def _permitted(clause: limits.PermittedUses, _: Parties, language: TextLanguage) -> str:
    return _uses(clause, language, _either(language, "Permitted: ", "Sont permis : "))


def _forbidden(clause: limits.ForbiddenUses, _: Parties, language: TextLanguage) -> str:
    return _uses(clause, language, _either(language, "Forbidden: ", "Sont interdits : "))


def _share(clause: limits.SyntheticShare, _: Parties, language: TextLanguage) -> str:
    share = percent_words(clause.percent, language)
    generated = clause.counts == "generated"
    if language == "en":
        what = "Generated elements" if generated else "Generated elements classed as synthetic"
        return (
            f"{what} fill at most {share} of the running time of the {clause.of}. Where several "
            "overlap, the time counts once. No master is made above that share."
        )
    what = "Les éléments générés" if generated else "Les éléments générés classés de synthèse"
    of = {"picture": "de l’image", "sound": "du son"}[clause.of]
    return (
        f"{what} occupent au plus {share} de la durée {of}. Lorsque plusieurs se superposent, la "
        "durée compte une fois. Aucun master n’est établi au-delà de cette part."
    )


def _models_allowed(clause: limits.ModelsAllowed, _: Parties, language: TextLanguage) -> str:
    names = _names(clause.names, language)
    return _either(
        language,
        f"No models are used but these: {names}. A model that is not known is not used.",
        f"Seuls ces modèles sont utilisés : {names}. Un modèle inconnu n’est pas utilisé.",
    )


def _models_barred(clause: limits.ModelsBarred, _: Parties, language: TextLanguage) -> str:
    names = _names(clause.names, language)
    return _either(
        language,
        f"These models are not used: {names}. A model that is not known is not used either.",
        f"Ces modèles ne sont pas utilisés : {names}. Un modèle inconnu ne l’est pas non plus.",
    )


def _providers_allowed(clause: limits.ProvidersAllowed, _: Parties, language: TextLanguage) -> str:
    names = _names(clause.names, language)
    return _either(
        language,
        f"Material of the production may be given to these providers of generators and to no "
        f"others: {names}. What is generated on the production’s own machines is given to nobody.",
        f"Le matériel de la production peut être confié à ces fournisseurs de générateurs et à "
        f"nul autre : {names}. Ce qui est généré sur les machines de la production n’est confié "
        "à personne.",
    )


def _providers_barred(clause: limits.ProvidersBarred, _: Parties, language: TextLanguage) -> str:
    names = _names(clause.names, language)
    return _either(
        language,
        f"Nothing is generated by these providers, and nothing is given to them: {names}. A "
        "provider that is not known counts as one of them.",
        f"Rien n’est généré par ces fournisseurs et rien ne leur est confié : {names}. Un "
        "fournisseur inconnu est réputé en être un.",
    )


def _no_training(_clause: duties.NoTraining, _: Parties, language: TextLanguage) -> str:
    return _either(
        language,
        "Nothing of the production, neither scripts nor pictures nor sound, is used to train a "
        "model. Nothing is given to a tool unless its terms are known to exclude training on what "
        "it is given.",
        "Rien de la production, ni scénario, ni image, ni son, ne sert à entraîner un modèle. Rien "
        "n’est confié à un outil dont il n’est pas établi que les conditions excluent "
        "l’entraînement sur ce qui lui est confié.",
    )


def _credit(clause: duties.CreditWording, _: Parties, language: TextLanguage) -> str:
    lines = [
        f"{quoted(clause.wording[code], language)} ({language_words(code, language)})"
        for code in sorted(clause.wording)
    ]
    both = listed(lines, language)
    return _either(
        language,
        f"The end titles carry, word for word: {both}. The film is not handed over before every "
        "credit that is owed was found in the encoded picture.",
        f"Le générique de fin porte, mot pour mot : {both}. Le film n’est pas livré avant que "
        "chaque mention due n’ait été retrouvée dans l’image encodée.",
    )


def _label(_clause: duties.LabelRequired, _: Parties, language: TextLanguage) -> str:
    return _either(
        language,
        "The picture tells the public where it is generated. The film is not handed over before "
        "each label that is owed was found in the encoded picture.",
        "L’image signale au public ce qui est généré. Le film n’est pas livré avant que chaque "
        "mention due n’ait été retrouvée dans l’image encodée.",
    )


def _approval(clause: duties.HumanApproval, _: Parties, language: TextLanguage) -> str:
    opening = MATTERS[language][clause.matter].format(who=_roles(clause.roles, language))
    if language == "fr" and len(clause.roles) > 1:
        opening = opening.replace("n’ait approuvé", "n’aient approuvé").replace(
            "ne l’ait approuvé", "ne l’aient approuvé"
        )
    parts = [f"{opening}."]
    if clause.kinds:
        what = _kinds(clause.kinds, language)
        parts.append(_either(language, f"This concerns {what}.", f"Cela concerne {what}."))
    if clause.two_person:
        parts.append(
            _either(
                language,
                "At least two different people approve.",
                "Deux personnes différentes au moins approuvent.",
            )
        )
    if clause.matter is not Matter.USE:
        parts.append(
            _either(
                language,
                "An approval ends when what was approved is changed. Only people approve.",
                "Une approbation prend fin lorsque ce qui a été approuvé est modifié. Seules des "
                "personnes approuvent.",
            )
        )
    return " ".join(parts)


def _talent(_clause: duties.TalentConsent, _: Parties, language: TextLanguage) -> str:
    return _either(
        language,
        "The voice or likeness of a real person is generated, and the meaning of a performance "
        "changed, only with a consent of that person that covers this act, this film, its "
        "territories and the day. A consent that has ended or was withdrawn covers nothing.",
        "La voix ou l’image d’une personne réelle n’est générée, et le sens d’une interprétation "
        "n’est modifié, qu’avec un consentement de cette personne qui couvre l’acte, le film, ses "
        "territoires et la date. Un consentement échu ou retiré ne couvre rien.",
    )


def _weights(clause: duties.WeightsLocked, _: Parties, language: TextLanguage) -> str:
    title = quoted(clause.title, language)
    return _either(
        language,
        f"A model that was derived for the production {title} serves that production only, and no "
        "model that was derived for another serves it. A model without a record of what it was "
        "derived for is not used.",
        f"Un modèle dérivé pour la production {title} ne sert qu’à elle, et aucun modèle dérivé "
        "pour une autre ne lui sert. Un modèle dont on ne sait pour quoi il a été dérivé n’est "
        "pas utilisé.",
    )


def _audit(clause: duties.AuditAndRetention, parties: Parties, language: TextLanguage) -> str:
    party, years = parties[clause.by], clause.years
    return _either(
        language,
        f"The records of every generated element are kept for {years} "
        f"year{'s' if years > 1 else ''} after the film is handed over. Until then {party} may "
        "look at them on request.",
        f"Les relevés de chaque élément généré sont conservés pendant {years} "
        f"an{'s' if years > 1 else ''} après la livraison du film. Jusque-là, {party} peut les "
        "consulter sur demande.",
    )


def _mutual(clause: duties.MutualAuthorisation, _: Parties, language: TextLanguage) -> str:
    both = _roles(clause.roles, language)
    return _either(
        language,
        f"Each use of a generator is declared, and authorised by both {both}, before anything is "
        "generated for it. They are two different people. Neither can be made to agree.",
        f"Chaque usage d’un générateur est déclaré puis autorisé à la fois par {both}, avant que "
        "quoi que ce soit ne soit généré à ce titre. Ce sont deux personnes différentes. Nul ne "
        "peut être contraint d’accepter.",
    )


def _indemnity(clause: duties.Indemnity, parties: Parties, language: TextLanguage) -> str:
    party, where = parties[clause.by], quoted(clause.reference, language)
    return _either(
        language,
        f"{party} answers for claims of others that arise from generated elements, as set out in "
        f"{where}.",
        f"{party} répond des réclamations de tiers nées d’éléments générés, dans les conditions "
        f"de {where}.",
    )


def _territory(clause: duties.TerritoryAndTerm, _: Parties, language: TextLanguage) -> str:
    world = "*" in clause.territories
    names = (
        _either(language, "the whole world", "le monde entier")
        if world
        else listed([place_words(code, language) for code in clause.territories], language)
    )
    start = date_words(clause.starts, language)
    end = "" if clause.ends is None else date_words(clause.ends, language)
    until = (
        _either(language, f"until {end} inclusive", f"jusqu’au {end} inclus")
        if end
        else _either(language, "without end", "sans terme")
    )
    return _either(
        language,
        f"What this contract permits holds from {start} {until}, for {names}.",
        f"Ce que le présent contrat permet vaut à compter du {start}, {until}, pour {names}.",
    )


_SENTENCES: dict[type[Clause], Callable[..., str]] = {
    limits.GeneralPermission: _general,
    limits.PermittedUses: _permitted,
    limits.ForbiddenUses: _forbidden,
    limits.SyntheticShare: _share,
    limits.ModelsAllowed: _models_allowed,
    limits.ModelsBarred: _models_barred,
    limits.ProvidersAllowed: _providers_allowed,
    limits.ProvidersBarred: _providers_barred,
    duties.NoTraining: _no_training,
    duties.CreditWording: _credit,
    duties.LabelRequired: _label,
    duties.HumanApproval: _approval,
    duties.TalentConsent: _talent,
    duties.WeightsLocked: _weights,
    duties.AuditAndRetention: _audit,
    duties.MutualAuthorisation: _mutual,
    duties.Indemnity: _indemnity,
    duties.TerritoryAndTerm: _territory,
}
