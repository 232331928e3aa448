"""Words of addresses that are pages of the program, and so the names of nothing else."""

# Beside the negotiations.
NO_NEGOTIATION = frozenset(
    "about account api appearance audit corpus help index invitation json new outbox people permissions "
    "precedents reset search sign-in sign-out static".split()
)

# Beside the revisions of a negotiation.
NO_REVISION = frozenset(
    "accreditation agreed amendments api audit comments compare contributions digest import invite json "
    "lineage new participants roles visibility".split()
)
