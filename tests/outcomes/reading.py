"""The files read back with other libraries than they were written with."""

import io
import zipfile

import docx
import openpyxl
import pypdf


def words_in(form: str, file: bytes) -> str:
    """Everything that the file says, and everything that is packed into it."""
    match form:
        case "pdf":
            return text_of_pdf(file)
        case "docx" | "xlsx":
            with zipfile.ZipFile(io.BytesIO(file)) as packed:
                return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
        case _:
            return file.decode()


def text_of_pdf(file: bytes) -> str:
    """What a reader that knows no layout finds on all pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)


def book_of(file: bytes) -> openpyxl.Workbook:
    """A workbook, formulas as such."""
    return openpyxl.load_workbook(io.BytesIO(file))


def document_of(file: bytes) -> docx.document.Document:
    """A Word document."""
    return docx.Document(io.BytesIO(file))
