"""Instructions in French."""

from gcmtext.text.instructions.grammar import Grammar

_DELETE = "(supprimer|supprimez|suppression_de|biffer|retirer|éliminer|enlever)"
_INSERT = "(insérer|insérez|ajouter|ajoutez|ajout_de|introduire)"
_REPLACE = "(remplacer|remplacez|substituer|changer|modifier)"
_BY = "(par|par_le_texte_suivant|en|avec)"
_MOVE = "(déplacer|déplacez|placer|transférer|faire_figurer|mettre)"
_AFTER = "(après|à_la_suite_de|à_la_suite_des)"
_BRACKETS = "(crochets)"

FRENCH = Grammar(
    language="fr",
    units={
        "preambular": r"(?:alinéas?|paragraphes?)\s+(?:préambulaires?|du\s+préambule)|PP\.?",
        "operative": r"paragraphes?\s+(?:opérationnels?|du\s+dispositif)|OP\.?",
        "counted": r"paragraphes?|par\.|para\.?|§",
        "vague": r"alinéas?",
        "division": r"objectifs?|articles?|chapitres?|annexe|principes?",
        "sub": r"sous-?\s?alinéas?|alinéas?|sous-?\s?paragraphes?|al\.|mesures?|points?",
        "preamble": r"préambule",
        "chapeau": r"chapeau|phrase\s+introductive|membre\s+de\s+phrase\s+introductif",
        "title": r"titre|intitulé",
        "sentence": r"phrase",
        "line": r"lignes?",
    },
    ordinals={
        "premier": 1,
        "première": 1,
        "deuxième": 2,
        "second": 2,
        "seconde": 2,
        "troisième": 3,
        "quatrième": 4,
        "cinquième": 5,
        "sixième": 6,
        "septième": 7,
        "huitième": 8,
        "neuvième": 9,
        "dixième": 10,
        "dernier": -1,
        "dernière": -1,
    },
    links=r"au|aux|à\s+la|à\s+l'|à|du|de\s+la|de\s+l'|des|de|d'|dans\s+le|dans\s+la|dans\s+l'|dans|le|la|les|l'|sous|sur|en",
    polite=(
        r"(?:veuillez|prière\s+de|il\s+convient\s+de|il\s+conviendrait\s+de|nous\s+proposons\s+(?:de|d')"
        r"|la\s+délégation\s+propose\s+(?:de|d')|proposition\s*:|proposer\s+de)"
    ),
    joints="et|puis",
    nouns=(
        r"(?:l'|le\s+|les\s+|la\s+)?(?:mots?|expression|membre\s+de\s+phrase|termes?|formule|texte"
        r"|occurrence\s+d[eu'])"
    ),
    every=r"toutes\s+les\s+occurrences\s+d[eu']|chaque\s+occurrence\s+d[eu']",
    new=r"un|une|le|nouveau|nouvel|nouvelle|nouveaux|autre|suivants?",
    several="deux|trois|quatre|les",
    reading=(
        r"(?:(?:ainsi\s+)?libellée?s?\s+(?:comme\s+suit|ainsi)|ainsi\s+(?:libellée?s?|conçue?s?|rédigée?s?)"
        r"|se\s+lisant\s+comme\s+suit|(?:qui\s+)?se\s+lirait\s+(?:comme\s+suit|ainsi)|comme\s+suit"
        r"|(?:par\s+le|avec\s+le)\s+texte\s+suivant|dont\s+le\s+texte\s+serait\s+le\s+suivant)"
    ),
    rationale=r"(?:justification|motifs?|explication|exposé\s+des\s+motifs|commentaires?|remarques?|note)",
    verbs=(
        r"supprimer|insérer|ajouter|remplacer|reformuler|déplacer|placer|fusionner|scinder|conserver|maintenir"
        r"|mettre|lever|biffer|réserver|améliorer|revoir|modifier|nouvel?\s|variante|voir|au\s+(?:par|§|PP|OP)"
        r"|à\s+l'alinéa|après\s+le|avant\s+le|dans\s+l[ea']|veuillez|prière|il\s+convient"
    ),
    forms=(
        ("replace", f"{_REPLACE} IN? OLD IN? par NEW IN?"),
        ("replace", "substituer NEW à OLD IN?"),
        ("+replace", "OLD par NEW IN?"),
        ("insert-after", f"{_AFTER} AT IN? {_INSERT} NEW IN?"),
        ("insert-before", f"avant AT IN? {_INSERT} NEW IN?"),
        ("insert-after", f"{_INSERT} IN? NEW IN? {_AFTER} AT IN?"),
        ("insert-before", f"{_INSERT} IN? NEW IN? avant AT IN?"),
        ("insert-after", f"{_INSERT} IN? {_AFTER} AT NEW"),
        ("at-end", f"(à_la_fin|in_fine) IN? {_INSERT} NEW"),
        ("at-end", f"{_INSERT} NEW (à_la_fin|in_fine) IN?"),
        ("at-end", f"{_INSERT} (à_la_fin|in_fine) IN? NEW"),
        ("at-start", f"(au_début) IN? {_INSERT} NEW"),
        ("at-start", f"{_INSERT} NEW (au_début) IN?"),
        ("unbracket", f"(supprimer|lever|retirer|enlever) les? {_BRACKETS} (autour) (de|du)? OLD IN?"),
        ("unbracket", f"(supprimer|lever|retirer|enlever) les? {_BRACKETS} (autour) PLACE"),
        ("unbracket-all", f"(supprimer|lever|retirer|enlever) (tous)? les? {_BRACKETS} IN?"),
        ("bracket", f"(mettre|placer) entre {_BRACKETS} OLD IN?"),
        ("bracket", f"(mettre|placer) entre {_BRACKETS} PLACE"),
        ("bracket", f"(mettre|placer) OLD entre {_BRACKETS} IN?"),
        ("bracket", f"(mettre|placer) PLACE entre {_BRACKETS}"),
        ("delete", f"{_DELETE} IN? OLD IN?"),
        ("+delete", "OLD IN?"),
        ("retain", "(conserver|maintenir|garder) OLD IN?"),
        ("new-after", f"{_INSERT} PARAGRAPH {_AFTER} PLACE TEXT"),
        ("new-before", f"{_INSERT} PARAGRAPH avant PLACE TEXT"),
        ("new-after", f"{_AFTER} PLACE {_INSERT} PARAGRAPH TEXT"),
        ("new-before", f"avant PLACE {_INSERT} PARAGRAPH TEXT"),
        ("new-after", f"{_INSERT} {_AFTER} PLACE PARAGRAPH TEXT"),
        ("new-before", f"{_INSERT} avant PLACE PARAGRAPH TEXT"),
        ("new-after", f"PARAGRAPH {_AFTER} PLACE TEXT"),
        ("new", f"{_INSERT} LABEL TEXT"),
        ("new", "(nouveau|nouvel) LABEL TEXT"),
        ("alternative", "(proposer)? (une)? (variante|texte_de_remplacement) (du|de|pour|au|à)? PLACE TEXT"),
        ("rewrite", "(reformuler|modifier|libeller|rédiger) PLACE? TEXT"),
        ("rewrite", f"{_REPLACE} PLACE TEXT"),
        ("rewrite", "PLACE (se_lirait|se_lit|devrait_se_lire|doit_se_lire) TEXT"),
        ("delete-both", f"{_DELETE} PLACE et WITH"),
        ("delete", f"{_DELETE} PLACE?"),
        ("delete", "PLACE? (est_supprimé|est_à_supprimer|devrait_être_supprimé|à_supprimer)"),
        ("move-before", f"{_MOVE} PLACE? avant TO"),
        ("move-after", f"{_MOVE} PLACE? {_AFTER} TO"),
        ("merge", "(fusionner|regrouper|réunir) PLACE (et|avec) WITH TEXT?"),
        ("split-after", f"(scinder|diviser) PLACE? (en_deux)? {_AFTER} AT"),
        ("split-before", "(scinder|diviser) PLACE? (en_deux)? avant AT"),
        ("split-before", "faire PLACE un_(nouveau_paragraphe|paragraphe_distinct)"),
        (
            "reserve",
            r"((\w+_){0,4}(se_)?réserve|réserver) (de)? (la|sa|notre)? (position)? "
            "(de_la_délégation)? (sur)? PLACE?",
        ),
        ("retain", "(conserver|maintenir|garder) PLACE? (tel_quel|en_l'état|sans_changement)?"),
    ),
)
