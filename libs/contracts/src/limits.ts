// Numbers that a screen says before anybody is asked. Here, where no schema is: a screen that needs one loads no schemas with it.

/** Days by which a running activation is put off at most: longer than a holiday or an embargo; what rests longer is better launched anew. */
export const MAX_POSTPONEMENT_DAYS = 60;
/** Days over which an organisation's own frequency cap counts at most. */
export const MOST_CAP_DAYS = 30;
