import { CANNOT, type ContentNames, type RecallState, type ReportRow } from '#activations';
import type { ActivationRecallView, RecallRowView, RecallView } from '#contracts';
import type { TableCell, TableColumn } from '../http/csv-table.js';
import { sentenceCell } from '../http/csv-table.js';

/** @param replacementNumber of the version that follows; null: none. */
export function recallView(state: RecallState, names: ContentNames, replacementNumber: number | null): RecallView {
  const { recall, progress } = state;
  return {
    ...recallFields(state, names, replacementNumber),
    group: recall.group?.name ?? null,
    partners: progress.partners,
    decidedBy: recall.decidedBy,
    reversedBy: recall.reversedBy,
  };
}

/** What both sides see of a recall. */
export function recallFields(
  { recall, progress, sums }: RecallState,
  names: ContentNames,
  replacementNumber: number | null,
): Omit<ActivationRecallView, 'rows'> {
  const { id, campaignId, versionNumber, tactic, asset, locale, mode, reason, decidedAt, reversedAt, reversalReason } =
    recall;
  return {
    id,
    campaignId,
    versionNumber,
    tactic: tactic === null ? null : { ...tactic, name: names.of(tactic.kind, tactic.key) },
    asset,
    locale,
    mode,
    replacementNumber,
    reason,
    decidedAt: decidedAt.toISOString(),
    reversedAt: reversedAt?.toISOString() ?? null,
    reversalReason,
    activations: progress.activations,
    done: progress.done,
    goingOn: progress.reversed,
    sums: [...sums],
  };
}

/** A row without what only one side sees. */
export function rowView(
  { activationId, channel, itemKey, outcome, recordedAt }: ReportRow,
  names: ContentNames,
): Omit<RecallRowView, 'partnerId' | 'partnerName'> {
  return {
    activationId,
    channel,
    itemKey,
    name: names.ofRow({ channel, itemKey }),
    outcome,
    cannot: outcome === 'cannot' ? (CANNOT[channel] ?? null) : null,
    recordedAt: recordedAt.toISOString(),
  };
}

export const REPORT_COLUMNS: readonly TableColumn[] = [
  'partnerId',
  'partner',
  'channel',
  'item',
  'outcome',
  'action',
  'at',
];

export function reportCells(
  { channel, itemKey, outcome, partnerId, recordedAt }: ReportRow,
  { partner, content }: { readonly partner: string; readonly content: Readonly<Record<string, string>> },
  language: string,
): TableCell[] {
  const cannot = outcome === 'cannot' ? CANNOT[channel] : undefined;
  const action = cannot === undefined ? null : sentenceCell(`recall-${channel}`, `${cannot.reason} ${cannot.action}`);
  const item = content[language] ?? content.en ?? Object.values(content)[0] ?? itemKey;
  return [partnerId, partner, channel, item, outcome, action, recordedAt];
}
