"""The errors a user may see: what happened (message), what to do (hint) and a stable code.

Everything that is not a PlumblineError is a bug. No message holds a cell value, a name or an
identifier: a row is named by its number and a column by its name.
"""


class PlumblineError(Exception):
    """An error for the user: `message` says what happened, `hint` what to do."""

    code = "E000"
    hint = ""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if hint is not None:
            self.hint = hint

    def __str__(self) -> str:
        return " ".join(part for part in (self.message, self.hint, f"({self.code})") if part)


class CancelledError(PlumblineError):
    """The user pressed Stop; nothing is shown."""

    code = "E001"


# --- E1: opening a sealed file -----------------------------------------------------------------


class NotSealedError(PlumblineError):
    """The bytes are not an age file."""

    code = "E101"
    hint = "Choose the file the audit office sent; its name usually ends in .age."


class WrongKeyError(PlumblineError):
    """The passphrase or identity does not open the file."""

    code = "E102"
    hint = "Check its password; the audit office sends it separately from the file."


class DamagedSealError(PlumblineError):
    """The file is truncated or was altered after it was sealed."""

    code = "E103"
    hint = "Ask the audit office to send it again."


class UnsupportedSealError(PlumblineError):
    """The file is an age file of a kind that Plumbline does not open."""

    code = "E104"
    hint = "Ask the audit office to seal it with a password or for your own key."


class ExcessiveWorkFactorError(PlumblineError):
    """Deriving the key would take too much time and memory."""

    code = "E105"
    hint = "Ask the audit office for a file made with the usual settings."


class EmptyPassphraseError(PlumblineError):
    """No passphrase was given."""

    code = "E106"
    hint = "Type the password the audit office sent for this file."


class BadIdentityError(PlumblineError):
    """The key file could not be read or unlocked."""

    code = "E107"
    hint = "Check that it is the right file and that its passphrase is right."


class BadRecoverySecretError(PlumblineError):
    """What was typed cannot be a recovery secret."""

    code = "E108"
    hint = "Type all eight groups of four letters and digits from the printed page."


# --- E2: what is in the extract ----------------------------------------------------------------


class NotAnExtractError(PlumblineError):
    """The opened file holds no extract."""

    code = "E201"
    hint = "Ask the audit office whether this is the right file."


class ArchiveLimitError(PlumblineError):
    """The archive inside is larger or stranger than an extract can be."""

    code = "E202"
    hint = "Do not open it elsewhere; ask the audit office whether it sent this file."


class MissingMemberError(PlumblineError):
    """A part that the manifest or the format names is absent."""

    code = "E203"
    hint = "Ask the audit office to send the file again."


class UnknownFormatError(PlumblineError):
    """The extract is of a format this version does not know."""

    code = "E204"
    hint = "Look for a newer version of Plumbline."


class BadManifestError(PlumblineError):
    """The manifest is not of the agreed shape."""

    code = "E205"
    hint = "Ask the audit office to issue the extract again."


class HashMismatchError(PlumblineError):
    """A part of the extract is not the part that was signed."""

    code = "E206"
    hint = "Do not rely on this file; ask the audit office to send it again."


class BadColumnError(PlumblineError):
    """A table has a column or a cell that its contract does not allow."""

    code = "E207"
    hint = "Ask the audit office to correct and reissue the extract."


class DuplicateCaseError(PlumblineError):
    """The same case identifier stands on two rows."""

    code = "E208"
    hint = "Ask the audit office to correct and reissue the extract."


class WrongTotalsError(PlumblineError):
    """The records do not add up to the totals that were signed."""

    code = "E209"
    hint = "Do not rely on this file; ask the audit office to correct and reissue it."


# --- E3: trust ---------------------------------------------------------------------------------


class BadSignatureError(PlumblineError):
    """The manifest's signature or its certificate is wrong."""

    code = "E301"
    hint = "Do not rely on this file; ask the audit office to send it again."


class BadTrustEntryError(PlumblineError):
    """A trust entry, certificate or revocation list could not be read."""

    code = "E302"
    hint = "Ask the audit office for its trust file again, and compare its fingerprint."


class RevocationOrderError(PlumblineError):
    """A revocation list is older than the one already held."""

    code = "E303"
    hint = "Ask the audit office for its newest revocation list."


class BadEnrolmentError(PlumblineError):
    """An enrolment file could not be read, or its own key did not sign it."""

    code = "E304"
    hint = "Ask the surgeon to make and send the enrolment file again."


# --- E4: profiles, models and foreign tables ---------------------------------------------------


class BadProfileError(PlumblineError):
    """An audit profile breaks its schema."""

    code = "E401"
    hint = "Correct the profile and try again."


class BadModelError(PlumblineError):
    """A risk model file breaks its schema."""

    code = "E402"
    hint = "Correct the model file and try again."


