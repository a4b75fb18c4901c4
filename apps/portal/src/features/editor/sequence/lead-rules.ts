import { type Document, isMap } from 'yaml';
import { readYaml } from '../yaml-file';

/** How long a lead may lie, as `campaign.yaml` says it: one of the two. */
export interface WrittenPatience {
  readonly hours?: number;
  readonly businessDays?: number;
}

/** How many clicks make a lead; links and days left out mean any. */
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

/** What counts where a campaign says nothing. */
export const LEAD_DEFAULTS = { remind: { hours: 24 }, escalate: { hours: 72 } } as const;

/** The rule as it is written; nothing where the file cannot be read. */
export function readLeads(campaign: string): WrittenLeads {
  const file = readYaml(campaign);
  const leads = file.ok ? file.document.get('leads') : undefined;
  return isMap(leads) ? (leads.toJSON() as WrittenLeads) : {};
}

/** Writes a part of the rule; null takes it away, and the rule with its last part. */
export function writeLeads(document: Document, part: keyof WrittenLeads, value: unknown): void {
  if (value !== null) document.setIn(['leads', part], document.createNode(value, { flow: true }));
  else if (document.hasIn(['leads', part])) document.deleteIn(['leads', part]);
  const leads = document.get('leads');
  if (isMap(leads) && leads.items.length === 0) document.delete('leads');
}

/** Whether both are counted alike and the second does not come later: then the rule is refused. */
export function isOutOfOrder(remind: WrittenPatience, escalate: WrittenPatience): boolean {
  if (remind.hours !== undefined && escalate.hours !== undefined) return escalate.hours <= remind.hours;
  if (remind.businessDays === undefined || escalate.businessDays === undefined) return false;
  return escalate.businessDays <= remind.businessDays;
}
