import type { ActivationExperiments, ReleasedNumber, SendTimeView, VendorExperiments } from '#contracts';
import { releasedCell, sendTimeText, type TableCell, type TableColumn } from '../http/csv-table.js';

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
  'version',
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

export function partnerRows({ holdOut, earlierHoldOuts, test }: ActivationExperiments): readonly Row[] {
  return [
    ...[...(holdOut === null ? [] : [holdOut]), ...earlierHoldOuts].flatMap((one) =>
      holdOutRows(one, [null, null], [new Date(one.readAt), one.version]),
    ),
    ...(test === null
      ? []
      : test.arms.map((arm, at) =>
          armRow(test.of, arm, at, [arm.people, null, arm.clicked, arm.replied], [new Date(test.readAt), null]),
        )),
  ];
}

export function vendorRows({ holdOut, test }: VendorExperiments): readonly Row[] {
  return [
    ...(holdOut === null || holdOut.madeOn === null ? [] : holdOutRows(holdOut, [null, null, null, null], [])),
    ...(test === null
      ? []
      : test.arms.map((arm, at) =>
          armRow(test.of, arm, at, [null, null, ...releasedCells(arm.sent), ...releasedCells(arm.clicked)], []),
        )),
  ];
}

type HoldOut = Pick<
  NonNullable<(ActivationExperiments | VendorExperiments)['holdOut']>,
  'written' | 'heldOut' | 'difference' | 'verdict'
>;
type Test = NonNullable<(ActivationExperiments | VendorExperiments)['test']>;

/**
 * The two groups of a hold-out. The difference is told once.
 * @param counted what a test counts, between the leads and the difference.
 * @param last after the verdict.
 */
const holdOutRows = (
  { written, heldOut, difference, verdict }: HoldOut,
  counted: readonly TableCell[],
  last: readonly TableCell[],
): Row[] =>
  (
    [
      ['with-campaign', written, difference, verdict],
      ['held-out', heldOut, null, null],
    ] as const
  ).map(([arm, { people, leads }, told, said]) => [
    'hold-out',
    arm,
    null,
    people,
    leads,
    ...counted,
    ...differenceCells(told),
    said,
    ...last,
  ]);

/**
 * One arm of a test, compared with the first.
 * @param counted between the subject and the difference.
 * @param last after the verdict.
 */
const armRow = (
  of: Test['of'],
  { arm, time, subject, difference, verdict }: Test['arms'][number],
  at: number,
  counted: readonly TableCell[],
  last: readonly TableCell[],
): Row => [
  `test-${of}`,
  armCell(arm, time),
  subject,
  ...counted,
  ...differenceCells(difference),
  at === 0 ? null : verdict,
  ...last,
];

/** Readers get a time with the weekdays in their language. */
const armCell = (arm: string, time: SendTimeView | null): TableCell =>
  time === null ? arm : { forPrograms: arm, forReaders: (language) => sendTimeText(time, language) };

/** As shares between -1 and 1, like the API, to a hundredth of a point. */
const differenceCells = (difference: Difference): readonly TableCell[] =>
  difference === null
    ? [null, null, null]
    : [difference.estimate, difference.from, difference.to].map((share) => Math.round(share * 10_000) / 10_000);

const releasedCells = (released: ReleasedNumber | null): readonly TableCell[] => [
  releasedCell(released),
  released?.margin ?? null,
];
