/**
 * A condition of which PostgreSQL's planner believes half of all rows to fulfil it, for statements that find their rows by keys and only make
 * sure of their state. Statistics are taken when nothing is under way: by them no row is leased or pending, and a plan that begins with those
 * few meets thousands, each of which it compares with every key. No partial index serves such a condition.
 * @param condition SQL that is true, false or null.
 */
export const unestimated = (condition: string): string => `coalesce(${condition}, false)`;
