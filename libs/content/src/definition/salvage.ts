import type { z } from 'zod';
import { type CampaignDefinition, campaignSchema } from './campaign-definition.js';

/** Stand-ins for what cannot be used, so that masters and catalogues are looked at all the same. They reach nobody. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  format: 'throughline/campaign@1',
  name: 'unnamed',
  title: {},
  summary: {},
  theme: 'none',
  brand: {
    defaults: {
      primary: '#000000',
      onPrimary: '#ffffff',
      secondary: '#ffffff',
      onSecondary: '#000000',
      link: '#000000',
    },
  },
  locks: ['none'],
  emails: {},
  sequence: { window: { from: '09:00', to: '17:00', weekdays: ['mon'] }, steps: [{ key: 'none', email: 'none' }] },
};
const SECTIONS_OF_NAMES = ['links', 'emails', 'pages', 'documents', 'social', 'slots'];

/**
 * Takes out of a definition what its issues complain about. An author who mistyped one field of `campaign.yaml` learns
 * about the script in an e-mail in the same answer.
 * @returns null where too little is left, as without locales.
 */
export function salvage(value: unknown, issues: readonly z.core.$ZodIssue[]): CampaignDefinition | null {
  if (typeof value !== 'object' || value === null) return null;
  const rest = structuredClone(value) as Record<string, unknown>;
  let open = issues;
  // What is taken away may uncover issues of what stays: a few rounds settle it.
  for (let round = 0; round < 3; round += 1) {
    for (const issue of open) takeOut(rest, issue);
    const parsed = campaignSchema.safeParse(rest);
    if (parsed.success) return parsed.data;
    open = parsed.error.issues;
  }
  return null;
}

function takeOut(rest: Record<string, unknown>, issue: z.core.$ZodIssue): void {
  const [section, name] = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const around = issue.path.reduce<unknown>((node, part) => (isRecord(node) ? node[String(part)] : undefined), rest);
    if (isRecord(around)) for (const key of issue.keys) Reflect.deleteProperty(around, key);
    return;
  }
  if (section === undefined) return;
  const inSection = rest[section];
  if (SECTIONS_OF_NAMES.includes(section) && name !== undefined && isRecord(inSection))
    Reflect.deleteProperty(inSection, name);
  else if (section in STAND_INS) rest[section] = structuredClone(STAND_INS[section]);
  else Reflect.deleteProperty(rest, section);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
