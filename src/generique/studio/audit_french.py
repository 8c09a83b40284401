"""The audit in French: what rules ask and what lifts them.

Rules of packs carry their French with them, clauses have it from the contract. What the program
says of itself stands here, by the identifier of the rule or by the English words. Nothing is ever
left out: words that stand nowhere are quoted in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generique.clearance.clauses import Contract
from generique.clearance.contract_text import sentence
from generique.clearance.contract_words import NARROW, french, language_words
from generique.clearance.packs.catalogue import rule_of
from generique.production.audit import RuleResult

FRENCH_TITLES = {
    "GEN-01": "Tout élément généré relève d’un usage que quelqu’un a déclaré auparavant",
    "GEN-02": "Rien ne repose sur un jeu de données, un modèle ou un consentement qui a été retiré",
    "GEN-03": "La licence de chaque générateur et de chaque média est connue",
    "GEN-04": "La voix ou l’image d’une personne réelle n’est faite que comme elle y a consenti",
    "GEN-05": "Des personnes choisissent la voix ou l’image qui joue un rôle",
    "GEN-06": "Des personnes arrêtent le montage avant que le master n’en soit établi",
    "GEN-07": "Des personnes approuvent le film achevé avant qu’il ne soit livré",
    "GEN-08": "Ce qu’une licence veut voir mentionné à l’image y est mentionné",
    "GEN-09": "La licence de chaque générateur va aussi loin que le film",
    "GEN-10": "Un générateur ne reçoit à suivre que ce que les droits permettent",
    "APPROVAL-1": "Une personne a approuvé les octets exacts de chaque prise générée",
    "RIGHTS-1": "Les droits de chaque média authentique sont déclarés",
    "TRAINING-1": "On sait ce qui a entraîné chaque générateur",
    "CREDIT-1": "Chaque élément est nommé au générique de fin",
    "CREDIT-2": "Le générique de fin reste assez longtemps pour être lu",
    "CREDIT-3": "Chaque ligne du générique de fin peut être lue sur le master encodé",
    "CREDIT-4": "Chaque ligne du générique de fin reste assez longtemps pour être lue",
    "CREDIT-5": "Chaque élément est crédité, dans les termes que sa licence demande",
    "LABEL-1": "Le spectateur est averti, à l’image, des images générées",
    "LABEL-2": "Chaque avertissement peut être lu sur le master encodé, aussi longtemps qu’il doit "
    "y figurer",
    "LABEL-3": "Une voix de synthèse est annoncée à l’oreille dans le master encodé",
    "ORIGINAL-1": "Ce que les prestataires ont livré est conservé tel quel, octet pour octet",
    "WITHDRAWN-1": "Rien dans le film ne repose sur ce qui a été retiré",
}
"""Titles of the rules that no pack holds, by identifier."""

FRENCH_CONTRACT = {
    "What no clause of the contract permits is not done.": "Ce qu’aucune clause du contrat ne "
    "permet n’est pas fait.",
    "The contract governs this production.": "Le contrat régit cette production.",
    "The clauses that the program reads are those of the signed contract.": "Les clauses que lit "
    "le programme sont celles du contrat signé.",
}
"""Titles about the contract as a whole, by their English."""

_BIND = (
    "demander au producteur ou au conseil juridique de lire les clauses et le document, et de les "
    "lier : generique contract bind"
)

FRENCH_LIFTS = {
    "use another generator, or settle the duty with the licensor; this program writes no such "
    "line": "prendre un autre générateur, ou régler cette obligation avec le concédant ; ce "
    "programme n’écrit pas une telle mention",
    # What the packs say where it is not what the data of the rule says.
    "add the works that matter: generique library; then approve the take again": "ajouter les "
    "œuvres qui importent : generique library ; puis approuver de nouveau la prise",
    "answer the question anew: generique review judge": "répondre de nouveau à la question : "
    "generique review judge",
    "bring the file back from a backup of the vault: generique vault check": "rétablir le fichier "
    "depuis une sauvegarde du coffre : generique vault check",
    "complete the passports": "compléter les passeports",
    "have the detectors of these marks read the delivered file": "faire lire le fichier livré par "
    "les détecteurs de ces marques",
    "keep a passport of the model: generique passport add model": "conserver un passeport du "
    "modèle : generique passport add model",
    "declare the use in rights/uses.toml": "déclarer l’usage dans rights/uses.toml",
    "make the master and have it read back: generique deliver": "établir le master et le faire "
    "relire : generique deliver",
    "name the person, and record the consent": "nommer la personne, et consigner son consentement",
    "seal the master again": "sceller de nouveau le master",
    'set mining = "notAllowed" in production.toml, and make the master again': "écrire mining = "
    '"notAllowed" dans production.toml et refaire le master',
    "tell co-producers, distributors and broadcasters of the clause, and keep the notice": "faire "
    "part de la clause aux coproducteurs, aux distributeurs et aux diffuseurs, et conserver cet "
    "avis",
    # The ground that no production stands below.
    "state who of the production answers for it, after by in rights/uses.toml": "indiquer qui, "
    "dans la production, en répond, après by dans rights/uses.toml",
    "answer yes, no or unsure in rights/uses.toml": "répondre oui, non ou incertain (yes, no, "
    "unsure) dans rights/uses.toml",
    "declare the use in rights/uses.toml: purpose, inputs, the five answers": "déclarer l’usage "
    "dans rights/uses.toml : finalité, apports, les cinq réponses",
    "name in rights/uses.toml the elements of each, so that none is in two": "nommer dans "
    "rights/uses.toml les éléments de chacun, de sorte qu’aucun ne figure dans deux usages",
    "agree on a licence that reaches further and state it in a passport under rights/passports, "
    "or use another generator": "convenir d’une licence qui aille plus loin et la déclarer dans "
    "un passeport sous rights/passports, ou prendre un autre générateur",
    "make the element anew without it, or leave it out of the cut": "refaire l’élément sans cela, "
    "ou l’écarter du montage",
    "state it in media.toml, or in a passport under rights/passports": "la déclarer dans "
    "media.toml, ou dans un passeport sous rights/passports",
    # Files to follow.
    "state title, sha256 and rights of the file in media/media.toml, or take it out": "déclarer "
    "titre, sha256 et droits du fichier dans media/media.toml, ou le retirer",
    'read the licence, then state reference = "hosted", "local" or "no" in its [media.rights]': (
        'lire la licence, puis écrire reference = "hosted", "local" ou "no" dans ses [media.rights]'
    ),
    "take it out, or agree with its holder and state so": "le retirer, ou en convenir avec son "
    "titulaire et le déclarer",
    'name a backend on this machine, or agree with its holder and state "hosted"': "nommer un "
    'générateur de cette machine, ou en convenir avec son titulaire et écrire "hosted"',
    "state it in rights/consents.toml": "le déclarer dans rights/consents.toml",
    # Consents.
    "leave the person out, or ask for a new consent": "renoncer à la personne, ou lui demander un "
    "nouveau consentement",
    "state in rights/consents.toml that the person was of age; for a minor, counsel settles who "
    "can consent": "déclarer dans rights/consents.toml que la personne était majeure ; pour un "
    "mineur, le conseil juridique détermine qui peut consentir",
    # The contract as a whole.
    "put the contract of this production in its place": "mettre à sa place le contrat de cette "
    "production",
    "let the producer or counsel read both and bind them: generique contract bind": _BIND,
    "put the clauses back as they were, or let the producer or counsel read both and bind them: "
    "generique contract bind": f"rétablir les clauses telles qu’elles étaient, ou {_BIND}",
    "put the signed document back, or let the producer or counsel read both and bind them: "
    "generique contract bind": f"rétablir le document signé, ou {_BIND}",
    "put the signed document back beside the clauses": "replacer le document signé à côté des "
    "clauses",
    "record the fact that is missing": "consigner le fait qui manque",
    "leave it out, or agree a clause that permits it": "y renoncer, ou convenir d’une clause qui "
    "le permette",
    # Clauses.
    "add the line, word for word, to credits in production.toml": "ajouter la ligne, mot pour mot, "
    "aux mentions (credits) de production.toml",
    "agree a longer term": "convenir d’une durée plus longue",
    "agree an amendment of this clause": "convenir d’un avenant à cette clause",
    "deliver to territories of the contract only, or agree further ones": "ne livrer qu’aux "
    "territoires du contrat, ou convenir d’en ajouter",
    "generate on this machine, or with a provider that the clause names": "générer sur cette "
    "machine, ou chez un fournisseur que la clause nomme",
    "keep a passport of the tool with terms that exclude training on inputs": "conserver un "
    "passeport de l’outil dont les conditions excluent l’entraînement sur ce qu’on lui confie",
    "let the people named approve exactly this, each with their own key": "faire approuver "
    "exactement ceci par les personnes désignées, chacune avec sa propre clé",
    "make the element another way, or agree an amendment of this clause": "faire l’élément "
    "autrement, ou convenir d’un avenant à cette clause",
    "make the master again with all credits, and let it be read back": "établir de nouveau le "
    "master avec toutes les mentions du générique, et le faire relire",
    "make the master again with its labels, and let it be read back": "établir de nouveau le "
    "master avec ses avertissements, et le faire relire",
    "obtain a consent that covers this act, title, territory and day": "obtenir un "
    "consentement qui couvre cet acte, ce titre, ce territoire et ce jour",
    "shorten or replace generated elements, or agree a larger share": "raccourcir ou remplacer des "
    "éléments générés, ou convenir d’une part plus grande",
    "use a model that is not barred, and state in its passport which one it is": "employer un "
    "modèle qui n’est pas exclu, et dire dans son passeport lequel c’est",
    "use a model that the clause names, or agree an amendment of it": "employer un modèle que la "
    "clause nomme, ou convenir d’un avenant à celle-ci",
    "use a provider that is not barred, and state in the passport which one it is": "recourir à un "
    "fournisseur qui n’est pas exclu, et dire dans le passeport lequel c’est",
    "use weights that were derived for this title, or for none, and keep their passport": "se "
    "servir de poids dérivés pour ce titre, ou pour aucun, et en conserver le passeport",
    # The film itself.
    "look at the takes and decide: generique review": "regarder les prises et décider : generique "
    "review",
}
"""What lifts a rule, by its English."""

_NAMED = (
    (
        re.compile(r"ask (.+), and write the signed consent into rights/consents\.toml"),
        "demander son consentement à {}, et l’inscrire, signé, dans rights/consents.toml",
    ),
    (
        re.compile(r"ask (.+) for a consent that covers it"),
        "demander à {} un consentement qui couvre cet acte",
    ),
    (
        re.compile(r"(generique review approve --matter .+) --as PERSON"),
        "approuver : {} --as PERSONNE",
    ),
)
"""What lifts a rule where its English names a person or a thing."""

FRENCH_SURENESS = {
    "the text itself was read": "le texte lui-même a été lu",
    "known through a report of the text": "connu par un compte rendu du texte",
    "unconfirmed": "non confirmé",
    "a rule of this program": "règle de ce programme",
}
"""How sure a rule is, by its English."""

FRENCH_MISSING = {
    "approval by a person": "approbation par une personne",
    "another take: this one was rejected": "une autre prise : celle-ci a été refusée",
    "credit": "mention au générique",
    "rights": "droits",
}
"""What an element lacks, by its English."""

FRENCH_TOLD = {
    "China": "Chine",
    "European Union, light form": "Union européenne, forme allégée",
    "European Union, standard form": "Union européenne, forme ordinaire",
    "United States, California": "États-Unis, Californie",
    "United States, New York, advertising": "États-Unis, New York, publicité",
    "United States, Washington": "États-Unis, État de Washington",
    "Credit that names the generated elements": "Mention au générique qui nomme les éléments "
    "générés",
    "None asked for in the picture": "Aucune n’est demandée à l’image",
    "Notice of a synthetic performer": "Avis qu’un interprète est de synthèse",
    "Notice with the letters AI": "Avis portant les lettres AI",
    "The platform’s own, beside the film’s": "Celle de la plateforme, à côté de celle du film",
    "What it is and what that means: “AI-generated images, not filmed”": "Ce que c’est et ce que "
    "cela signifie : «\u202fImages générées par IA, non filmées\u202f»",
    "AI info on upload": "rubrique sur l’IA lors de la mise en ligne",
    "in the advertisement, plainly": "dans la publicité, clairement",
    "in the file": "dans le fichier",
    "in the opening or end credits, long enough to be read": "au générique de début ou de fin, "
    "assez longtemps pour être lue",
    "in the picture, at the very start, two seconds or more": "à l’image, tout au début, deux "
    "secondes au moins",
    "in the picture: at the start, repeated, after breaks; spoken before a synthetic voice": "à "
    "l’image : au début, à intervalles répétés, après les interruptions ; dite avant une voix de "
    "synthèse",
    "switch for AI-generated content on upload": "réglage pour contenu généré par IA lors de la "
    "mise en ligne",
    "switch for altered or synthetic content on upload": "réglage pour contenu modifié ou "
    "synthétique lors de la mise en ligne",
    "field AIGC with producer and content identifier": "champ AIGC avec le producteur et "
    "l’identifiant du contenu",
    "imperceptible watermark": "filigrane imperceptible",
    "signed and time-stamped content credential": "attestation de contenu signée et horodatée",
}
"""What territories and platforms are told, by its English; names of platforms are the same."""


def french_clauses(contract: Contract | None) -> dict[str, str]:
    """Clauses of a contract in French, by their English; none where there is no contract.

    The English is what a rule of the report quotes. So a clause that was changed since is never
    shown in the words of another.
    """
    if contract is None:
        return {}
    names = contract.party_names
    return {
        sentence(clause, names, "en"): sentence(clause, names, "fr") for clause in contract.clauses
    }


def french_title(rule: RuleResult, clauses: Mapping[str, str]) -> str:
    """What a rule asks.

    Args:
        rule: Of the report.
        clauses: As :func:`french_clauses` gives them.
    """
    held = rule_of(rule.id)
    if held is not None:
        return held.fr.title
    if rule.id in FRENCH_TITLES:
        return french(FRENCH_TITLES[rule.id])
    kind, _, language = rule.id.partition("-")
    if kind == "LOUDNESS":
        spoken = language_words(language, "fr")
        return f"Le master encodé ({spoken}) est à −23 LUFS, et à −1 dBTP au plus"
    return clauses.get(rule.title) or FRENCH_CONTRACT.get(rule.title, rule.title)


def french_lifts(rule: RuleResult) -> str:
    """What lifts a rule, each act once; empty where nothing has to."""
    said = [remark.lift for remark in rule.remarks if remark.lift] or [rule.lift]
    return f"{NARROW}; ".join(french_lift(rule.id, lift) for lift in dict.fromkeys(said))


def french_lift(identifier: str, lift: str) -> str:
    """One act that lifts a rule.

    Args:
        identifier: Of the rule; a rule of a pack has its French with it.
        lift: In English.
    """
    held = rule_of(identifier)
    if held is not None and held.lift == lift:
        return held.fr.lift
    if lift in FRENCH_LIFTS:
        return french(FRENCH_LIFTS[lift])
    for pattern, words in _NAMED:
        found = pattern.fullmatch(lift)
        if found:
            return french(words).format(found[1])
    return lift


def french_told(said: str) -> str:
    """Words of a package of disclosure, by their English."""
    return french(FRENCH_TOLD.get(said, said))
