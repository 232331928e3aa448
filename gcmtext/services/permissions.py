"""Who may do what: one table, which pages, programs and commands go by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from gcmtext.db import (
    Amendment,
    AmendmentState,
    Batch,
    Comment,
    Delegation,
    DelegationKind,
    LanguageVersion,
    Negotiation,
    Revision,
    SavedSearch,
    Visibility,
)
from gcmtext.errors import NotAllowed, NotFound
from gcmtext.services.actor import Actor, Role


class Action(StrEnum):
    """What can be done: a noun, a dot, a verb."""

    SITE_READ = "site.read"
    PERMISSIONS_READ = "permissions.read"
    SIGN_IN = "account.sign-in"
    ACCOUNT_USE = "account.use"
    SEARCH_OPEN = "search.open"
    SEARCH_SAVE = "search.save"
    SEARCH_SHOW = "search.show"
    PEOPLE_MANAGE = "people.manage"
    OUTBOX_READ = "outbox.read"
    AUDIT_READ_ALL = "audit.read-all"
    CORPUS_CHANGE = "corpus.change"
    NEGOTIATION_START = "negotiation.start"
    NEGOTIATION_READ = "negotiation.read"
    NEGOTIATION_SHOW = "negotiation.show"
    REVISION_READ = "revision.read"
    REVISION_IMPORT = "revision.import"
    REVISION_SHOW = "revision.show"
    LINEAGE_READ = "lineage.read"
    LINEAGE_CORRECT = "lineage.correct"
    PARTICIPANTS_READ = "participants.read"
    PARTICIPANTS_EDIT = "participants.edit"
    ACCREDITATION_READ = "accreditation.read"
    ACCREDITATION_PROPOSE = "accreditation.propose"
    ACCREDITATION_OBJECT = "accreditation.object"
    ACCREDITATION_DECIDE = "accreditation.decide"
    ROLES_READ = "roles.read"
    ROLES_GRANT = "roles.grant"
    AUDIT_READ = "audit.read"
    AMENDMENTS_CALL = "amendments.call"
    AMENDMENT_READ = "amendment.read"
    AMENDMENT_DRAFT = "amendment.draft"
    AMENDMENT_SUBMIT = "amendment.submit"
    AMENDMENT_ENTER = "amendment.enter"
    INTAKE = "amendment.take-in"
    STANCE_TAKE = "stance.take"
    COMMENT_READ = "comment.read"
    COMMENT_WRITE = "comment.write"
    COMMENT_RESOLVE = "comment.resolve"


@dataclass(frozen=True, slots=True)
class Rule:
    """When an action is allowed.

    says: what the action is, as the page of permissions says it.
    any: the roles that may do it to whatever they see. own: those that may for the delegation they act for;
        being a person, whoever may with what is their own.
    when: the states of the object, or kinds of delegation, with which it can be done; none for all.
    """

    says: str
    any: frozenset[Role] = frozenset()
    own: frozenset[Role] = frozenset()
    when: frozenset[str] = frozenset()


_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_CONDUCT = _ADMINISTRATOR | {Role.CO_FACILITATOR, Role.SECRETARIAT}
_TAKE_PART = _CONDUCT | {Role.HEAD, Role.DELEGATE, Role.OBSERVER}
_SECRETARIAT = _ADMINISTRATOR | {Role.SECRETARIAT}
_HEADS = frozenset({Role.HEAD})
_DELEGATES = frozenset({Role.HEAD, Role.DELEGATE})
_DELEGATED = _DELEGATES | {Role.OBSERVER}
_PERSON = frozenset({Role.PERSON})
_EVERYBODY = frozenset({Role.PUBLIC})

# To whom something is known, by how far it has been shown. What is of a delegation is known to it as well.
SEES: Mapping[Visibility, frozenset[Role]] = {
    Visibility.OWN: frozenset(),
    Visibility.PREPARED: _CONDUCT,
    Visibility.DELEGATIONS: _TAKE_PART,
    Visibility.PUBLIC: _EVERYBODY,
}

RULES: Mapping[Action, Rule] = {
    Action.SITE_READ: Rule("See which negotiations there are", any=_EVERYBODY),
    Action.PERMISSIONS_READ: Rule("See who may do what", any=_EVERYBODY),
    Action.SIGN_IN: Rule("Sign in, and ask for a new password", any=_EVERYBODY),
    Action.ACCOUNT_USE: Rule("See and change one's own account", any=_PERSON),
    Action.SEARCH_OPEN: Rule("Open one's saved searches, and those shown to one's delegation", any=_PERSON),
    Action.SEARCH_SAVE: Rule("Save searches, rename and delete one's own", own=_PERSON),
    Action.SEARCH_SHOW: Rule("Show one's saved searches to the delegation", own=_DELEGATED),
    Action.PEOPLE_MANAGE: Rule("Invite people, and see and end their accounts", any=_ADMINISTRATOR),
    Action.OUTBOX_READ: Rule("Read the mail that waits to be sent", any=_ADMINISTRATOR),
    Action.AUDIT_READ_ALL: Rule("Read the audit trail of all negotiations", any=_ADMINISTRATOR),
    Action.CORPUS_CHANGE: Rule("Add adopted documents to the corpus, and withdraw them", any=_ADMINISTRATOR),
    Action.NEGOTIATION_START: Rule("Start a negotiation", any=_ADMINISTRATOR),
    Action.NEGOTIATION_READ: Rule("See a negotiation from above", any=_EVERYBODY),
    Action.NEGOTIATION_SHOW: Rule("Say who may know of a negotiation", any=_CONDUCT),
    Action.REVISION_READ: Rule("Read, compare and download revisions", any=_EVERYBODY),
    Action.REVISION_IMPORT: Rule("Import a revision", any=_CONDUCT),
    Action.REVISION_SHOW: Rule("Circulate a revision, and make it public", any=_CONDUCT),
    Action.LINEAGE_READ: Rule("See the lineage, its doubts and its corrections", any=_EVERYBODY),
    Action.LINEAGE_CORRECT: Rule("Correct the lineage", any=_CONDUCT),
    Action.PARTICIPANTS_READ: Rule("See who takes part", any=_EVERYBODY),
    Action.PARTICIPANTS_EDIT: Rule("Add and change delegations, groups and their members", any=_CONDUCT),
    Action.ACCREDITATION_READ: Rule("See the list of proposed stakeholders", any=_TAKE_PART),
    Action.ACCREDITATION_PROPOSE: Rule("Propose a stakeholder for the list", any=_CONDUCT),
    Action.ACCREDITATION_OBJECT: Rule(
        "Object to a name on the list, and take it back",
        own=frozenset({Role.HEAD}),
        when=frozenset({DelegationKind.STATE}),
    ),
    Action.ACCREDITATION_DECIDE: Rule("Say what became of a name on the list", any=_CONDUCT),
    Action.ROLES_READ: Rule("See who has which role", any=_TAKE_PART),
    Action.ROLES_GRANT: Rule("Grant and revoke roles", any=_CONDUCT),
    Action.AUDIT_READ: Rule("Read the audit trail of a negotiation", any=_CONDUCT),
    Action.AMENDMENTS_CALL: Rule("Call for amendments, and say until when and who sees them", any=_CONDUCT),
    Action.AMENDMENT_READ: Rule("Read amendments, alone and compiled", any=_EVERYBODY),
    Action.AMENDMENT_DRAFT: Rule(
        "Propose amendments for a State or a group; drafts are its own", own=_DELEGATES
    ),
    Action.AMENDMENT_SUBMIT: Rule("Submit, edit and withdraw amendments of the delegation", own=_HEADS),
    Action.AMENDMENT_ENTER: Rule(
        "Enter what a delegation has sent, in its name", any=_SECRETARIAT, own=_HEADS
    ),
    Action.INTAKE: Rule(
        "Take in the files that delegations send, and say what they mean", any=_SECRETARIAT, own=_DELEGATES
    ),
    Action.COMMENT_READ: Rule("Read comments, each by those it is meant for", any=_EVERYBODY),
    Action.COMMENT_WRITE: Rule("Comment, for those one chooses", any=_CONDUCT, own=_DELEGATED),
    Action.COMMENT_RESOLVE: Rule("Resolve a thread of comments, and reopen it", any=_CONDUCT, own=_DELEGATED),
    Action.STANCE_TAKE: Rule("Sponsor, support or oppose amendments of others", own=_HEADS),
}


OF_NONE = frozenset({0})
"""What no delegation is called: so what is of none is nobody's own."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What something is done to, as far as permission depends on it.

    visibility: how far it has been shown, at the moment. delegation_ids: those it is of; none where it is
    asked whether somebody may at all, OF_NONE for what is of those who conduct. person_id: whose own it is,
    where it is a person's. state: what it is just now, or what kind of delegation.
    """

    negotiation_id: int | None = None
    visibility: Visibility = Visibility.PUBLIC
    delegation_ids: frozenset[int] = frozenset()
    state: str = ""
    person_id: int | None = None


SITE = Subject()
Object = (
    Subject
    | Negotiation
    | Revision
    | LanguageVersion
    | Delegation
    | Amendment
    | Batch
    | Comment
    | SavedSearch
    | None
)


def subject_of(actor: Actor, of: Object) -> Subject:
    """Return what permission depends on, of a stored object; None stands for the whole site.

    What is in a negotiation is known to nobody who may not know of the negotiation.
    """
    match of:
        case None:
            return SITE
        case Subject():
            return of
        case Negotiation():
            return Subject(of.id, of.visibility_at(actor.at))
        case Revision():
            shown = _narrower(of.negotiation.visibility_at(actor.at), of.visibility_at(actor.at))
            return Subject(of.negotiation_id, shown)
        case LanguageVersion():
            return subject_of(actor, of.revision)
        case Delegation():
            shown = of.negotiation.visibility_at(actor.at)
            return Subject(of.negotiation_id, shown, frozenset({of.id}), of.kind)
        case Amendment():
            # A draft that has been discarded is withdrawn, and stays its delegation's own.
            state = AmendmentState.DRAFT if of.number is None else AmendmentState(of.state)
            return amendments_of(actor, of.version.revision, of.delegation, state)
        case Batch():
            known = subject_of(actor, of.version).visibility
            shown = _narrower(known, Visibility.PREPARED) if of.conducted else Visibility.OWN
            return Subject(of.version.revision.negotiation_id, shown, _ids(of.delegation_id))
        case Comment():
            root = of.root or of
            about = subject_of(actor, root.amendment or root.version)
            found = comments_on(about, Visibility(root.audience), root.delegation_id)
            return found if found.delegation_ids else replace(found, delegation_ids=OF_NONE)
        case SavedSearch():
            negotiation = of.delegation.negotiation_id if of.delegation else None
            shown_to = _ids(of.delegation_id)
            return Subject(negotiation, Visibility.OWN, shown_to, person_id=of.person_id)


def amendments_of(
    actor: Actor, revision: Revision, delegation: Delegation | None, state: AmendmentState
) -> Subject:
    """Return what permission depends on, of the amendments of a delegation to a revision, None for any.

    A draft is its delegation's own. What has been submitted is shown as the call for amendments says.
    """
    shown = Visibility.OWN
    if state is not AmendmentState.DRAFT and revision.call is not None:
        known = subject_of(actor, revision).visibility
        shown = _narrower(known, Visibility(revision.call.shown))
    if delegation is None:
        return Subject(revision.negotiation_id, shown)
    return Subject(delegation.negotiation_id, shown, frozenset({delegation.id}), delegation.kind)


def comments_on(about: Subject, audience: Visibility, delegation_id: int | None) -> Subject:
    """Return what permission depends on, of the comments of a thread that a delegation has opened.

    They are for whom the first one is for, and for nobody who may not know of what they are about.
    """
    own = _ids(delegation_id)
    shown = _narrower(about.visibility, audience)
    return Subject(
        about.negotiation_id, shown, own if about.visibility != Visibility.OWN else about.delegation_ids
    )


def _is_of(subject: Subject, actor: Actor) -> bool:
    return subject.person_id is not None and subject.person_id == actor.person_id


def _ids(identity: int | None) -> frozenset[int]:
    return frozenset() if identity is None else frozenset({identity})


def sees(actor: Actor, of: Object) -> bool:
    """Return whether something exists as far as somebody may know."""
    subject = subject_of(actor, of)
    roles = actor.roles_in(subject.negotiation_id)
    own = subject.delegation_ids & actor.delegations_in(subject.negotiation_id)
    return bool(SEES[subject.visibility] & roles or own or _is_of(subject, actor))


def may(actor: Actor, action: Action, of: Object) -> bool:
    """Return whether somebody may do something.

    Asked of what is of no delegation, an action for one's own delegation is allowed to those who act for one;
    and asked of what is of nobody, one for what is a person's own, to whoever has signed in.
    """
    rule, subject = RULES[action], subject_of(actor, of)
    if not sees(actor, subject) or (rule.when and subject.state and subject.state not in rule.when):
        return False
    if rule.any & actor.roles_in(subject.negotiation_id):
        return True
    if Role.PERSON in rule.own:
        return actor.person_id is not None and (subject.person_id is None or _is_of(subject, actor))
    own = actor.delegations_in(subject.negotiation_id, *rule.own) if rule.own else frozenset()
    return bool(own & subject.delegation_ids if subject.delegation_ids else own)


def require(actor: Actor, action: Action, of: Object) -> None:
    """Raise NotFound for what somebody may not know of, NotAllowed for what they may not do to it."""
    if not sees(actor, of):
        raise NotFound("There is nothing at this address.")
    if not may(actor, action, of):
        said = RULES[action].says
        who = "You have no role that may do this here" if actor.person_id else "Sign in to do this"
        raise NotAllowed(f"{who}: {said[0].lower()}{said[1:]}.")


def _narrower(one: Visibility, other: Visibility) -> Visibility:
    """Return the visibility that shows something to fewer people."""
    return min(one, other, key=list(Visibility).index)
