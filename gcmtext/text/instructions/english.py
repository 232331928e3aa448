"""Instructions in English."""

from gcmtext.text.instructions.grammar import Grammar

_DELETE = "(delete|deleting|deletion_of|to_delete|remove|removing|strike|strike_out|omit|suppress)"
_INSERT = "(insert|inserting|add|adding|include|to_insert|to_add)"
_REPLACE = "(replace|replacing|substitute|change|amend|modify|to_replace)"
_BY = "(by|with|to|into|to_read|by_the_following|with_the_following)"
_MOVE = "(move|moving|transfer|relocate|place|shift|put)"
_SHOULD = "(should|shall|must|to|is_to|are_to)"
_MERGE = "(merge|combine|merging|consolidate|join)"

ENGLISH = Grammar(
    language="en",
    units={
        "preambular": r"preambular\s+(?:paragraphs?|paras?\.?)|PPs?\.?",
        "operative": r"operative\s+(?:paragraphs?|paras?\.?)|OPs?\.?",
        "counted": r"(?:paragraphs?|paras?\b\.?|§)",
        "vague": r"(?!)",
        "division": r"objectives?|articles?|goals?|principles?|chapters?|annex",
        "sub": r"sub-?\s?paragraphs?|(?:sub-?)?paras?\b\.?|actions?|items?|clauses?|paragraphs?",
        "preamble": r"preamble",
        "chapeau": r"chapeau|opening\s+sentence|introductory\s+(?:paragraph|part)",
        "title": r"title|heading",
        "sentence": r"sentence",
        "line": r"lines?",
    },
    ordinals={
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "ninth": 9,
        "tenth": 10,
        "1st": 1,
        "2nd": 2,
        "3rd": 3,
        "last": -1,
        "final": -1,
    },
    links="in|of|the|under|to|at|from|on|within|for|existing",
    polite=(
        r"(?:please|kindly|(?:\w[\w&' ]{0,40}\s)?(?:would\s+(?:like|wish)\s+to\s+)?"
        r"(?:propos\w+|suggest\w*|requests?)(?:\s+to)?|proposal:|proposed\s+amendment:)"
    ),
    joints="and|then|also",
    nouns=r"(?:the\s+)?(?:words?|phrase|expression|text|term|terms|wording|occurrence\s+of|instance\s+of)",
    every=r"(?:every|all|each)\s+(?:occurrences?|instances?)\s+of|both|all",
    new=r"an?|one|the|new|additional|further|following|separate",
    several="two|three|four|several|the\\s+following",
    reading=(
        r"(?:to\s+read(?:\s+as\s+follows)?|reading(?:\s+as\s+follows)?|(?:which|that)\s+(?:would\s+)?reads?"
        r"(?:\s+as\s+follows)?|as\s+follows|with\s+the\s+following\s+(?:text|wording)|so\s+that\s+it\s+reads"
        r"|the\s+following(?:\s+text)?)"
    ),
    rationale=r"(?:rationale|reasons?|justification|explanation|explanatory\s+note|comments?|note|remarks?)",
    verbs=(
        r"delete|deletion|insert|add|replace|substitute|reword|rephrase|redraft|move|merge|combine|split|retain"
        r"|keep|bracket|remove|new\s+(?:paragraph|sub|OP|PP|action)|reserve|place\s+(?:in|brackets)|amend|change"
        r"|reinstate|restore|strike|omit|alternative|in\s+(?:OP|PP|paragraph|para|objective|the\s+title)|after\s+OP"
        r"|after\s+paragraph|before\s+paragraph|improve|see|streamline|simplify|revise|consider|kindly|please"
    ),
    forms=(
        # words
        ("replace", f"{_REPLACE} IN? OLD IN? {_BY} NEW IN?"),
        ("replace", "substitute NEW for OLD IN?"),
        ("replace", f"OLD {_SHOULD} (be_replaced|be_changed|read) (by|with|to)? NEW IN?"),
        ("replace", "OLD (becomes|instead_of|->|→) NEW IN?"),
        ("+replace", f"OLD {_BY} NEW IN?"),
        ("insert-after", f"(after|following) AT IN? {_INSERT} NEW IN?"),
        ("insert-before", f"before AT IN? {_INSERT} NEW IN?"),
        ("insert-after", f"{_INSERT} IN? NEW IN? (after|following) AT IN?"),
        ("insert-before", f"{_INSERT} IN? NEW IN? before AT IN?"),
        ("insert-after", f"{_INSERT} IN? (after|following) AT NEW"),
        ("at-end", f"(at_the_end|to_the_end) IN? {_INSERT} NEW"),
        ("at-end", f"{_INSERT} NEW (at_the_end|to_the_end) IN?"),
        ("at-end", f"{_INSERT} (the_following(_sentence)?|a_sentence)? (at_the_end|to_the_end) IN? NEW"),
        ("at-start", f"(at_the_beginning|at_the_start) IN? {_INSERT} NEW"),
        ("at-start", f"{_INSERT} NEW (at_the_beginning|at_the_start) IN?"),
        ("at-start", f"{_INSERT} (at_the_beginning|at_the_start) IN? NEW"),
        # brackets
        (
            "unbracket",
            "(remove|delete|lift|drop) (all|the|square)? (square)? brackets (around|from|on) OLD IN?",
        ),
        (
            "unbracket",
            "(remove|delete|lift|drop) (all|the|square)? (square)? brackets (around|from|on) PLACE",
        ),
        ("unbracket-all", "(remove|delete|lift|drop) (all|the)? (square)? brackets IN?"),
        ("bracket", "(place|put|insert|add) (square)? brackets (around|round) OLD IN?"),
        ("bracket", "(place|put|insert|add) (square)? brackets (around|round) PLACE"),
        ("bracket", "(place|put) OLD IN? (in|within|between) (square)? brackets"),
        ("bracket", "(place|put) PLACE (in|within|between) (square)? brackets"),
        ("bracket", "bracket OLD IN?"),
        ("bracket", "bracket PLACE?"),
        # words that go or stay
        ("delete", f"{_DELETE} IN? OLD IN?"),
        ("delete", f"OLD {_SHOULD} be (deleted|removed|omitted)"),
        ("delete", f"OLD IN {_SHOULD} be (deleted|removed|omitted)"),
        ("+delete", "OLD IN?"),
        ("retain", "(retain|keep|maintain|preserve) OLD IN?"),
        # paragraphs
        ("new-after", f"{_INSERT} PARAGRAPH (after|following) PLACE TEXT"),
        ("new-before", f"{_INSERT} PARAGRAPH before PLACE TEXT"),
        ("new-after", f"(after|following) PLACE {_INSERT} PARAGRAPH TEXT"),
        ("new-before", f"before PLACE {_INSERT} PARAGRAPH TEXT"),
        ("new-after", f"{_INSERT} (after|following) PLACE PARAGRAPH TEXT"),
        ("new-before", f"{_INSERT} before PLACE PARAGRAPH TEXT"),
        ("new-after", "PARAGRAPH (after|following) PLACE TEXT"),
        ("new-before", "PARAGRAPH before PLACE TEXT"),
        ("new", f"{_INSERT} LABEL TEXT"),
        ("new", "(new|new_paragraph) LABEL TEXT"),
        ("alternative", "(propose)? (as)? (an|the_following)? alternative (to|for|text_for)? PLACE TEXT"),
        ("rewrite", "(reword|rephrase|redraft|amend|modify|reformulate|recast|change|revise) PLACE? TEXT"),
        ("rewrite", f"{_REPLACE} PLACE? {_BY} TEXT"),
        ("rewrite", f"{_REPLACE} PLACE TEXT"),
        ("rewrite", "PLACE (should_read|would_read|shall_read|to_read|now_reads) TEXT"),
        ("rewrite", "(should_read|would_read|to_read) TEXT"),
        ("delete-both", f"{_DELETE} PLACE and WITH"),
        ("delete", f"{_DELETE} PLACE? (entirely|in_its_entirety|as_a_whole)?"),
        ("delete", f"PLACE {_SHOULD} be (deleted|removed|omitted)"),
        ("delete", "(should_be_deleted|to_be_deleted|deleted)"),
        ("move-before", f"{_MOVE} PLACE? (to|so_as_to_stand|so_that_it_stands)? before TO"),
        ("move-after", f"{_MOVE} PLACE? (to|so_as_to_stand|so_that_it_stands)? after TO"),
        ("merge", f"{_MERGE} PLACE (and|with|into) WITH TEXT?"),
        ("split-after", "(split|divide) PLACE? (into_two)? (paragraphs)? after AT"),
        ("split-before", "(split|divide) PLACE? (into_two)? (paragraphs)? before AT"),
        ("split-before", "(split|divide) PLACE? into_two_paragraphs the_second (beginning|starting) with AT"),
        ("split-before", "make PLACE (into)? (a|the)? (new|separate) paragraph"),
        ("bracket", "PLACE (in|within) (square)? brackets"),
        (
            "reserve",
            r"(\w+(_\w+){0,4})? (reserves?|general_reserve|scrutiny_reserve) "
            "(our|its|the|a)? (position|general)? (on)? PLACE?",
        ),
        (
            "retain",
            "(retain|keep|maintain|preserve) PLACE? (as_it_stands|as_is|unchanged|in_its_present_form)?",
        ),
    ),
)
