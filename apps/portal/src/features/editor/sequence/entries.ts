import type { ContactDate } from '#contracts';
import { freeWord, type WrittenBranch, type WrittenStep } from './steps';

export const ENTRY_KINDS = ['launch', 'joined', 'form', 'document', 'event', 'field', 'date', 'lead'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A rule by which people enter, as in `campaign.yaml`. */
export interface WrittenEntry extends Pick<WrittenBranch, 'form' | 'event' | 'lead' | 'field' | 'is' | 'isNot'> {
  readonly key: string;
  readonly start: string;
  readonly launch?: true;
  readonly joined?: true;
  readonly document?: string;
  readonly date?: ContactDate;
  readonly daysBefore?: number;
  readonly daysAfter?: number;
  readonly reentry?: { readonly afterDays?: number };
  readonly consent?: 'given' | 'confirmed';
}

type Trigger = Omit<WrittenEntry, 'key' | 'start' | 'reentry' | 'consent'>;

/** A trigger of each kind, to begin with. */
export const FIRST_TRIGGER: Readonly<Record<EntryKind, () => Trigger>> = {
  launch: () => ({ launch: true }),
  joined: () => ({ joined: true }),
  form: () => ({ form: 'any' }),
  document: () => ({ document: 'any' }),
  event: () => ({ event: 'trial-started' }),
  field: () => ({ field: 'stage', is: ['evaluation'] }),
  date: () => ({ date: 'renewsOn', daysBefore: 30 }),
  lead: () => ({ lead: ['accepted'] }),
};

export const entryKindOf = (entry: WrittenEntry): EntryKind =>
  ENTRY_KINDS.find((kind) => entry[kind] !== undefined) ?? 'launch';

/** The entries of a sequence; without any in the file, the list at launch. */
export const entriesOf = (
  written: readonly WrittenEntry[] | undefined,
  steps: readonly Pick<WrittenStep, 'key'>[],
): readonly WrittenEntry[] => written ?? [{ key: 'launch', launch: true, start: steps[0]?.key ?? 'end' }];

/** Another trigger of the same entry. The list at launch has no rules of its own. */
export function withTrigger({ key, start, reentry, consent }: WrittenEntry, trigger: Trigger): WrittenEntry {
  const rules = trigger.launch === true ? {} : { reentry, consent };
  return Object.fromEntries(
    Object.entries({ key, ...trigger, start, ...rules }).filter(([, value]) => value !== undefined),
  ) as unknown as WrittenEntry;
}

/** The first kind that no entry has, so that no two begin with the same thing. */
export function nextEntry(entries: readonly WrittenEntry[], start: string): WrittenEntry {
  const kind = (['form', ...ENTRY_KINDS] as const).find((one) => entries.every((entry) => entryKindOf(entry) !== one));
  const trigger = kind === undefined ? { event: freeWord([], 'event-name') } : FIRST_TRIGGER[kind]();
  const keys = entries.map(({ key }) => key);
  return { key: freeWord(keys, kind ?? 'event'), ...trigger, start };
}
