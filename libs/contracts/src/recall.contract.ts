import { z } from 'zod';
import type { PartnerGroupId } from '#kernel';
import { CampaignDetail } from './campaign.contract.js';
import { idSchema } from './id.js';
import { pageOf, PageQuery } from './page.contract.js';
import { RECALL_CHANNELS, RECALL_OUTCOMES } from './recall-channel.js';
import { lineOfText } from './text.contract.js';
import { TableForm } from './user-language.js';

const Instant = z.iso.datetime();
const Locale = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/);

const Mode = z.enum(['stop', 'finish', 'replace']);
const Tactic = z.strictObject({
  kind: z.enum(['email', 'page', 'document', 'social']),
  key: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
});

const Localised = z.record(z.string(), z.string());
const Asset = z.object({ id: z.uuid(), title: z.string() });

/** What is recalled. Absent fields narrow nothing. */
const scope = {
  versionNumber: z.number().int().min(1).max(100_000).optional().describe('absent: all published versions'),
  tactic: Tactic.optional().describe('one e-mail, page, document or post; absent: all'),
  assetId: z.uuid().optional().describe('an asset of the library: what shows it; not together with `tactic`'),
  locale: Locale.optional().describe('one language; absent: all'),
  groupId: idSchema<PartnerGroupId>()
    .optional()
    .describe('the partners that are in this group now; absent: all partners'),
  mode: Mode.default('stop').describe(
    'stop: nothing more comes out. finish: contacts who have got an e-mail go on, nobody begins. replace: as stop, and notices name the version that follows',
  ),
  replacementNumber: z.number().int().min(1).max(100_000).optional().describe('of the version that follows'),
};

const isOfOne = ({ tactic, assetId }: { readonly tactic?: unknown; readonly assetId?: unknown }): boolean =>
  tactic === undefined || assetId === undefined;
const NOT_BOTH = {
  path: ['assetId'],
  message: 'A recall is of one content or of one asset. Leave out `tactic` or `assetId`.',
};

/** What a recall would take in. */
export const PreviewRecall = z.strictObject(scope).refine(isOfOne, NOT_BOTH);
/** Withdraws what has a mistake. */
export const RecallCampaign = z
  .strictObject({ ...scope, reason: lineOfText(500).min(1).describe('partners read it') })
  .refine(isOfOne, NOT_BOTH);
/** The campaign after a recall. */
export const RecalledCampaign = CampaignDetail.extend({ recallId: z.uuid().describe('of the recall and its report') });
export type RecalledCampaign = z.infer<typeof RecalledCampaign>;
export const ReverseRecall = z.strictObject({ reason: lineOfText(500).min(1).describe('partners read it') });

/** What would be recalled. Contacts are never counted. */
export const RecallExtentView = z.object({
  versions: z.array(z.number().int()),
  partners: z.number().int(),
  activations: z.number().int(),
  items: z.object({
    email: z.number().int(),
    page: z.number().int(),
    file: z.number().int(),
    post: z.number().int(),
  }),
  rows: z.number().int().describe('how many rows the report will have'),
  assets: z.array(Asset).describe('assets of the library of which these versions have copies'),
});
export type RecallExtentView = z.infer<typeof RecallExtentView>;

const Channel = z.enum(RECALL_CHANNELS);
const Outcome = z.enum(RECALL_OUTCOMES);

const fields = {
  id: z.uuid(),
  campaignId: z.uuid(),
  versionNumber: z.number().int().nullable(),
  tactic: z
    .object({
      kind: z.enum(['email', 'page', 'document', 'social']),
      key: z.string(),
      name: Localised.describe('subject, title or first words, by language'),
    })
    .nullable(),
  asset: Asset.nullable().describe('what shows it was recalled'),
  locale: z.string().nullable(),
  mode: Mode,
  replacementNumber: z.number().int().nullable(),
  reason: z.string(),
  decidedAt: Instant,
  reversedAt: Instant.nullable(),
  reversalReason: z.string().nullable(),
  /** Launches of the campaign that it concerns, and for how many the report is complete. */
  activations: z.number().int(),
  done: z.number().int(),
  /** How many go on again after the reversal. */
  goingOn: z.number().int(),
  sums: z.array(z.object({ channel: Channel, outcome: Outcome, items: z.number().int() })),
};

