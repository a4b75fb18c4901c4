/**
 * A condition that PostgreSQL's planner takes to hold for half of all rows, for
 * statements that find rows by key and only check their state. Statistics are
 * taken at quiet times, when no row is leased or pending. A plan that starts
 * with these "few" rows meets thousands and compares each with every key. No
 * partial index serves such a condition.
 * @param condition SQL that is true, false or null.
 */
export const hiddenFromPlanner = (condition: string): string => `coalesce(${condition}, false)`;
