"""Every code a diagnostic can carry, with its severity and what it means.

The letter names the room that finds it: W workspace files and settings, M Markdown, V values, D data, E
exhibits, R cross-references and numbering, P pictures, T templates, O output.
"""

from __future__ import annotations

from papergen.diagnostics import Code, Severity


def _error(id: str, meaning: str) -> Code:
    return Code(id, Severity.ERROR, meaning)


def _warning(id: str, meaning: str) -> Code:
    return Code(id, Severity.WARNING, meaning)


def _note(id: str, meaning: str) -> Code:
    return Code(id, Severity.NOTE, meaning)


# Workspace files and settings
FILE_MISSING = _error("W101", "a file or folder that the workspace must have is not there")
FILE_UNREADABLE = _error("W102", "a file cannot be read")
FILE_OUTSIDE = _error("W103", "a path leads outside the workspace")
FILE_ENCODING = _error("W104", "a text file is not UTF-8 or holds control characters")
FILE_TOO_LARGE = _error("W105", "a file is larger than anything a paper can need")
FILE_NAME = _error("W106", "a file or folder in a paper's folder has a name that gives no order")
FILE_UNUSED = _error("W107", "a file or folder stands where no paper takes it up")
NUMBER_TOO_LONG = _error("W108", "a number has more digits than any number in a paper")
YAML_SYNTAX = _error("W110", "settings or front matter are not valid YAML")
SETTING_UNKNOWN = _error("W111", "a settings file or front matter has a key that papergen does not know")
SETTING_MISSING = _error("W112", "a setting that is needed is not given")
SETTING_INVALID = _error("W113", "a setting has a value that cannot be used")
SETTING_CUT = _error("W114", "words after a # in a setting would be lost")
SETTING_CURLY = _warning("W115", "a setting stands between curly quotation marks, which settings do not have")
OBJECTIVE_TWICE = _error("W120", "two files stand for the same objective")
OBJECTIVE_UNKNOWN = _error("W121", "a file stands for an objective that the plan does not have")
OBJECTIVE_WITHOUT_FILE = _warning("W122", "the report has no file for one of the plan's objectives")
AIM_UNKNOWN = _error("W123", "front matter names an aim that the plan does not have")
MEETING_DATE = _error("W124", "a meeting's date is not that of its folder, or does not fit the other dates")
PERIOD_NOT_OVER = _warning("W131", "the reporting period is not over on the day of the meeting")
TEMPLATE_OWN = _warning("W132", "the workspace has templates, but not this one, so that papergen's own is used")
REVIEWED_LATER = _warning("W133", "a file is marked as reviewed after the day of the meeting")
NOT_REVIEWED = _warning("W130", "a file has not been marked as reviewed for this meeting")
CALENDAR_BEYOND = _warning(
    "W140", "a meeting lies in a year whose bank holidays are not published, or not in the table"
)
CALENDAR_OLD = _warning("W141", "the table of bank holidays is a year old or older")

# Markdown
RAW_HTML = _error("M101", "Markdown holds raw HTML")
UNSUPPORTED = _error("M102", "Markdown holds something that a paper cannot show")
HEADING_LEVEL = _error("M103", "a heading skips a level or stands where none may")
CAPTION_ALONE = _error("M104", "a caption has no table or figure beside it")
FOOTNOTE_UNDEFINED = _error("M105", "a footnote mark has no note, or a note has no mark")
DIRECTIVE_UNKNOWN = _error("M106", "a ::: block has a name that papergen does not know")
DIRECTIVE_SHAPE = _error("M107", "a block is not closed, or holds what it may not hold")
TABLE_SHAPE = _error("M108", "a table row has more or fewer cells than its header")
TOO_DEEP = _error("M109", "lists, quotations or boxes are nested too deeply")
LINK_ADDRESS = _error("M110", "a link has an address that cannot be followed from a paper")
EMPTY_SECTION = _warning("M111", "a heading has nothing under it")
ATTRIBUTE_UNKNOWN = _error("M112", "an attribute in braces is not known")
STRAY_MARKUP = _warning("M113", "a mark of Markdown would be printed as it stands")
LINK_DEFINITION = _error("M114", "the address of a link is given twice or never used")
FOOTNOTE_TWICE = _error("M115", "two footnotes have the same name")
LIST_NUMBERS = _warning("M116", "the numbers typed before the items of a list are not those that will be printed")
EMPTY_PART = _error("M117", "a list item, quotation, box or link has nothing in it")
WAIVER_SHAPE = _error("M119", "a waiver lacks its code, its reason or the block it is for")
WAIVER_UNUSED = _warning("M120", "a waiver lets nothing stand, or names no code")
UNMEANT_MARKUP = _warning("M121", "a sign in a text is a mark of Markdown, and hardly meant as one")
TOO_LONG = _error("M118", "a paragraph or front matter is longer than anything a paper can need")