/** A recall, as the vendor sees it. */
export const RecallView = z.object({
  ...fields,
  group: z.string().nullable().describe('name of the partner group then; null: all partners'),
  partners: z.number().int(),
  decidedBy: z.string(),
  reversedBy: z.string().nullable(),
});
export type RecallView = z.infer<typeof RecallView>;
export const RecallViews = z.object({ items: z.array(RecallView) });

const Cannot = z.object({
  reason: z.string(),
  action: z.string().describe('what a person must do'),
});

const row = {
  activationId: z.uuid(),
  channel: Channel,
  itemKey: z.string(),
  name: Localised.describe('subject, title or first words of the content, by language'),
  outcome: Outcome,
  cannot: Cannot.nullable().describe('only where it cannot be undone'),
  recordedAt: Instant,
};

/** A row of the report for the vendor. */
export const RecallRowView = z.object({ ...row, partnerId: z.uuid(), partnerName: z.string() });
export type RecallRowView = z.infer<typeof RecallRowView>;
export const RecallRowViews = pageOf(RecallRowView);

const outcome = Outcome.optional().describe('only rows with this result; absent: all');
/** Query of the report. */
export const RecallRowsQuery = PageQuery.extend({ outcome });
/** Query of the report as a table. */
export const RecallTableQuery = TableForm.extend({ outcome });

/** A recall of one launch of a campaign, with all of its rows. */
export const ActivationRecallView = z.object({
  ...fields,
  rows: z.array(
    z.object({ ...row, waiting: z.number().int().nullable().describe('e-mails that waited when it was recalled') }),
  ),
});
export type ActivationRecallView = z.infer<typeof ActivationRecallView>;
export const ActivationRecallViews = z.object({ items: z.array(ActivationRecallView) });

const signedRow = {
  activationId: z.uuid(),
  channel: Channel,
  itemKey: z.string(),
  outcome: Outcome,
  recordedAt: Instant,
};
const signedReport = <Row extends z.ZodType>(rows: Row) =>
  z.object({
    payload: z.object({
      format: z.literal('throughline/recall-report@1'),
      recallId: z.uuid(),
      vendorId: z.uuid(),
      campaignId: z.uuid(),
      asset: Asset.nullable(),
      partnerId: z.uuid().nullable().describe('whose part it is; null: all partners'),
      mode: Mode,
      reason: z.string(),
      decidedAt: Instant,
      decidedBy: z.string(),
      reversedAt: Instant.nullable(),
      asOf: Instant,
      activations: z.number().int(),
      isComplete: z.boolean().describe('nothing will be added'),
      rows: z.array(rows),
    }),
    signature: z.object({ algorithm: z.literal('Ed25519'), keyId: z.string(), value: z.string() }),
  });

/** A report, signed with the vendor's key (Ed25519 over canonical JSON), as receipts are. */
export const SignedRecallReport = signedReport(z.object({ ...signedRow, partnerId: z.uuid() }));
export type SignedRecallReport = z.infer<typeof SignedRecallReport>;
/** A partner's part of it. */
export const OwnSignedRecallReport = signedReport(z.object({ ...signedRow, waiting: z.number().int().nullable() }));
export type OwnSignedRecallReport = z.infer<typeof OwnSignedRecallReport>;

/** Withdraws an asset wherever it is. */
export const RecallAsset = z.strictObject({ reason: lineOfText(300).min(1).describe('partners read it') });
export const RecalledAsset = z.object({
  recalls: z.array(z.object({ id: z.uuid(), campaignId: z.uuid() })).describe('one for each campaign that shows it'),
  isWithdrawn: z.boolean().describe('it was taken back from the library of partners'),
});
export type RecalledAsset = z.infer<typeof RecalledAsset>;

/** Whether a copy of a document or picture is still valid. */
export const CopyStateView = z.object({
  state: z
    .enum(['current', 'recalled', 'superseded', 'unknown'])
    .describe('unknown: no partner was given a file with these bytes'),
  since: Instant.nullable().describe('when it was recalled'),
  replacementUrl: z.string().nullable().describe('page of the version that follows, where the partner has launched it'),
});
export type CopyStateView = z.infer<typeof CopyStateView>;
