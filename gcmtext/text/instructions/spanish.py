"""Instructions in Spanish."""

from gcmtext.text.instructions.grammar import Grammar

_DELETE = (
    "(suprímase|suprímanse|suprimir|suprimase|elimínese|elimínense|eliminar|bórrese|táchese|supresión_de)"
)
_INSERT = (
    "(insértese|insértense|insertar|añádase|añádanse|añadir|agréguese|agréguense|agregar|inclúyase|incluir)"
)
_REPLACE = (
    "(sustitúyase|sustitúyanse|sustituir|reemplácese|reemplácense|reemplazar|cámbiese|cámbiense|cambiar)"
)
_MOVE = "(trasládese|trasladar|muévase|mover|colóquese|colocar|póngase|desplácese)"
_AFTER = "(después|a_continuación|tras)"
_BRACKETS = "corchetes"
_PUT = "(póngase|póngan|pónganse|poner|colóquese|colóquense|colocar)"

SPANISH = Grammar(
    language="es",
    units={
        "preambular": r"párrafos?\s+(?:preambular(?:es)?|del\s+preámbulo)|PP\.?",
        "operative": r"párrafos?\s+(?:dispositivos?|operativos?|de\s+la\s+parte\s+dispositiva)|OP\.?",
        "counted": r"párrafos?|párr\.|párrs\.|§",
        "vague": r"(?!)",
        "division": r"objetivos?|artículos?|capítulos?|anexo|principios?",
        "sub": r"apartados?|incisos?|subpárrafos?|sub-párrafos?|subapartados?|medidas?|literal",
        "preamble": r"preámbulo",
        "chapeau": r"encabezamiento|encabezado|frase\s+introductoria|parte\s+introductoria",
        "title": r"título|epígrafe",
        "sentence": r"oración|frase",
        "line": r"líneas?|renglón|renglones",
    },
    ordinals={
        "primer": 1,
        "primero": 1,
        "primera": 1,
        "segundo": 2,
        "segunda": 2,
        "tercer": 3,
        "tercero": 3,
        "tercera": 3,
        "cuarto": 4,
        "cuarta": 4,
        "quinto": 5,
        "quinta": 5,
        "sexto": 6,
        "sexta": 6,
        "séptimo": 7,
        "octavo": 8,
        "noveno": 9,
        "décimo": 10,
        "último": -1,
        "última": -1,
    },
    links=r"en|el|la|los|las|del|de|al|a|sobre|bajo|dentro",
    polite=(r"(?:se\s+propone|proponemos|la\s+delegación\s+propone|sírvanse|propuesta\s*:|conviene|cabría)"),
    joints="y|e|asimismo",
    nouns=r"(?:el\s+|la\s+|las\s+|los\s+)?(?:palabras?|frase|expresión|términos?|texto|vez)",
    every=r"todas\s+las\s+(?:apariciones|menciones)\s+de",
    new=r"un|una|el|nuevo|nueva|nuevos|otro|siguientes?|adicional",
    several="dos|tres|cuatro|los",
    reading=(
        r"(?:(?:para\s+)?que\s+(?:diga|digan|rece)(?:\s+(?:lo\s+siguiente|así))?|con\s+el\s+(?:siguiente\s+texto"
        r"|texto\s+siguiente)|por\s+el\s+(?:siguiente\s+texto|texto\s+siguiente|siguiente)|del\s+siguiente\s+tenor"
        r"|de\s+la\s+siguiente\s+manera|como\s+sigue|lo\s+siguiente|cuyo\s+texto\s+sea)"
    ),
    rationale=r"(?:justificación|motivos?|explicación|comentarios?|observaciones|observación|nota)",
    verbs=(
        r"suprim\w+|elim\w+|ins[ée]rt\w+|añád\w+|añadir|agr[ée]g\w+|sustit\w+|reempl\w+|cambi\w+|trasl\w+|mu[ée]v\w+"
        r"|fusi\w+|div[íi]d\w+|mant[eé]n\w+|póng\w+|col[óo]q\w+|modif\w+|mejor\w+|revis\w+|alternativa|véase"
        r"|en\s+(?:el|los)\s+(?:párr|apart|PP|OP)|después\s+del|antes\s+del|nuevo\s+párrafo|la\s+delegación|se\s+propone"
    ),
    forms=(
        ("replace", f"{_REPLACE} IN? OLD IN? por NEW IN?"),
        ("+replace", "OLD por NEW IN?"),
        ("insert-after", f"{_AFTER} AT IN? {_INSERT} NEW IN?"),
        ("insert-before", f"antes AT IN? {_INSERT} NEW IN?"),
        ("insert-after", f"{_INSERT} IN? NEW IN? {_AFTER} AT IN?"),
        ("insert-before", f"{_INSERT} IN? NEW IN? antes AT IN?"),
        ("at-end", f"(al_final) IN? {_INSERT} NEW"),
        ("at-end", f"{_INSERT} NEW (al_final) IN?"),
        ("at-end", f"{_INSERT} (al_final) IN? NEW"),
        ("at-start", f"(al_comienzo|al_principio|al_inicio) IN? {_INSERT} NEW"),
        ("at-start", f"{_INSERT} NEW (al_comienzo|al_principio|al_inicio) IN?"),
        ("unbracket", f"{_DELETE} (los)? {_BRACKETS} (alrededor|en_torno) (a)? OLD IN?"),
        ("unbracket", f"{_DELETE} (los)? {_BRACKETS} (alrededor|en_torno) PLACE"),
        ("unbracket-all", f"{_DELETE} (todos)? (los)? {_BRACKETS} IN?"),
        ("bracket", f"{_PUT} entre {_BRACKETS} OLD IN?"),
        ("bracket", f"{_PUT} entre {_BRACKETS} PLACE"),
        ("bracket", f"{_PUT} OLD entre {_BRACKETS} IN?"),
        ("bracket", f"{_PUT} PLACE entre {_BRACKETS}"),
        ("delete", f"{_DELETE} IN? OLD IN?"),
        ("+delete", "OLD IN?"),
        ("retain", "(manténgase|manténganse|mantener|conservar|consérvese) OLD IN?"),
        ("new-after", f"{_INSERT} PARAGRAPH {_AFTER} PLACE TEXT"),
        ("new-before", f"{_INSERT} PARAGRAPH antes PLACE TEXT"),
        ("new-after", f"{_AFTER} PLACE {_INSERT} PARAGRAPH TEXT"),
        ("new-before", f"antes PLACE {_INSERT} PARAGRAPH TEXT"),
        ("new-after", f"{_INSERT} {_AFTER} PLACE PARAGRAPH TEXT"),
        ("new-before", f"{_INSERT} antes PLACE PARAGRAPH TEXT"),
        ("new-after", f"PARAGRAPH {_AFTER} PLACE TEXT"),
        ("new", f"{_INSERT} LABEL TEXT"),
        ("new", "nuevo LABEL TEXT"),
        ("alternative", "(texto)? (alternativa|alternativo) PLACE TEXT"),
        ("rewrite", "(modifíquese|modificar|redáctese|reformúlese|reformular) PLACE? TEXT"),
        ("rewrite", f"{_REPLACE} PLACE TEXT"),
        ("rewrite", "PLACE (debe_decir|debería_decir|diría|dirá) TEXT"),
        ("delete-both", f"{_DELETE} PLACE (y|e) WITH"),
        ("delete", f"{_DELETE} PLACE?"),
        ("delete", "PLACE? (debe_suprimirse|debería_suprimirse|ha_de_suprimirse|debe_eliminarse)"),
        ("move-before", f"{_MOVE} PLACE? antes TO"),
        ("move-after", f"{_MOVE} PLACE? {_AFTER} TO"),
        ("merge", "(fusiónense|fusionar|fusiónese|combínense|combinar) PLACE (y|con) WITH TEXT?"),
        ("split-after", f"(divídase|dividir) PLACE? (en_dos)? {_AFTER} (de)? AT"),
        ("split-before", "(divídase|dividir) PLACE? (en_dos)? antes (de)? AT"),
        (
            "reserve",
            r"(\w+(_\w+){0,3})? (se_reserva|reservamos|reserva) (de)? (su|nuestra|la)? (posición)? PLACE?",
        ),
        (
            "retain",
            "(manténgase|manténganse|mantener|conservar|consérvese) PLACE? (sin_cambios|tal_cual|como_está)?",
        ),
    ),
)
