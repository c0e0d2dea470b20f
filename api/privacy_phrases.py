"""What the engine says about privacy, in English, for the pages to translate."""

from api.words import N_

PRIVACY = (
    # what went with a person, by place
    N_("statements"),
    N_("themes"),
    N_("personas"),
    N_("second coder's answers"),
    N_("vectors"),
    N_("decisions"),
    N_("name proposals"),
    N_("codebook examples"),
    N_("analyses"),
    N_("sources"),
    N_("passages"),
    N_("participant rows"),
    N_("placeholders"),
    N_("uploads"),
    N_("run records"),
    N_("refused files"),
    N_("exports"),
    # what can go wrong
    N_("Tick that you are sure, then erase."),
    N_("This study is being analysed; wait for it or cancel it, then erase."),
    N_("This study is being analysed; wait for it or cancel it, then choose."),
    N_("Choose one of {}, or none."),
    N_("{} is not a date; write it as 2027-01-31."),
    N_("Nothing that was found has that id; it may have been given back."),
    N_("Give the words as they stand there, two letters at least."),
    N_("These words stand in no file, or were taken out already."),
    N_("This was decided already."),
    N_(
        "The key file {} is gone, and without it what was kept as it came cannot be read. "
        "Put the file back, or say with KLANTBEELD_KEY_FILE where it is. Results that are there "
        "stay; files whose key is lost for good can be removed and added again."
    ),
    N_(
        "The key in {} is not the one that this was encrypted with, or the data was changed. "
        "Put the file back, or say with KLANTBEELD_KEY_FILE where it is. Results that are there "
        "stay; files whose key is lost for good can be removed and added again."
    ),
)
