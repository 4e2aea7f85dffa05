"""The kinds of documents: for each, the endings its file can have and what writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.errors import NamesCasesError, UsageError
from core.flow import Review
from core.report.choices import Choices
from core.report.evidence import Evidence
from core.report.pages.document import Document
from core.review.state import ReviewState
from core.sealing.age import Recipient
from core.sealing.identities import Signer

Writer = Callable[["Request"], bytes]
Made = tuple[Document, Evidence]


@dataclass(frozen=True, slots=True)
class Request:
    """What a document is made from: reviews with what was written on each, and the choices.

    `cases` asks for rows of cases in a workbook; `recipient` is for whom correction requests are
    encrypted, None for the audit's contact; `in_the_clear` lets them be written unencrypted.
    `visible_seal` and `password` are extras of a signed PDF, which forfeit what `SealOptions` says.
    """

    reviews: tuple[Review, ...]
    states: tuple[ReviewState, ...]
    choices: Choices
    signer: Signer | None
    cases: bool = False
    recipient: Recipient | None = None
    in_the_clear: bool = False
    visible_seal: bool = False
    password: str | None = field(default=None, repr=False)

    @property
    def only(self) -> tuple[Review, ReviewState]:
        """The one review and its state; UsageError where there are more."""
        if len(self.reviews) != 1:
            raise UsageError("This kind of document is made from one extract.")
        return self.reviews[0], self.states[0]


def appraisal_pdf(request: Request) -> bytes:
    """Return the appraisal document, signed where a signer is given."""
    return _printed(_appraisal(request), request)


def appraisal_json(request: Request) -> bytes:
    """Return the evidence of the appraisal document."""
    return _evidence(_appraisal(request))


def document_of(kind: str, request: Request) -> Made:
    """Return the document of that kind and its evidence, before it is printed."""
    return _MADE[kind](request)


def appraisal_xlsx(request: Request) -> bytes:
    """Return the workbook of results."""
    from core.report.workbooks.workbook import workbook_bytes

    return workbook_bytes(*request.only, request.choices, cases=request.cases)


def revalidation_pdf(request: Request) -> bytes:
    """Return the summary of a five-year cycle."""
    return _printed(_revalidation(request), request)


def revalidation_json(request: Request) -> bytes:
    """Return the evidence of the summary of a five-year cycle."""
    return _evidence(_revalidation(request))


def award_pdf(request: Request) -> bytes:
    """Return the evidence for a clinical impact award."""
    return _printed(_award(request), request)


def award_json(request: Request) -> bytes:
    """Return the machine's evidence of an award document."""
    return _evidence(_award(request))


def decision_pdf(request: Request) -> bytes:
    """Return the record of the publication decision."""
    return _printed(_decision(request), request)


def decision_json(request: Request) -> bytes:
    """Return the evidence of the publication decision."""
    return _evidence(_decision(request))


def queries_xlsx(request: Request) -> bytes:
    """Return the correction requests in the clear; NamesCasesError where that was not asked for."""
    from core.report.workbooks.queries_workbook import queries_workbook

    if not request.in_the_clear:
        raise NamesCasesError("This workbook names cases, so it is written encrypted.")
    review, state = request.only
    return queries_workbook(review.extract, state, request.choices.made_at)


def queries_age(request: Request) -> bytes:
    """Return the correction requests, encrypted for the audit or with a passphrase."""
    from core.report.workbooks.queries_workbook import sealed_queries

    review, state = request.only
    return sealed_queries(review.extract, state, request.choices.made_at, request.recipient)


def _appraisal(request: Request) -> Made:
    from core.report.pages.appraisal import appraisal

    return appraisal(*request.only, request.choices)


def _revalidation(request: Request) -> Made:
    from core.report.pages.revalidation import revalidation

    return revalidation(request.reviews, request.states, request.choices)


def _award(request: Request) -> Made:
    from core.report.pages.award import award

    return award(request.reviews, request.states, request.choices)


def _decision(request: Request) -> Made:
    from core.report.pages.decision_record import decision_record

    return decision_record(*request.only, request.choices)


_MADE: Mapping[str, Callable[[Request], Made]] = {
    "appraisal": _appraisal,
    "revalidation": _revalidation,
    "award": _award,
    "decision": _decision,
}


def _printed(made: Made, request: Request) -> bytes:
    from core.report.evidence import evidence_bytes
    from core.report.pages.pdf import pdf_bytes

    document, evidence = made
    return sealed(pdf_bytes(document, evidence_bytes(evidence)), request)


def _evidence(made: Made) -> bytes:
    from core.report.evidence import evidence_bytes

    return evidence_bytes(made[1])


def sealed(pdf: bytes, request: Request) -> bytes:
    """Return the PDF signed by the request's signer, or as it is where there is none."""
    if request.signer is None:
        return pdf
    from core.report.signing.sign import SealOptions, sign_pdf

    options = SealOptions(request.visible_seal, request.password)
    return sign_pdf(pdf, request.signer, request.choices.made_at, options)


def plain_copy(kind: str, request: Request) -> tuple[bytes, bytes, bytes]:
    """Return a signed PDF without attachment, its evidence, and what binds the two.

    UsageError where no signer is given, or the kind has no evidence.
    """
    from core.report.evidence import evidence_bytes
    from core.report.pages.pdf import pdf_bytes
    from core.report.signing.detached import sign_beside

    if request.signer is None or kind not in _MADE:
        raise UsageError("A plain copy is a signed PDF.", "Name the key that signs it.")
    document, evidence = document_of(kind, request)
    pdf, told = sealed(pdf_bytes(document), request), evidence_bytes(evidence)
    return pdf, told, sign_beside(pdf, told, request.signer)


KINDS: Mapping[str, Mapping[str, Writer]] = {
    "appraisal": {".pdf": appraisal_pdf, ".json": appraisal_json, ".xlsx": appraisal_xlsx},
    "revalidation": {".pdf": revalidation_pdf, ".json": revalidation_json},
    "award": {".pdf": award_pdf, ".json": award_json},
    "decision": {".pdf": decision_pdf, ".json": decision_json},
    "queries": {".age": queries_age, ".xlsx": queries_xlsx},
}
