import { type Document, isMap } from 'yaml';
import { readYaml } from '../yaml-file';

/**
 * Time until a reminder or an escalation, as in `campaign.yaml`: one of the two
 * units.
 */
export interface WrittenPatience {
  readonly hours?: number;
  readonly businessDays?: number;
}

/**
 * Number of clicks that make a lead.
 * Without links or days, any count.
 */
interface WrittenClicks {
  readonly count?: number;
  readonly links?: readonly string[];
  readonly withinDays?: number;
}

/** `leads:` of `campaign.yaml`. */
export interface WrittenLeads {
  readonly clicks?: WrittenClicks;
  readonly remind?: WrittenPatience;
  readonly escalate?: WrittenPatience;
}

/** Defaults of the compiler. */
export const LEAD_DEFAULTS = { remind: { hours: 24 }, escalate: { hours: 72 } } as const;

/** The lead rule; empty if the file cannot be read. */
export function readLeads(campaign: string): WrittenLeads {
  const file = readYaml(campaign);
  const leads = file.ok ? file.document.get('leads') : undefined;
  return isMap(leads) ? (leads.toJSON() as WrittenLeads) : {};
}

/**
 * Sets a part of the rule.
 * Null removes it, and the rule with its last part.
 */
export function writeLeads(document: Document, part: keyof WrittenLeads, value: unknown): void {
  if (value !== null) document.setIn(['leads', part], document.createNode(value, { flow: true }));
  else if (document.hasIn(['leads', part])) document.deleteIn(['leads', part]);
  const leads = document.get('leads');
  if (isMap(leads) && leads.items.length === 0) document.delete('leads');
}

/**
 * Whether both use the same unit and the escalation is not later.
 * The compiler refuses that.
 */
export function isOutOfOrder(remind: WrittenPatience, escalate: WrittenPatience): boolean {
  if (remind.hours !== undefined && escalate.hours !== undefined) return escalate.hours <= remind.hours;
  if (remind.businessDays === undefined || escalate.businessDays === undefined) return false;
  return escalate.businessDays <= remind.businessDays;
}
