"""Captions of clauses, and the standing words of the contract's pages, in both languages."""

from __future__ import annotations

from generique.clearance.contract_words import TextLanguage

CAPTIONS: dict[TextLanguage, dict[str, str]] = {
    "en": {
        "general-permission": "General permission",
        "permitted-uses": "Permitted uses",
        "forbidden-uses": "Forbidden uses",
        "synthetic-share": "Largest generated share",
        "models-allowed": "Models allowed",
        "models-barred": "Models barred",
        "providers-allowed": "Providers allowed",
        "providers-barred": "Providers barred",
        "no-training": "No training",
        "credit-wording": "Credit",
        "label-required": "Telling the public",
        "human-approval": "Approval by people",
        "talent-consent": "Voices and likenesses of real people",
        "weights-locked": "Derived models",
        "audit-and-retention": "Records",
        "mutual-authorisation": "Mutual prior authorisation",
        "indemnity": "Claims of others",
        "territory-and-term": "Territory and term",
    },
    "fr": {
        "general-permission": "Autorisation générale",
        "permitted-uses": "Usages permis",
        "forbidden-uses": "Usages interdits",
        "synthetic-share": "Part générée maximale",
        "models-allowed": "Modèles admis",
        "models-barred": "Modèles exclus",
        "providers-allowed": "Fournisseurs admis",
        "providers-barred": "Fournisseurs exclus",
        "no-training": "Absence d’entraînement",
        "credit-wording": "Mention au générique",
        "label-required": "Information du public",
        "human-approval": "Approbation par des personnes",
        "talent-consent": "Voix et images de personnes réelles",
        "weights-locked": "Modèles dérivés",
        "audit-and-retention": "Relevés",
        "mutual-authorisation": "Autorisation préalable réciproque",
        "indemnity": "Réclamations de tiers",
        "territory-and-term": "Territoire et durée",
    },
}

WORDS: dict[TextLanguage, dict[str, str]] = {
    "en": {
        "title": "Contract on the use of generated elements",
        "short": "contract on generated elements",
        "dated": "{day}",
        "between": "Between",
        "represented": "represented by {person}",
        "subject": "Subject",
        "about": "This contract governs the use of generated pictures and sound in the film "
        "{work}. What it does not permit is not done.",
        "elements": "An element is anything that is seen or heard in the film: a shot, a set, a "
        "transition, a sound effect, a voice, music, a title. A generated element is one that a "
        "program made, in whole or in part, from a description or from other material, with or "
        "without a trained model. A take is one attempt at an element; a cut is the edited film; "
        "a master is the finished film.",
        "people": "Only people approve, authorise and consent. Whatever is not known counts "
        "neither as permitted nor as agreed.",
        "agreed": "Clauses",
        "closing": "Closing provisions",
        "prevails": "Should the languages of this contract differ, the {language} text prevails.",
        "law": "This contract is governed by {law}.",
        "reading": "A reading of this contract that a program can follow stands beside it, in the "
        "file {file} of the production {titles}. The signed text prevails over that reading. The "
        "reading is the one whose SHA-256 digest is printed here:",
        "signatures": "Signatures",
        "en": "English",
        "fr": "French",
    },
    "fr": {
        "title": "Contrat relatif à l’usage d’éléments générés",
        "short": "contrat relatif aux éléments générés",
        "dated": "le {day}",
        "between": "Entre",
        "represented": "agissant par {person}",
        "subject": "Objet",
        "about": "Le présent contrat régit l’usage d’images et de sons générés dans le film "
        "{work}. Ce qu’il ne permet pas n’est pas fait.",
        "elements": "Un élément est tout ce qui se voit ou s’entend dans le film : un plan, un "
        "décor, une transition, un effet sonore, une voix, une musique, un titre. Un élément "
        "généré est un élément qu’un programme a fait, en tout ou en partie, à partir d’une "
        "description ou d’autre matériel, avec ou sans modèle entraîné. Une prise est un essai "
        "d’un élément ; un montage est le film monté ; un master est le film achevé.",
        "people": "Seules des personnes approuvent, autorisent et consentent. Ce qui n’est pas "
        "connu ne vaut ni permission ni accord.",
        "agreed": "Clauses",
        "closing": "Dispositions finales",
        "prevails": "En cas de divergence entre les langues du présent contrat, le texte "
        "{language} prévaut.",
        "law": "Le présent contrat est régi par {law}.",
        "reading": "Une lecture du présent contrat qu’un programme peut suivre se trouve à côté "
        "de lui, dans le fichier {file} de la production {titles}. Le texte signé prévaut sur "
        "cette lecture, qui est celle dont l’empreinte SHA-256 est imprimée ici :",
        "signatures": "Signatures",
        "en": "anglais",
        "fr": "français",
    },
}
