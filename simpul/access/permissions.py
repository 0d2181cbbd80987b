"""Every permission: one list of verbs."""

from enum import StrEnum


class Permission(StrEnum):
    """What may be done. The value is kept in events, so it never changes its meaning."""

    DESK_VIEW = "desk.view"
    CATALOGUE_VIEW = "catalogue.view"
    PLACE_SEARCH = "place.search"
    ORGANISATION_VIEW = "organisation.view"
    ORGANISATION_REGISTER = "organisation.register"

    PERSON_SEARCH = "person.search"
    PERSON_VIEW = "person.view"
    PERSON_REGISTER = "person.register"
    PERSON_EDIT = "person.edit"
    PERSON_IDENTITY_VIEW = "person.identity_view"  # NIK, KK number, phone and exact address in full
    CONSENT_RECORD = "consent.record"
    CONSENT_WITHDRAW = "consent.withdraw"
    FACT_RECORD = "fact.record"

    SCREENING_VIEW = "screening.view"
    SCREENING_PRINT = "screening.print"  # paper or a file that leaves the office; recorded each time
    SCREENING_START = "screening.start"
    SCREENING_ANSWER = "screening.answer"
    SCREENING_DECIDE = "screening.decide"
    SENSITIVE_VIEW = "sensitive.view"  # findings and facts marked highly restricted

    CASE_VIEW = "case.view"
    CASE_OPEN = "case.open"
    CASE_MOVE = "case.move"

    TEAM_VIEW = "team.view"
    TRAIL_VIEW = "trail.view"
    ACCOUNT_USE = "account.use"  # one's own account: signing in, password, passkeys and codes
    USER_MANAGE = "user.manage"
    KEYS_ROTATE = "keys.rotate"
    SYSTEM_MANAGE = "system.manage"
