"""What the engine says in English, so that the pages can say it in their language.

A gap is written `{}`: whatever fills it is translated too, if it is a phrase of these.
A phrase that is not here is shown as it is, marked as English.
"""

import re
from collections.abc import Callable
from functools import cache

from api.column_phrases import COLUMNS
from api.format_phrases import FORMATS
from api.measure_phrases import MEASURING
from api.privacy_phrases import PRIVACY
from api.reading_phrases import READING
from api.words import N_

PHRASES = (
    *READING,
    *COLUMNS,
    *MEASURING,
    *FORMATS,
    *PRIVACY,
    N_("row {}"),
    N_("line {}"),
    N_("column {}"),
    N_("page {}"),
    N_("{}: the same bytes as {}; counted once"),
    N_(
        "{} statements are in a language other than Dutch or English ({}): kinds, stages "
        "and themes are unreliable there; a multilingual language model helps the themes."
    ),
    N_(
        "Models that suit other languages: {}. Fetch one once, for instance with '{}', and "
        "give its folder as the encoder."
    ),
    N_("Dutch, English"),
    N_("about 100 languages"),
    N_("about 50 languages"),
    N_("No file could be used. {}"),
    N_("No files were given."),
    N_(
        "Nobody who is a participant says anything in these files. Check who is marked "
        "as interviewer, and whether the files hold more than attributes."
    ),
    N_("added by transcription software"),
    N_("not speech"),
    N_("a non-answer"),
    N_("a rating without words"),
    N_("the same as {}"),
    N_("not a real answer ({})"),
    N_("a duplicate of an earlier row"),
    N_("a summary made by software, not what people said"),
    N_("a remark of the researcher"),
    N_("a heading"),
    N_("before the first turn"),
    N_("facts about the file"),
    N_("no speakers are named; everything is read as one voice"),
    N_("no header row; columns are numbered"),
    N_("a title above the table is skipped"),
    N_("personal columns dropped: {}"),
    N_("columns of the survey tool ignored: {}"),
    N_("ratings in `{}` go beyond 5 and are not used; write them with their scale, such as 8/10"),
    N_("only the sheet {} is read, not: {}"),
    N_("encoding guessed: {}; check that accents look right"),
    N_("encoding guessed: {}"),
    N_("{} lines are not valid JSON and were skipped (line {})"),
    N_("{} of {} cues have a time that cannot be read (line {})"),
    N_("{} tables in the document not read"),
    N_("1 table in the document not read"),
    N_("speaks in {} of {} interviews"),
    N_("a formula or an error"),
    N_("looks like a formula"),
    N_("a name cannot be empty"),
    N_("longer than {} characters"),
    N_("no pain point of this study has this id"),
    N_("it is hidden"),
    N_("it is no pain point"),
    N_("the same id as {}"),
    N_("asks too, and speaks in {} of {} interviews"),
    N_("only {} short turns beside the others"),
    N_("labelled {}, who asks"),
    N_("labelled {}, who answers"),
    N_("asks in {} of {} turns"),
    N_("no speakers are named; more is told than asked"),
    N_("no interviewer was found; nobody asks more than the others"),
    N_("decided by a person"),
    N_("the only voice in the file"),
    N_("no speakers are named and most of it asks"),
    N_("labelled as the interviewer"),
    N_("labelled as a participant"),
    N_("labelled as an observer"),
    N_("answers the interviewer"),
    N_("opens the talk and thanks the other"),
    N_("the same file as {}, which is in the study already"),
    N_("the file is empty; export it again and check its size"),
    N_(
        "the file is larger than the limit of {} MB; split it, or leave out what is not "
        "text (sound, images)"
    ),
    N_("unpacked, the file is larger than the limit of {} MB; save only the text in a new file"),
    N_("this is not {}: it begins like {}; save it as {} again"),
    N_("{} that is damaged or cut off; open it, save it again and retry"),
    N_("the file is {}; export the words as text or a table"),
    N_(
        "the file holds XML entities, which no Office program writes; open it in Word or "
        "Excel and save it again"
    ),
    N_("the table has more than {} rows; split it over several files"),
    N_("the table breaks off ({}); check its quotation marks"),
    N_("the table has a header but no rows; export the answers again"),
    N_("every sheet is empty; export the answers again"),
    N_("no subtitle in it has a time that can be read; export the transcript again"),
    N_("no column `text` holds what was said"),
    N_("it is not valid JSON and not JSON Lines; export it again"),
    N_("this JSON holds no list of reviews; export a table"),
    N_(
        "no reviews are found in it; name the fields `text` and `rating`, or export a "
        "transcript as VTT, SRT, text or Word"
    ),
    N_("this is a list of issues of a team, not of answers"),
    N_(
        "no column holds answers in people's own words (columns: {}); add the open "
        "answers, or for a table about participants a column `participant` with unique "
        "names or codes"
    ),
    N_(
        "no speakers were found in it; begin each turn with a name and a colon, such as "
        "`Interviewer:` and `Participant 7:`"
    ),
    N_("nobody says anything in it; export it again and check that it holds the words"),
    N_(
        "nobody says anything in it ({} lines or answers set aside); export it again and "
        "check that it holds the words"
    ),
    N_("it is {}; {}"),
    N_("its format is not known; these are read: {}"),
    N_("its format is not known; {}"),
    N_("these are read: {}"),
    N_(
        "WebVTT and SRT subtitles, JSON of Whisper, AssemblyAI, Deepgram and Rev, oTranscribe"
        " (.otr), ELAN (.eaf), CHAT (.cha), label tracks (.aud), transcripts as text, "
        "Markdown, Word (.docx), OpenDocument (.odt), rich text (.rtf), PDF with text or a "
        "web page (.html), surveys, reviews and participants as CSV, TSV, Excel (.xlsx) or "
        "OpenDocument (.ods), reviews, Zendesk tickets and Intercom conversations as JSON "
        "Lines or JSON, a REFI-QDA project (.qdpx), a zip of these"
    ),
    N_("save it as .xlsx or CSV"),
    N_("save it as .docx"),
    N_("save it as a web page with only HTML"),
    N_("save the words as .txt"),
    N_("unpack it and add the files inside"),
    N_("a PNG image"),
    N_("a JPEG image"),
    N_("a GIF image"),
    N_("a PDF"),
    N_("a rich text (RTF) file"),
    N_("an old Office file (.doc or .xls)"),
    N_("a program"),
    N_("an MP3 sound file"),
    N_("a sound file"),
    N_("a sound, video or image file"),
    N_("a video file"),
    N_("a database"),
    N_("a zip file"),
    N_("a video or sound file"),
    N_("something else"),
    N_("not a text file"),
    N_("a Word file (.docx)"),
    N_("an Excel file (.xlsx)"),
    N_("an OpenDocument text (.odt)"),
    N_("an OpenDocument sheet (.ods)"),
    N_("a rich text file (.rtf)"),
    N_("this is not {}; open it in a word processor and save it again"),
    N_("this is not {}; save it as .docx or .txt"),
    N_("it is locked with a password; open it, save it without one and retry"),
    N_("it is locked; print it to a new PDF, or save the words as .docx or .txt"),
    N_(
        "its pages are pictures without text; have the text recognised (OCR) first, or save "
        "the words as .docx or .txt"
    ),
    N_("it has more than {} pages; split it"),
    N_("it holds more text than a conversation; split it"),
    N_("its sheets have more cells than a survey can; save only the answers"),
    N_("a web page of more than {} MB is not read; save its words as .txt"),
    N_("the page holds no words; save it again from the browser"),
    N_("a header, footer or page number"),
    N_("{} of {} pages hold no text"),
    N_("menus, forms and footers of the page not read"),
    N_("a zip file that is damaged or cut off; pack the files again and retry"),
    N_("the zip holds no files; pack them again"),
    N_("the zip holds more than {} files; split it over several"),
    N_(
        "unpacked, the zip is larger than the limit of {} MB; leave out what is not text "
        "(sound, images)"
    ),
    N_("it is a zip inside a zip; unpack it and add the files inside"),
    N_("it cannot be unpacked; pack the files again, or unpack it and add the files inside"),
    N_("the zip is locked with a password; unpack it and add the files inside"),
    N_("it is a link to another file; add that file itself"),
    N_("it is packed more than {} times smaller than it is; unpack it and add the files inside"),
    N_("Give the theme a name."),
    N_("Give the persona a name."),
    N_("Give the study a name."),
    N_("The run was cancelled; earlier results are as they were."),
    N_("The run was cancelled; the earlier results are as they were."),
    N_("The run was interrupted. Run it again."),
    N_("The run was cut off and cannot go on; nothing was lost, run it again."),
    N_(
        "Something went wrong on our side. Nothing was lost: run it again; if it fails "
        "again, the log tells more."
    ),
    N_("Something went wrong on our side. The log tells more."),
    N_("Runs cannot be started now: the server is closing down."),
    N_("No refused file of that name is on the list."),
    N_("This file is not in the study; it may have been removed already."),
    N_("This file is not in the study; it may have been removed."),
    N_("This study is being analysed; wait for it or cancel it, then remove."),
    N_("This study is being analysed already; wait for it or cancel it."),
    N_("This study has no such decision."),
    N_("This decision has been taken back already."),
    N_("This study has no files to analyse yet; add some first."),
    N_("This study has no results yet; add files and run the analysis."),
    N_("This study has no statement {}; it may be of an earlier run."),
    N_("This study has no source {}; it may have been removed."),
    N_("This study has no participant {}."),
    N_("This study has no theme {}; it may be of an earlier run."),
    N_("This study has no persona {}; it may be of an earlier run."),
    N_("This study has no journey map for that persona."),
    N_("Give the address of the board, such as miro.com/app/board/uXjV…=/"),
    N_("Give the token of your Miro app; it is kept nowhere."),
    N_("Say first that the map may go to {}."),
    N_("{} answered {}: {}. {}"),
    N_("{} cannot be reached ({}). {} Look at the board first."),
    N_("{} items stand on the board already."),
    N_("Nothing was placed."),
    N_("the token is wrong or has expired; make a new one"),
    N_("the token may not write on this board; it needs boards:write"),
    N_("it does not know this board, or the token may not see it"),
    N_("it is too busy, or the account's limit is reached; go on later"),
    N_("it is failing; look at the board before you try again"),
    N_("it did not take the items"),
    N_("This study has no such run."),
    N_("This study has no such score; its survey may have been removed."),
    N_("This table of metrics is not in the study; it may have been removed."),
    N_("There is no study {}; it may have been deleted."),
    N_("There is no run {}; its study may have been deleted."),
    N_("This page does not exist."),
    N_("Choose a file with your own stages, or take one of the given sets."),
)


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The phrases with gaps, the most telling first, each as what matches it."""
    gapped = sorted((p for p in PHRASES if "{}" in p), key=lambda p: -len(p))
    return tuple(
        (p, re.compile("(.+)".join(map(re.escape, p.split("{}"))), re.DOTALL)) for p in gapped
    )


def said(translate: Callable[[str], str], text: str) -> str | None:
    """What the engine said, translated; None when the catalogue does not know it."""
    if text in PHRASES:
        return translate(text)
    for phrase, pattern in patterns():
        filled = pattern.fullmatch(text)
        if filled:
            gaps = (said(translate, gap) or gap for gap in filled.groups())
            return translate(phrase).format(*gaps)
    return None
