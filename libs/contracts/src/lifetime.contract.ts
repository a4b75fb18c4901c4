import { z } from 'zod';

const Day = z.iso.date().nullable();

/** When a campaign is to be reviewed and when it ends. */
export const LifetimeView = z.object({
  reviewOn: Day.describe('your team is reminded from this day on'),
  expiresOn: Day.describe('the last day: the campaign is retired after it'),
  pagesAfterEnd: z
    .enum(['leads', 'notice'])
    .describe('what landing pages do after the campaign was retired: accept leads, or show a notice'),
});
export type LifetimeView = z.infer<typeof LifetimeView>;
export const SaveLifetime = z.strictObject(LifetimeView.shape);

/** What a vendor's team should look at again. What has ended and runs nowhere is not listed. */
export const OldContents = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['campaign', 'asset']),
      id: z.uuid(),
      title: z.record(z.string(), z.string()).describe('by language; of an asset under an empty tag'),
      reviewOn: Day,
      expiresOn: Day,
      by: z.string(),
      partners: z.number().int().describe('that run the campaign, or have downloaded the asset'),
    }),
  ),
});
export type OldContents = z.infer<typeof OldContents>;
