"""What is said of the columns of surveys, in English; see api/phrases.py."""

from api.words import N_

COLUMNS = (
    N_("the columns are read as people chose"),
    N_("a person said so"),
    N_("another column tells it"),
    N_("an option of a column that holds them all"),
    N_("its name says who answered"),
    N_("its name says language"),
    N_("its name is one that survey tools add"),
    N_("its name and values are dates"),
    N_("its name says personal data"),
    N_("nobody answered"),
    N_("its values look like personal data"),
    N_("its values are web addresses"),
    N_("its values are dates"),
    N_("an option that was ticked"),
    N_("0 to 10 and asks about recommending"),
    N_("its values are numbers"),
    N_("several choices in a cell"),
    N_("answers from a scale"),
    N_("asks for a characteristic, answers are short"),
    N_("answers are long and differ"),
    N_("some answers are sentences"),
    N_("asks openly and answers differ"),
    N_("answers are short or the same few"),
    N_("Give every column of the survey a role, once."),
    N_("The original of this file is not kept, so its columns stay as they are."),
    N_("This file is not a survey; only surveys have columns to choose."),
    N_(
        "{}: no column holds answers in people's own words (columns: {}); add the open "
        "answers, or for a table about participants a column `participant` with unique "
        "names or codes"
    ),
)
