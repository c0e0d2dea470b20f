"""What the engine says of files from help desks and of projects, see api/phrases.py."""

from api.words import N_

READING = (
    N_("ticket {}, message {}"),
    N_("ticket {}, rating"),
    N_("conversation {}, message {}"),
    N_("conversation {}, rating"),
    N_("an agent's reply"),
    N_("an internal note"),
    N_("written by a bot or the system"),
    N_("it does not say who wrote it"),
    N_("quoted from an earlier message"),
    N_("a signature"),
    N_("a REFI-QDA project (.qdpx)"),
    N_("its text lies outside the project; export it again with the sources inside"),
    N_("its text is not in the project; export it again with the sources inside"),
    N_("a sound or video source without a transcript; export it again with its transcript"),
    N_("a picture in a project; only text is read"),
    N_("the project holds no sources; export it again with them"),
    N_("there is no project.qde in it; export the project again"),
    N_("the project holds XML entities, which no program of the standard writes; export it again"),
    N_("it is {}: a result, not a source; add the files that it was made of"),
    N_("an analysis that Klantbeeld wrote"),
    N_("a table of results that Klantbeeld wrote"),
    N_("labels that were taken along from Klantbeeld"),
    N_("it is not valid JSON and not JSON Lines; export it again"),
    N_("no tickets are found in it; export them again"),
    N_("no conversations are found in it; export them again"),
)
