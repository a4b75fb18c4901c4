// Limits that a screen shows before a request.
// No schemas here: a screen that needs a limit need not load them.

/**
 * Longest postponement of a running activation, in days: more than a holiday or
 * an embargo. For a longer pause, a new launch is better.
 */
export const MAX_POSTPONEMENT_DAYS = 60;
/** Days over which an organisation's own frequency cap counts at most. */
export const MAX_CAP_DAYS = 30;
