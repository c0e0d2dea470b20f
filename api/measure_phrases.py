"""What is said of tables of metrics and scores, in English; see api/phrases.py."""

from api.words import N_

MEASURING = (
    N_("table {}, row {}"),
    N_("the name of the column says so"),
    N_("the first column with figures"),
    N_("the first column with words"),
    N_("its cells are dates or periods"),
    N_("it has a column for the metric and one for its value"),
    N_("it has a column for the metric"),
    N_("the names of its columns are periods"),
    N_("each metric has a column of its own"),
    N_("the figures show it"),
    N_("the figures can be read two ways; check them"),
    N_("the stages of this study list it there"),
    N_("the table says so"),
    N_("its name is not one that is known"),
    N_("usual for this metric"),
    N_("no stage is like its usual one"),
    N_("not a number"),
    N_("no metric is named beside it"),
    N_("its period cannot be read; write it as 2026-03"),
    N_("there are several figures for one period; add a row of totals"),
    N_("a rate of days cannot be added up; export it by month"),
    N_("no table with a header and rows is in it; export it again"),
    N_(
        "no column with figures is in it; give columns `metric` and `value`, or a column for "
        "each metric"
    ),
    N_("a table of metrics has at most {} rows and {} columns; export totals by month"),
    N_("the period cannot be read; write it as 2026-03, 2026-Q1 or 2026-01-01/2026-01-31"),
    N_("{}: no table with a header and rows is in it; export it again"),
    N_(
        "{}: no column with figures is in it; give columns `metric` and `value`, or a column for "
        "each metric"
    ),
    N_("{}: a table of metrics has at most {} rows and {} columns; export totals by month"),
    N_("{}: the period cannot be read; write it as 2026-03, 2026-Q1 or 2026-01-01/2026-01-31"),
    N_("{}: these columns give no figures; choose others"),
    N_("{}: the file is empty; export it again and check its size"),
    N_(
        "{}: the file is larger than the limit of {} MB; split it, or leave out what is not "
        "text (sound, images)"
    ),
    N_("choose the column with the metric and the one with its value"),
    N_("choose the column with the metric and those of the periods"),
    N_("choose at least one column with figures"),
    N_("these columns give no figures; choose others"),
    N_("it asks about recommending, from 0 to 10"),
    N_("its name says NPS, and the answers run from 0 to 10"),
    N_("it asks about recommending, and the answers run from 0 to 10"),
    N_("it asks about satisfaction, answered in words"),
    N_("it asks about satisfaction, from 1 to {}"),
    N_("it asks about satisfaction, and the answers run from 1 to {}"),
)
