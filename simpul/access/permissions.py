"""Every permission: one list of verbs."""

from enum import StrEnum


class Permission(StrEnum):
    """What may be done. The value is kept in events, so it never changes its meaning."""

    DESK_VIEW = "desk.view"
    CATALOGUE_VIEW = "catalogue.view"
    PLACE_SEARCH = "place.search"
    ORGANISATION_VIEW = "organisation.view"
    ORGANISATION_REGISTER = "organisation.register"
    ORGANISATION_INSIDE = "organisation.inside"  # phones, staff, bank accounts, papers: not for everybody
    ORGANISATION_EDIT = "organisation.edit"  # one's own body's record; what counts waits for who verifies
    ORGANISATION_VERIFY = "organisation.verify"  # accepts what a body changed, or changes it directly
    ORGANISATION_CLASSIFY = "organisation.classify"
    ORGANISATION_WATCH = "organisation.watch"  # flags, queues and lists of an office
    ORGANISATION_EXPORT = "organisation.export"  # lists that leave the office; recorded each time
    REPORT_WRITE = "report.write"
    REPORT_RECEIVE = "report.receive"
    REGISTRATION_APPLY = "registration.apply"
    REGISTRATION_CHECK = "registration.check"  # desk check, field visit
    REGISTRATION_DECIDE = "registration.decide"  # approves, refuses, issues, suspends, withdraws
    SOURCE_VIEW = "source.view"
    SOURCE_EDIT = "source.edit"

    ACCREDITATION_VIEW = "accreditation.view"
    ACCREDITATION_APPLY = "accreditation.apply"
    ACCREDITATION_RECOMMEND = "accreditation.recommend"
    ACCREDITATION_SECRETARY = (
        "accreditation.secretary"  # desk check, naming assessors, schemes, appeals received
    )
    ACCREDITATION_SCORE = "accreditation.score"  # by who is named for this body, in its time
    ACCREDITATION_VALIDATE = "accreditation.validate"
    ACCREDITATION_DECIDE = "accreditation.decide"

    SERVICE_EDIT = (
        "service.edit"  # one's own body's services, their hours and room; an office helps those of its area
    )
    PARTNER_VIEW = "partner.view"
    PARTNER_EDIT = "partner.edit"  # agreements between bodies, forums and their meetings, mediation
    HSDS_IMPORT = "hsds.import"  # many listings at once, from another register

    PERSON_SEARCH = "person.search"
    PERSON_VIEW = "person.view"
    PERSON_REGISTER = "person.register"
    PERSON_EDIT = "person.edit"
    PERSON_IDENTITY_VIEW = "person.identity_view"  # NIK, KK number, phone and exact address in full
    PERSON_COPY = "person.copy"  # everything kept about one person, for that person; recorded each time
    PERSON_LIMIT = "person.limit"
    PERSON_ERASE = "person.erase"
    DATA_REQUEST_RECORD = "data_request.record"
    CONSENT_RECORD = "consent.record"
    CONSENT_WITHDRAW = "consent.withdraw"
    FACT_RECORD = "fact.record"

    SCREENING_VIEW = "screening.view"
    SCREENING_PRINT = "screening.print"  # paper or a file that leaves the office; recorded each time
    SCREENING_START = "screening.start"
    SCREENING_ANSWER = "screening.answer"
    SCREENING_DECIDE = "screening.decide"
    SENSITIVE_VIEW = "sensitive.view"  # findings and facts marked highly restricted

    INSTRUMENT_VIEW = "instrument.view"
    INSTRUMENT_EDIT = "instrument.edit"
    INSTRUMENT_FILL = "instrument.fill"  # sheets apart from cases: begins, answers, locks; sees who answered
    INSTRUMENT_READ = "instrument.read"  # answers by code only: no names, no words of one's own

    CASE_VIEW = "case.view"
    CASE_OPEN = "case.open"
    CASE_MOVE = "case.move"
    CASE_NOTE = "case.note"  # contacts, progress notes, tasks
    CASE_ASSESS = "case.assess"
    CASE_PLAN = "case.plan"  # goals, plan, services, monitoring
    CASE_APPROVE = "case.approve"
    CASE_TEAM = "case.team"  # who works on it, conferences, handing over
    CASE_END = "case.end"
    CASE_PROTECT = "case.protect"  # how confidential a case is
    CASE_PROTECTED_VIEW = "case.protected_view"  # cases marked highly restricted
    CASE_BREAK_GLASS = "case.break_glass"
    CASE_PRINT = "case.print"  # papers that leave the office; recorded each time
    CASE_DISCLOSE = "case.disclose"
    CASE_SETTINGS = "case.settings"  # an office's own norms and dates
    SUPERVISION_NOTE = "supervision.note"
    REFERRAL_VIEW = "referral.view"  # the sender's side: as far as the case is reached
    REFERRAL_SEND = "referral.send"
    REFERRAL_RECEIVE = "referral.receive"  # what was sent to one's own body, and nothing else of the case
    REFERRAL_ANSWER = "referral.answer"
    PLACING_MAKE = "placing.make"  # many people at once; a proposal until a person confirms each
    UNMET_VIEW = "unmet.view"  # numbers of needs that found nothing; the cases only for who sees cases
    REQUEST_MAKE = "request.make"  # asking for help: by anybody, without an account
    REQUEST_DUTY = "request.duty"  # reads and takes requests for help of one's area or body
    PROGRAMME_VIEW = "programme.view"
    PROGRAMME_MANAGE = "programme.manage"  # cohort, participants, sessions, answers of an office's programmes
    PROGRAMME_DECIDE = "programme.decide"  # stimulus money: another than who manages
    PROGRAMME_MENTOR = "programme.mentor"  # by who is named in the programme
    PROGRAMME_TAKE_PART = "programme.take_part"  # one's own body: action plan, spending, own certificate
    PROGRAMME_EVALUATE = "programme.evaluate"  # results of groups and extracts without names

    IMPORT_MAKE = "import.make"  # whole files of an office: tried, run, undone
    DUPLICATE_VIEW = "duplicate.view"  # who may be the same person; both must be within reach
    PERSON_MERGE = "person.merge"
    POPULATION_VIEW = (
        "population.view"  # numbers of everybody screened; the people behind only for who sees people
    )
    POPULATION_SCREEN = (
        "population.screen"  # screens the whole register anew, tries an edition before it is used
    )
    RECAP_VIEW = "recap.view"  # recaps with every number as it is, for the office
    RECAP_EXPORT = "recap.export"  # the same as a file that leaves the office; recorded each time
    RECAP_DELIVER = "recap.deliver"  # says that a period's recap is handed in, and sets the deadlines
    NUMBERS_PREPARE = "numbers.prepare"  # safe public numbers, for somebody else to look at
    NUMBERS_PUBLISH = "numbers.publish"  # what the public may see is fixed by another than who prepared it
    EXTRACT_ASK = "extract.ask"  # a file for research, without names, with a purpose
    EXTRACT_APPROVE = "extract.approve"  # by another than who asked
    QUALITY_VIEW = "quality.view"  # work lists of what is missing, old or unlikely

    COMPLAINT_MAKE = "complaint.make"  # by anybody, without an account
    COMPLAINT_RECEIVE = "complaint.receive"
    COMPLAINT_ANSWER = "complaint.answer"

    TEAM_VIEW = "team.view"
    TRAIL_VIEW = "trail.view"
    ACCOUNT_USE = "account.use"  # one's own account: signing in, password, passkeys and codes
    USER_MANAGE = "user.manage"
    KEYS_ROTATE = "keys.rotate"
    SYSTEM_MANAGE = "system.manage"