# Values
VALUE_SYNTAX = _error("V101", "what stands between {{ and }} cannot be understood")
VALUE_UNKNOWN = _error("V102", "a name between {{ and }} is not known")
VALUE_FILTER = _error("V103", "a format after | is not known or does not fit the value")
VALUE_IMPOSSIBLE = _error("V104", "a number cannot be worked out from the data")
VALUE_BESIDE = _warning("V105", "a sign or digit is typed beside a value that has its own, or that it changes")

# Data
DATA_FILE = _error("D101", "a data file is empty, cut short or no table")
DATA_HEADER = _error("D102", "a data file lacks a column that is needed, or has one twice")
DATA_ROW = _error("D103", "a row of a data file has more or fewer cells than its header, or an empty one")
DATA_NUMBER = _error("D104", "a cell of a data file is not the number it should be")
DATA_PERIOD = _error("D105", "a cell of a data file does not name a month, quarter, year or day")
DATA_TWICE = _error("D106", "an observation stands in a data file twice")
DATA_GAP = _error("D107", "a series has no observation for a month or quarter between its first and its last")
DATA_AREA = _error("D108", "a data file names a policing area that the panel does not have")
DATA_NEGATIVE = _error("D109", "a count is negative")
DATA_FILTER = _error("D110", "a measure asks for words or columns that its data file does not have")
# A rule of the checks, told by “data check” too.
DATA_STOPS = _warning("C305", "the data of a measure stop before the reporting period ends")
DATA_UNUSED = _warning("D112", "no measure uses a data file")
STEP_SUGGESTED = _note("D115", "a series holds a new level, and nobody has adopted a step change")
SEASON_SUGGESTED = _note("D116", "a series follows the season, and its measure is not “seasonal”")
LEVEL_WANDERS = _note("D117", "the level of a series wanders, so that limits mark more than chance would bring")
MEASURE_UNKNOWN = _error("D114", "front matter or an exhibit names a measure that measures.yaml does not have")
FACT_TWICE = _error("D113", "two facts, or a fact and a measure, have the same id")
EXTRACT_UNREADABLE = _error("D201", "a file to import is no workbook or CSV file that can be read")
EXTRACT_SHEET = _error("D202", "the sheet to import is not there, or several sheets could be meant")
EXTRACT_SHAPE = _error(
    "D203", "a sheet to import has no periods with numbers under or beside them, or is laid out in another way"
)
EXTRACT_HEADING = _error("D204", "a heading of an extract is missing, stands there twice or is unclear")
EXTRACT_LABEL = _error("D205", "a row of an extract has no name, an unknown one or that of another row")
EXTRACT_VALUE = _error("D206", "a cell of an extract is empty, suppressed, or not the number it should be")
EXTRACT_TOTAL = _error("D207", "a total in an extract is not the sum of its months or rows")
EXTRACT_LEFT_OUT = _warning("D208", "a row or column of numbers in an extract is left out")
EXTRACT_GAP = _warning("D209", "an extract has no row for one of the policing areas")
EXTRACT_NOTE = _note("D210", "a row of text in an extract is taken as a note and left out")
EXTRACT_NAME = _warning("D212", "a name in an extract has the mark of a note, or seems to have one")
CONSTANT_NEAR = _warning("D213", "a word of --set is new in its column, and nearly one that stands there")
MERGE_COLUMNS = _error("D211", "the columns of an extract and of the data file it goes into do not fit")

# Exhibits
EXHIBIT_KIND = _error("E101", "a chart or table block asks for a kind that papergen does not know")
EXHIBIT_IMPOSSIBLE = _error("E102", "an exhibit cannot be made from the data")

SUMMARY_EMPTY = _error("E103", "a summary table has no topics")
SUMMARY_BLANK = _error("E104", "a cell of the summary is blank and does not say why")

LETTERS_MISPLACED = _warning("E108", "words of a chart are cut off at its edge, or lie on others")

