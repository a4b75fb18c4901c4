import { z } from 'zod';
import { ReleasedNumber } from './insight.contract.js';
import { SendTimeView } from './sequence.contract.js';

const Count = z.number().int();
const Share = z.number().min(-1).max(1);

const Difference = z
  .object({ estimate: Share, from: Share, to: Share })
  .nullable()
  .describe('of two shares, between -1 and 1, with its interval; null: a group is empty');

const Verdict = z
  .enum(['open', 'better', 'worse', 'none'])
  .describe(
    'open: it is too early to say anything. none: no difference was found, which is no proof that there is none',
  );

const Smallest = Share.nullable().describe(
  'the smallest rise that 80 of 100 comparisons of so many people find; null: none could be found',
);

/** People of one group, and how many of them became leads. */
const LeadGroup = z.object({ people: Count, leads: Count });

/** Contacts that get the campaign against contacts that get nothing, as one version drew them. */
export const HoldOutResult = z.object({
  version: Count.describe('whose hold-out drew these contacts: those of another version are not among them'),
  percent: z.number().int().describe('of the contacts that get nothing; 0: you refused the hold-out'),
  written: LeadGroup,
  heldOut: LeadGroup,
  notCounted: Count.describe('contacts that entered too late to be compared'),
  difference: Difference.describe('share of leads among those written to minus that among those held out, 95 %'),
  smallest: Smallest,
  verdict: Verdict,
  readAt: z.iso.datetime().describe('when the comparison is read: nothing is decided before'),
});
export type HoldOutResult = z.infer<typeof HoldOutResult>;

/** What a test compares: an e-mail, or a time at which one is sent. */
export const TestedArm = z.object({
  arm: z.string().describe('key of the e-mail, or the time, such as `09:00-11:00 tue,thu`'),
  time: SendTimeView.nullable().describe('null: the test compares e-mails'),
  subject: z.string().nullable(),
});
export const TestOf = z.enum(['email', 'time']).describe('what is compared');

/** An e-mail or time of a test, and what its recipients did. */
const TestArm = TestedArm.extend({
  people: Count,
  clicked: Count,
  replied: Count,
  difference: Difference.describe('share of people who clicked minus that of the first arm; null: it is the first'),
  verdict: Verdict,
});

/** E-mails or times that a step tests against each other. The first e-mail is the step's own. */
export const TestResult = z.object({
  stepKey: z.string(),
  of: TestOf,
  arms: z.array(TestArm),
  notCounted: Count,
  waiting: Count.describe('contacts that are compared and have not got the e-mail yet, for example for a daily limit'),
  smallest: Smallest,
  readAt: z.iso
    .datetime()
    .describe('when the last contact has had 28 days to answer: nothing is decided before. Later while some wait'),
  winner: z.string().nullable().describe('what the vendor applied; null: the test goes on'),
});
export type TestResult = z.infer<typeof TestResult>;

export const ActivationExperiments = z.object({
  holdOut: HoldOutResult.nullable().describe(
    'of the version that runs, or of the newest that held contacts out before an update; null: none has',
  ),
  earlierHoldOuts: z
    .array(HoldOutResult)
    .describe('of versions that the activation ran before that one, newest first: each is a comparison of its own'),
  test: TestResult.nullable().describe('null: the campaign tests nothing'),
});
export type ActivationExperiments = z.infer<typeof ActivationExperiments>;

/** What a campaign's experiments show its vendor: no partner and no person alone. */
export const VendorExperiments = z.object({
  version: z.number().int().describe('the newest that is published'),
  holdOut: z
    .object({
      percent: Count.describe('of the contacts of that version that get nothing; 0: it has no hold-out'),
      partners: Count.describe('that show you their totals and whose comparison was read, in batches of five or more'),
      written: LeadGroup,
      heldOut: LeadGroup,
      difference: Difference.describe('share of leads among those written to minus that among those held out'),
      verdict: Verdict,
      madeOn: z.iso.date().nullable().describe('the Monday of the newest batch; null: there is none yet'),
      partnersNeeded: Count,
      heldOutNeeded: Count,
    })
    .nullable(),
  test: z
    .object({
      stepKey: z.string(),
      of: TestOf,
      nextOn: z.iso.date().describe('when further numbers are released'),
      winner: z.object({ arm: z.string(), appliedBy: z.string(), appliedAt: z.iso.datetime() }).nullable(),
      arms: z.array(
        TestedArm.extend({
          sent: ReleasedNumber.nullable(),
          clicked: ReleasedNumber.nullable(),
          difference: Difference.describe('share of people who clicked minus that of the first arm'),
          verdict: Verdict,
        }),
      ),
    })
    .nullable(),
});
export type VendorExperiments = z.infer<typeof VendorExperiments>;

/** The e-mail or time that contacts get from now on; null: the test goes on. */
export const ApplyTestWinner = z.strictObject({ arm: z.string().min(1).max(60).nullable() });

/** A hold-out or a test that is planned. */
export const PowerQuery = z
  .object({
    people: z.coerce.number().int().min(1).max(10_000_000).describe('of all groups together'),
    percent: z.coerce.number().min(0.1).max(50).optional().describe('of a hold-out: the people that get nothing'),
    arms: z.coerce.number().int().min(2).max(4).optional().describe('of a test: so many e-mails or times'),
    basePercent: z.coerce.number().min(0).max(99).describe('become leads, or click, without any effect'),
    over: z
      .enum(['activation', 'programme'])
      .default('activation')
      .describe('which result decides: that of one activation, or that of all partners, which the vendor sees'),
    releases: z.coerce
      .number()
      .int()
      .min(1)
      .max(13)
      .default(1)
      .describe('of a test over all partners: four weeks from the first launch until all have the e-mail'),
    variants: z.coerce
      .number()
      .int()
      .min(1)
      .max(12)
      .default(1)
      .describe('of a test over all partners: recipient variants of each arm, such as its languages'),
  })
  .refine(({ percent, arms }) => (percent === undefined) !== (arms === undefined), {
    path: ['percent'],
    message: 'Name a share in percent for a hold-out, or the number of arms of a test.',
  });
export type PowerQuery = z.infer<typeof PowerQuery>;
export const PowerView = z.object({ smallest: Smallest });