class BadTableError(PlumblineError):
    """A foreign table could not be read as cases."""

    code = "E403"
    hint = "Check the file against the profile and try again."


class BadRecipientError(PlumblineError):
    """The table of recipients is wrong."""

    code = "E404"
    hint = "Correct the recipients file and try again."


class UnknownModelError(PlumblineError):
    """No model of that name is known."""

    code = "E405"
    hint = "Choose one of the models that Plumbline holds, or a model's file."


class UnknownProfileError(PlumblineError):
    """No audit profile of that name is known."""

    code = "E406"
    hint = "Choose one of the audits that Plumbline knows, or a profile's file."


# --- E41: opening the files audits send --------------------------------------------------------


class PasswordNeededError(PlumblineError):
    """A file, or one inside it, is locked with a password and none was given."""

    code = "E410"
    hint = "Type the password for this file (from the audit)."


class WrongPasswordError(WrongKeyError):
    """No password that was given opens the file, or one inside it."""

    code = "E411"
    hint = "Check the password for this file (from the audit); it comes by another route."


class DamagedFileError(PlumblineError):
    """The file is cut short, altered or not well-formed."""

    code = "E412"
    hint = "Ask for the file again, or open and save it anew in the program that made it."


class UnsupportedFileError(PlumblineError):
    """The file is of a kind that Plumbline does not read."""

    code = "E413"
    hint = "Ask for the records as .xlsx or .csv."


class WeakProtectionError(PlumblineError):
    """The file is not encrypted, or so weakly that it is no protection."""

    code = "E414"
    hint = "Ask the audit for an encrypted file, or choose to open this one as it is."


class FileLimitError(PlumblineError):
    """The file, or what it unpacks to, is larger or more deeply nested than is read."""

    code = "E415"
    hint = "Check that it is the right file; ask for one that holds only the records needed."


class NoTableError(PlumblineError):
    """The file was opened, but there is no table in it."""

    code = "E416"
    hint = "Check that it is the right file."


class BadTextError(PlumblineError):
    """A text table's characters or quotes could not be read."""

    code = "E417"
    hint = "Ask for the file as .xlsx, or as CSV in UTF-8."


class BadMappingError(PlumblineError):
    """A saved mapping cannot be read, or does not fit the file or the audit."""

    code = "E421"
    hint = "Make the mapping anew from the file, or correct it."


class NoFitError(PlumblineError):
    """The file lacks what the audit cannot do without."""

    code = "E422"
    hint = "Assign the column by hand, or choose another audit profile."


class WhichSurgeonError(PlumblineError):
    """The file holds the cases of several surgeons, and none was chosen."""

    code = "E423"
    hint = "Choose your own code in the column of surgeons."


class BadBenchmarkError(PlumblineError):
    """A benchmark pack cannot be read, or is not of this audit and its outcomes."""

    code = "E424"
    hint = "Choose the benchmark pack that the same audit gave out."


class RevokedBenchmarkError(PlumblineError):
    """The certificate that signed a benchmark pack has been revoked by its audit."""

    code = "E427"
    hint = "Ask the audit for a pack that it signed with a certificate in force."


class BadSummaryError(PlumblineError):
    """Figures typed from a summary contradict one another."""

    code = "E425"
    hint = "Check the figures against the summary they were copied from."


class NothingToImportError(PlumblineError):
    """No row of the file could be read as a case."""

    code = "E426"
    hint = "Look at the marked problems; often the date column or the surgeon is another."


# --- E5: numbers -------------------------------------------------------------------------------


class BadNumberError(PlumblineError):
    """A count, an expected number or a risk lies outside what the definition allows."""

    code = "E501"
    hint = "Check the numbers that were given."


class NoAnswerError(PlumblineError):
    """The statistic is not defined for these numbers."""

    code = "E502"
    hint = "More data, or another method, is needed."


# --- E6: files ---------------------------------------------------------------------------------


class ReadFailedError(PlumblineError):
    """A file could not be read."""

    code = "E601"
    hint = "Check that the file exists and that you may open it."


class WriteFailedError(PlumblineError):
    """A file could not be written; what was there before is unchanged."""

    code = "E602"
    hint = "Check that the folder exists, is not full and may be written to."


class TooLargeError(PlumblineError):
    """A file is larger than Plumbline reads."""

    code = "E603"
    hint = "Check that it is the right file."


class NotFlushedError(WriteFailedError):
    """A change of a file is made, but could be undone by a loss of power."""

    code = "E604"
    hint = "Do not rely on this drive; keep a copy on another."


# --- E7: vault and journal ---------------------------------------------------------------------


class NoVaultError(PlumblineError):
    """The folder holds no vault, or a part without which it cannot be unlocked is absent."""

    code = "E701"
    hint = "Choose the vault's folder, or restore the vault from its exported file."


