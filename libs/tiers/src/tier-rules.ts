import type { Tier } from '#contracts';
import { DomainError, type ProgrammeId } from '#kernel';
import { type PartnerAttribute, requireUsableConditions, traitKey } from '#organisations';

/** The rules of a programme's tiers, in one version. */
export interface TierRules {
  readonly programmeId: ProgrammeId;
  /** From 1; 0: none were saved. */
  readonly version: number;
  /** The highest first. */
  readonly tiers: readonly Tier[];
  readonly graceDays: number;
  readonly isOn: boolean;
  readonly savedBy: string | null;
  readonly savedAt: Date | null;
}

/** The first day that a period counts. */
export function periodStart({ unit, count }: Tier['rule']['period'], today: string): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  if (unit === 'quarters') return isoDay(year, month - 1 - ((month - 1) % 3) - 3 * count, 1);
  const lastDay = new Date(Date.UTC(year, month - count, 0)).getUTCDate();
  return isoDay(year, month - 1 - count, Math.min(day, lastDay));
}

/** @param month from 0; it may lie before January. */
const isoDay = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** Tiers as `tiers.measure` takes them. */
export const ranksOf = (tiers: readonly Tier[], today: string): string =>
  JSON.stringify(
    tiers.map(({ name, rule: { period, facts, conditions } }) => ({
      name,
      from: periodStart(period, today),
      facts,
      conditions,
    })),
  );

/**
 * @param attributes of the vendor.
 * @throws DomainError `tier-rules.name-twice`, `.lowest-needs`,
 *   `.needs-nothing`, `.fact-twice`; `partner-group.condition-invalid` for a
 *   condition.
 */
export function requireUsableTiers(tiers: readonly Tier[], attributes: readonly PartnerAttribute[]): void {
  const byId = new Map(attributes.map((one) => [one.id, one]));
  for (const [at, { name, rule }] of tiers.entries()) {
    const isLowest = at === tiers.length - 1;
    const needs = rule.facts.length + rule.conditions.length;
    if (tiers.slice(0, at).some((other) => traitKey(other.name) === traitKey(name)))
      throw invalid('tier-rules.name-twice', `tiers[${at}].name`, name);
    if (isLowest && needs > 0) throw invalid('tier-rules.lowest-needs', `tiers[${at}].rule`, name);
    if (!isLowest && needs === 0) throw invalid('tier-rules.needs-nothing', `tiers[${at}].rule`, name);
    if (new Set(rule.facts.map(({ fact }) => fact)).size < rule.facts.length)
      throw invalid('tier-rules.fact-twice', `tiers[${at}].rule.facts`, name);
    requireUsableConditions(rule.conditions, byId, `tiers[${at}].rule`);
  }
}

const SENTENCES = {
  'tier-rules.name-twice': (name: string) => `Two tiers are called "${name}". Give each a name of its own.`,
  'tier-rules.lowest-needs': (name: string) =>
    `The lowest tier, "${name}", is for all others, so it needs nothing. Remove its requirements, or add a tier below it.`,
  'tier-rules.needs-nothing': (name: string) =>
    `"${name}" needs nothing, so no partner would ever get a tier below it. Add a requirement, or make it the lowest tier.`,
  'tier-rules.fact-twice': (name: string) => `The rule of "${name}" counts the same fact twice. Keep one of them.`,
} as const;

const invalid = (code: keyof typeof SENTENCES, field: string, tier: string): DomainError =>
  new DomainError(code, SENTENCES[code](tier), { field, tier });
