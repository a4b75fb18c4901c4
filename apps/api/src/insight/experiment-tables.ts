import type { ActivationExperiments, ReleasedNumber, SendTimeView, VendorExperiments } from '#contracts';
import { sendTimeText, type TableCell, type TableColumn } from '../http/csv-table.js';

type Difference = NonNullable<ActivationExperiments['holdOut']>['difference'];
type Row = readonly TableCell[];

/** Of a partner's activation: a row per group. */
export const PARTNER_COLUMNS = [
  'experiment',
  'arm',
  'subject',
  'people',
  'leads',
  'clicked',
  'replies',
  'difference',
  'difference-from',
  'difference-to',
  'verdict',
  'readAt',
] as const satisfies readonly TableColumn[];

/** Of a vendor's campaign: contacts of hold-outs are exact, numbers of tests have a margin. */
export const VENDOR_COLUMNS = [
  'experiment',
  'arm',
  'subject',
  'people',
  'leads',
  'sent',
  'sent-margin',
  'clicked',
  'clicked-margin',
  'difference',
  'difference-from',
  'difference-to',
  'verdict',
] as const satisfies readonly TableColumn[];

export function partnerRows({ holdOut, test }: ActivationExperiments): readonly Row[] {
  const groups =
    holdOut === null
      ? []
      : (
          [
            ['with-campaign', holdOut.written, holdOut.difference, holdOut.verdict],
            ['held-out', holdOut.heldOut, null, null],
          ] as const
        ).map(([arm, { people, leads }, difference, verdict]): Row => [
          'hold-out',
          arm,
          null,
          people,
          leads,
          null,
          null,
          ...differenceCells(difference),
          verdict,
          new Date(holdOut.readAt),
        ]);
  const arms = (test?.arms ?? []).map(
    ({ arm, time, subject, people, clicked, replied, difference, verdict }, at): Row => [
      `test-${test?.of ?? 'email'}`,
      armCell(arm, time),
      subject,
      people,
      null,
      clicked,
      replied,
      ...differenceCells(difference),
      at === 0 ? null : verdict,
      test === null ? null : new Date(test.readAt),
    ],
  );
  return [...groups, ...arms];
}

export function vendorRows({ holdOut, test }: VendorExperiments): readonly Row[] {
  const groups =
    holdOut === null || holdOut.madeOn === null
      ? []
      : (
          [
            ['with-campaign', holdOut.written, holdOut.difference, holdOut.verdict],
            ['held-out', holdOut.heldOut, null, null],
          ] as const
        ).map(([arm, { people, leads }, difference, verdict]): Row => [
          'hold-out',
          arm,
          null,
          people,
          leads,
          ...releasedCells(null),
          ...releasedCells(null),
          ...differenceCells(difference),
          verdict,
        ]);
  const arms = (test?.arms ?? []).map(({ arm, time, subject, sent, clicked, difference, verdict }, at): Row => [
    `test-${test?.of ?? 'email'}`,
    armCell(arm, time),
    subject,
    null,
    null,
    ...releasedCells(sent),
    ...releasedCells(clicked),
    ...differenceCells(difference),
    at === 0 ? null : verdict,
  ]);
  return [...groups, ...arms];
}

/** Readers get a time with the weekdays in their language. */
const armCell = (arm: string, time: SendTimeView | null): TableCell =>
  time === null ? arm : { forPrograms: arm, forReaders: (language) => sendTimeText(time, language) };

/** As shares between -1 and 1, like the API, to a hundredth of a point. */
const differenceCells = (difference: Difference): readonly TableCell[] =>
  difference === null
    ? [null, null, null]
    : [difference.estimate, difference.from, difference.to].map((share) => Math.round(share * 10_000) / 10_000);

/** Empty where a number is too small to tell. */
const releasedCells = (released: ReleasedNumber | null): readonly TableCell[] =>
  released === null || released.value === null ? [null, null] : [released.value, released.margin];
