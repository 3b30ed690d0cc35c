/** Why files that a page names may be missing. */
export const GONE = "its files could not be loaded; if the course was updated, reload the page";