WORKSPACE_CODE = _note("E105", "code of the workspace itself ran")
WORKSPACE_UNAGREED = _error("E107", "the workspace has code of its own, and whoever builds it has not agreed to it")
WORKSPACE_FAULT = _error("E106", "code of the workspace itself stopped")

# Cross-references and numbering
REFERENCE_UNKNOWN = _error("R101", "a cross-reference names an id that no paper has")
ID_TWICE = _error("R102", "two things have the same id")
NUMBER_TWICE = _warning("R103", "a number is typed where papergen prints its own, so that both would stand there")

# Pictures
PICTURE_MISSING = _error("P101", "a picture is not in the workspace")
PICTURE_UNREADABLE = _error("P102", "a file is not a PNG or JPEG picture that can be read")
PICTURE_ALTERNATIVE = _error("P103", "a picture has no alternative text")
PICTURE_TOO_LARGE = _error("P104", "a picture has more pixels than a page can show")
PICTURE_ADDRESS = _error("P105", "a picture is given by an address instead of a file of the workspace")

ATTACHMENT_UNREADABLE = _error("P106", "an appendix is no PDF file that can be handed out")
ATTACHMENT_CARRIES = _warning("P107", "an appendix holds files of data beside its pages")

# Templates
TEMPLATE_UNREADABLE = _error("T101", "a template cannot be opened")
TEMPLATE_SYNTAX = _error("T102", "a tag in a template is broken")
TEMPLATE_FIELD = _error("T103", "a template names a field that papergen does not know")
TEMPLATE_BODY = _error("T104", "a template has no place for the body of the paper, or it stands where it would be lost")
TEMPLATE_STYLE = _error("T105", "a Word template has a style that the paper needs as another kind of style")
TEMPLATE_RESOURCE = _error("T106", "a template, layout or stylesheet asks for something that is not the paper's own")
TEMPLATE_STYLESHEET = _error("T107", "the stylesheet or layout has something WeasyPrint does not understand")
TEMPLATE_FONT = _error("T108", "text of the PDF is set in a font of the machine, which other machines may not have")
TEMPLATE_ACCESS = _warning("T109", "a Word template has something that a screen reader cannot tell its reader")
TEMPLATE_PRIVATE = _error(
    "T110", "a Word template has comments, changes, hidden text or names, which papers would hand out"
)
TEMPLATE_BROUGHT = _note("T111", "a Word template lacks a style, list or part, and papergen brings its own")
TEMPLATE_LEFT_OUT = _note("T112", "something in a Word template is left out of papers, or is plain text in them")
TEMPLATE_FONT_INSTEAD = _note("T114", "a font of the Word template is not there, and another one stands in for it")
TEMPLATE_CONTRAST = _note("T115", "words of the Word template stand out too little, and have another colour")
TEMPLATE_LOOK = _note("T116", "something in the look of the Word template is another way in the PDF and the web page")
TEMPLATE_HEADING = _error("T113", "the own text of a Word template has a heading that papers could not have there")

# Output
OUTPUT_FAILED = _error("O101", "papers could not be written")
OWN_FAULT = _error("O110", "papergen itself is at fault, so that the papers cannot be shown")
NOT_SIGNED = _error("O109", "papers for publication were asked for, and an owner who must sign has not")
NOT_FINAL = _error("O107", "papers for publication were asked for, and there are warnings")
OUTPUT_LOST_TEXT = _error("O102", "text of the paper did not arrive in a file")
OUTPUT_UNWRITABLE = _error("O106", "the paper holds something that a Word file cannot hold")
WORD_ACCESS = _error("O108", "a Word paper has something that a screen reader cannot tell its reader")
LIBRARY_MISSING = _error("O103", "a library of the operating system that the PDF needs is not installed")
LETTER_MISSING = _error("O104", "the PDF's font does not hold a letter that the paper uses")
INK_OUTSIDE = _warning("O111", "words reach over the edge of a page or of a table cell in the PDF")
ROW_TOO_TALL = _warning("O112", "the headings or a row of a table fill a page of the PDF, and are not repeated")
HEADING_ALONE = _warning("O113", "a heading, caption or table header stands alone at the foot of a page of the PDF")
TABLE_TOO_WIDE = _error("O105", "a table is wider than the column it stands in")


def all_codes() -> tuple[Code, ...]:
    """Every code, in the order of their ids."""
    return tuple(sorted((code for code in globals().values() if isinstance(code, Code)), key=lambda code: code.id))
