import type { CampaignVersionDetail } from '#contracts';

/** What a sample does on its way. */
export type Act = 'nothing' | 'click' | 'form' | 'reply';

/** A contact that there is not, as the form shows it. */
export interface Sample {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly country: string;
  readonly act: Act;
  /** The link or page; empty: whichever the sequence waits for first. */
  readonly about: string;
  readonly afterHours: number;
}

const AFTER_HOURS = 48;

/** People in far corners, one that clicks and one that answers: what tells one sequence from another. */
export const preparedSamples = (names: { readonly clicks: string; readonly answers: string }): readonly Sample[] => [
  sample('London', 'Europe/London', 'GB'),
  sample('New York', 'America/New_York', 'US'),
  sample('Tokyo', 'Asia/Tokyo', 'JP'),
  sample('Dubai', 'Asia/Dubai', 'AE'),
  { ...sample(names.clicks, 'Europe/Berlin', 'DE'), act: 'click' },
  { ...sample(names.answers, 'Europe/Berlin', 'DE'), act: 'reply' },
];

export const sample = (name: string, timeZone: string, country: string): Sample => ({
  ...{ id: crypto.randomUUID(), name, timeZone, country },
  ...{ act: 'nothing', about: '', afterHours: AFTER_HOURS },
});

/** The samples as the API takes them. */
export const requestOf = (samples: readonly Sample[], sequence: CampaignVersionDetail['sequence']) => ({
  samples: samples.map(({ name, timeZone, country, act, about, afterHours }) => {
    const named = about === '' ? awaited(sequence, act) : about;
    return {
      ...{ name, timeZone },
      ...(country === '' ? {} : { country }),
      happenings: act === 'nothing' ? [] : [{ kind: act, ...(named === null ? {} : { name: named }), afterHours }],
    };
  }),
});

/** The links or pages that steps of the sequence wait for. */
export function namesAwaited({ steps }: CampaignVersionDetail['sequence'], act: Act): string[] {
  const names = steps
    .flatMap(({ ways }) => ways)
    .map(({ when }) => {
      if (when.on !== act) return null;
      return when.on === 'click' ? when.link : when.on === 'form' ? when.page : null;
    });
  return [...new Set(names.filter((name) => name !== null))];
}

const awaited = (sequence: CampaignVersionDetail['sequence'], act: Act): string | null =>
  namesAwaited(sequence, act)[0] ?? null;
