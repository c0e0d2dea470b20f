"""What the readers of machine transcription and research tools say in English."""

from api.words import N_

READING = (
    N_("{} of {} pieces name no speaker; they are read as a voice of their own"),
    N_("no segments with words and times are in it; export it again"),
    N_("no utterances or words are in it; export it again"),
    N_("its transcription is not done (status: {}); fetch it again when it is completed"),
    N_("no channels with words are in it; export it again"),
    N_("no monologues with words are in it; export it again"),
    N_("tiers that hang on another not read: {}"),
    N_("tiers with codes from a list not read: {}"),
    N_("an ELAN file (.eaf)"),
    N_("{} of more than {} MB is not read; export the tiers as text or subtitles"),
    N_("the file holds XML entities, which ELAN never writes; save it in ELAN again"),
    N_("this is not a file of oTranscribe; export it again as .otr or text"),
    N_("its text is larger than the limit of {} MB; split it"),
    N_("the transcript is empty; export it again"),
    N_("no lines of speech, such as `*P01:`, are in it; check it with CLAN and save it"),
    N_("codes of CHAT removed from the words: {}"),
    N_("lines of CHAT below the words not read: {}"),
    N_("no lines with two times and words are in it; export it"),
    N_("no messages of a chat are in it; save the chat of Zoom again"),
    N_("a quote of an earlier message"),
    N_("a summary, not what people said"),
    N_("it holds a summary made by software and no transcript; export the transcript itself"),
    N_("{} interviews in one file, their voices told apart: {}"),
)