class VaultExistsError(PlumblineError):
    """The folder already holds a vault."""

    code = "E702"
    hint = "Unlock that vault, or choose an empty folder."


class NewerVaultError(PlumblineError):
    """The vault was written by a newer version."""

    code = "E703"
    hint = "Look for a newer version of Plumbline; nothing was changed."


class DamagedVaultError(PlumblineError):
    """A part of the vault was altered or cut short."""

    code = "E704"
    hint = "Restore the vault from its exported file into an empty folder."


class VaultLockedOutError(PlumblineError):
    """The passphrase or recovery secret does not open the vault."""

    code = "E705"
    hint = "Check it, or use the recovery secret from the printed page."


class OtherSurgeonError(PlumblineError):
    """The extract is for another GMC number; `words` shows both and never goes to a log."""

    code = "E706"
    hint = "Ask the audit office for your own extract, or open this one without keeping it."

    def __init__(self, vault_gmc: str, extract_gmc: str) -> None:
        super().__init__("The extract is for another GMC number than the vault.")
        self.words = f"The vault is for GMC number {vault_gmc}, the extract for {extract_gmc}."


class ReadOnlyVaultError(PlumblineError):
    """The vault is open for reading only."""

    code = "E707"
    hint = "Close Plumbline where the vault is open already, then lock and unlock it here."


class MissingJournalError(PlumblineError):
    """The journal is absent, and none is begun unasked."""

    code = "E708"
    hint = "Put the journal back, restore the vault, or choose to begin a new journal."


class JournalChangedError(PlumblineError):
    """The journal's file was changed by something else since it was opened."""

    code = "E709"
    hint = "Lock and unlock the vault, then write the last change again."


class BadBackupError(PlumblineError):
    """The file is not a vault that Plumbline exported."""

    code = "E710"
    hint = "Choose a file that Export vault wrote."


class KeysInTheMakingError(PlumblineError):
    """The vault's keys are being made anew; nothing else is written meanwhile."""

    code = "E712"
    hint = "It takes a few seconds. What you typed stays here and is saved then."


class NotKeptError(PlumblineError):
    """The vault does not hold that extract."""

    code = "E711"
    hint = "Open the file the audit office sent once more."


# --- E8: use -----------------------------------------------------------------------------------


class UsageError(PlumblineError):
    """The command line asks for something that does not exist."""

    code = "E801"
    hint = "`plumb --help` lists what there is."


# --- E9: what leaves, and what a receiver verifies -----------------------------------------------


class DamagedEvidenceError(PlumblineError):
    """The evidence of an export could not be read."""

    code = "E901"
    hint = "Ask the sender for the document as Plumbline made it."


class DocumentTooLargeError(PlumblineError):
    """The printed document is larger than portals take."""

    code = "E910"
    hint = "Choose fewer outcomes, or leave long notes out."


class BadNotesError(PlumblineError):
    """The file of notes is not of the agreed shape."""

    code = "E911"
    hint = "Correct it as docs/exports.md describes, and try again."


class BadSealError(PlumblineError):
    """The seal of an export is broken, or is not written as Plumbline writes it."""

    code = "E920"
    hint = "Ask the sender for the document as Plumbline made it."


class SigningError(PlumblineError):
    """A document could not be signed."""

    code = "E921"
    hint = "Make the document again; if this happens again, tell whoever looks after Plumbline."


class RefusedDocumentError(PlumblineError):
    """A document is not one that Plumbline makes, or holds what may act; it was not looked into."""

    code = "E922"
    hint = "Do not open it elsewhere; ask the sender for the document as Plumbline made it."


class CheckLimitError(PlumblineError):
    """A document would take more time or memory to check than one is given."""

    code = "E923"
    hint = "Do not open it elsewhere; ask the sender for the document as Plumbline made it."


class BadMemoryError(PlumblineError):
    """The file of signing certificates seen before could not be understood."""

    code = "E924"
    hint = "Put the file back from a copy, or remove it to begin anew."


class NoQueriesError(PlumblineError):
    """There is no correction request to write down."""

    code = "E931"
    hint = "Draft a request in a case's panel first."


class NoRecipientError(PlumblineError):
    """Nothing tells for whom the correction requests are to be encrypted."""

    code = "E932"
    hint = "Choose a password; tell it to the audit by another route."


class NamesCasesError(PlumblineError):
    """A workbook that names cases would be written unencrypted."""

    code = "E933"
    hint = "End the name in .xlsx.age, or confirm that it stays unencrypted and keep it safe."


class MixedSurgeonsError(PlumblineError):
    """Extracts of more than one GMC number would stand in one document."""

    code = "E941"
    hint = "Choose extracts of one surgeon alone."


class NoDecisionError(PlumblineError):
    """There is no publication decision to write down."""

    code = "E942"
    hint = "Make a decision on the Publication screen first, or give it in the file of notes."
