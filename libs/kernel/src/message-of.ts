/**
 * @returns the message of a caught value: that of an `Error`, or the value
 *   itself as text.
 */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
