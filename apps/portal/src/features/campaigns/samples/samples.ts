import type { CampaignVersionDetail, SendTimeView } from '#contracts';

/** Reaction of a sample contact during the sequence. */
export type SampleAction = 'nothing' | 'click' | 'form' | 'reply' | 'event';

/** A sample contact, as the form shows it. */
export interface Sample {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly country: string;
  /** Contact fields that the sequence reads, besides the country. */
  readonly fields: Readonly<Record<string, string>>;
  readonly act: SampleAction;
  /** Link or page; empty: the first that the sequence waits for. */
  readonly about: string;
  readonly afterHours: number;
  /** What is drawn for it in the test; empty: the first. */
  readonly arm?: string;
}

const AFTER_HOURS = 48;
const FIELDS = ['industry', 'persona', 'stage', 'segment', 'language', 'company'] as const;

/**
 * Default samples: distant time zones, one that clicks, one that replies.
 * They show how sequences differ.
 */
export const preparedSamples = (names: { readonly clicks: string; readonly answers: string }): readonly Sample[] => [
  sample('London', 'Europe/London', 'GB'),
  sample('New York', 'America/New_York', 'US'),
  sample('Tokyo', 'Asia/Tokyo', 'JP'),
  sample('Dubai', 'Asia/Dubai', 'AE'),
  { ...sample(names.clicks, 'Europe/Berlin', 'DE'), act: 'click' },
  { ...sample(names.answers, 'Europe/Berlin', 'DE'), act: 'reply' },
];

export const sample = (name: string, timeZone: string, country: string): Sample => ({
  id: crypto.randomUUID(),
  name,
  timeZone,
  country,
  fields: {},
  act: 'nothing',
  about: '',
  afterHours: AFTER_HOURS,
  arm: '',
});

/** Samples as the API takes them. */
export const toRequest = (samples: readonly Sample[], sequence: CampaignVersionDetail['sequence']) => ({
  samples: samples.map(({ name, timeZone, country, fields, act, about, afterHours, arm = '' }) => {
    const named = about === '' ? awaited(sequence, act) : about;
    return {
      name,
      timeZone,
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
      ...(country === '' ? {} : { country }),
      ...(arm === '' ? {} : { arm }),
      events: act === 'nothing' ? [] : [{ kind: act, ...(named === null ? {} : { name: named }), afterHours }],
    };
  }),
});

/**
 * Adapts stored samples to the current sequence. Values that it no longer reads
 * have no field in the form, so they are removed.
 */
export const fitToSequence = (
  samples: readonly Sample[],
  sequence: CampaignVersionDetail['sequence'],
): readonly Sample[] => {
  const asked: readonly string[] = requiredFields(sequence).map(({ field }) => field);
  return samples.map((before) => {
    const names = awaitedNames(sequence, before.act);
    return {
      ...before,
      fields: Object.fromEntries(Object.entries(before.fields).filter(([field]) => asked.includes(field))),
      act: before.act === 'event' && names.length === 0 ? 'nothing' : before.act,
      about: names.includes(before.about) ? before.about : '',
      arm: testTimesIn(sequence).some((time) => timeKey(time) === before.arm) ? (before.arm ?? '') : '',
    };
  });
};

/** The times that the sequence tests; empty: none. */
export const testTimesIn = ({ steps }: CampaignVersionDetail['sequence']): readonly SendTimeView[] =>
  steps.flatMap(({ testTimes }) => testTimes);

/** The name of a tested time in the API: `09:00-11:00 tue,thu`. */
export const timeKey = ({ from, to, weekdays }: SendTimeView): string =>
  [`${from}-${to}`, ...(weekdays.length === 0 ? [] : [weekdays.join(',')])].join(' ');

/** Links, pages or events that steps of the sequence wait for. */
export function awaitedNames({ steps }: CampaignVersionDetail['sequence'], act: SampleAction): string[] {
  const names = steps
    .flatMap(({ transitions }) => transitions)
    .map(({ when }) => {
      if (when.on !== act) return null;
      return when.on === 'click' ? when.link : when.on === 'form' ? when.page : when.on === 'event' ? when.name : null;
    });
  return [...new Set(names.filter((name) => name !== null))];
}

/**
 * Contact fields that the sequence reads, with the values it compares.
 * The country has a field of its own.
 */
export function requiredFields({ steps }: CampaignVersionDetail['sequence']) {
  const asked = steps.flatMap(({ transitions }) => transitions).map(({ when }) => (when.on === 'field' ? when : null));
  return FIELDS.map((field) => {
    const values = asked.filter((when) => when?.field === field).flatMap((when) => when?.values ?? []);
    return { field, values: [...new Set(values)] };
  }).filter(({ values }) => values.length > 0);
}

const awaited = (sequence: CampaignVersionDetail['sequence'], act: SampleAction): string | null =>
  awaitedNames(sequence, act)[0] ?? null;
