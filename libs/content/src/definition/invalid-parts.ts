import { TACTIC_SECTIONS } from '#contracts';
import type { z } from 'zod';
import { type CampaignDefinition, campaignSchema } from './campaign-definition.js';

/**
 * Placeholder for a lock name or a catalogue key. Never reported as missing.
 */
export const PLACEHOLDER = 'unread';

/**
 * Placeholders for invalid values, so that templates and catalogues can be
 * checked. They are never published.
 */
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
  locks: [PLACEHOLDER],
  emails: {},
  sequence: { window: { from: '09:00', to: '17:00', weekdays: ['mon'] }, steps: [{ key: 'none', email: 'none' }] },
};
/**
 * Placeholders for sections of named entries. The name stays known, so that it
 * is not reported as missing.
 */
const NAMED_STAND_INS: Readonly<Record<string, (given: Readonly<Record<string, unknown>>) => unknown>> = {
  links: () => ({ target: 'https://unread.invalid/' }),
  emails: ({ source, subject, preheader }) =>
    typeof source === 'string' ? { source, subject: keyOr(subject), preheader: keyOr(preheader) } : undefined,
};
const keyOr = (given: unknown): string => (typeof given === 'string' && given !== '' ? given : PLACEHOLDER);
const SECTIONS_OF_NAMES = ['links', ...TACTIC_SECTIONS, 'slots'];

/**
 * Removes the parts of a definition that its issues concern. One answer can
 * then report a mistyped field of `campaign.yaml` and a script in an e-mail.
 * @returns null if too little remains, for example no locales.
 */
export function withoutInvalidParts(value: unknown, issues: readonly z.core.$ZodIssue[]): CampaignDefinition | null {
  if (typeof value !== 'object' || value === null) return null;
  const rest = structuredClone(value) as Record<string, unknown>;
  const replaced = new Map<string, number>();
  let open = issues;
  // Removing a part may reveal issues of the others. Three rounds are enough.
  for (let round = 0; round < 3; round += 1) {
    for (const issue of open) removeInvalid(rest, issue, replaced, round);
    const parsed = campaignSchema.safeParse(rest);
    if (parsed.success) return parsed.data;
    open = parsed.error.issues;
  }
  return null;
}

/**
 * Infers a definition from file paths if `campaign.yaml` cannot be read:
 * e-mails and catalogues in their usual folders.
 */
export function inferDefinition(paths: Iterable<string>): CampaignDefinition | null {
  const all = [...paths];
  const named = (pattern: RegExp): [string, string][] =>
    all.flatMap((path) => (pattern.exec(path)?.[1] === undefined ? [] : [[pattern.exec(path)?.[1] ?? '', path]]));
  const emails = named(/^emails\/([a-z][a-z0-9-]*)\.mjml$/).map(([key, source]) => [
    key,
    { source, subject: PLACEHOLDER, preheader: PLACEHOLDER },
  ]);
  const guessed = campaignSchema.safeParse({
    ...structuredClone(STAND_INS),
    locales: named(/^locales\/([A-Za-z0-9-]+)\.yaml$/).map(([tag]) => tag),
    emails: Object.fromEntries(emails) as unknown,
  });
  return guessed.success ? guessed.data : null;
}

function removeInvalid(
  rest: Record<string, unknown>,
  issue: z.core.$ZodIssue,
  replaced: Map<string, number>,
  round: number,
): void {
  const [section, name] = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const around = issue.path.reduce<unknown>((node, part) => (isRecord(node) ? node[String(part)] : undefined), rest);
    if (isRecord(around)) for (const key of issue.keys) Reflect.deleteProperty(around, key);
    return;
  }
  if (section === undefined) return;
  const inSection = rest[section];
  if (SECTIONS_OF_NAMES.includes(section) && name !== undefined && isRecord(inSection)) {
    const key = `${section}.${name}`;
    if (replaced.get(key) === round) return;
    const given = inSection[name];
    const standIn = NAMED_STAND_INS[section]?.(isRecord(given) ? given : {});
    // If the placeholder is invalid too, its name is invalid. Remove the entry.
    if (standIn === undefined || replaced.has(key)) Reflect.deleteProperty(inSection, name);
    else inSection[name] = standIn;
    replaced.set(key, round);
  } else if (section in STAND_INS) rest[section] = structuredClone(STAND_INS[section]);
  else Reflect.deleteProperty(rest, section);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
