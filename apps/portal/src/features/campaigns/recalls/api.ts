import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { PreviewRecall, RecallCampaign, RecallRowView, RecallView } from '#contracts';
import { usePages } from '../../../shared/pages';
import { queryKeys } from '../../../shared/query-keys';
import { get, request } from '../../../shared/request';

export type RecallScope = z.input<typeof PreviewRecall>;

export type RecallOutcome = RecallRowView['outcome'];

const keyOf = (campaignId: string) => [...queryKeys.campaign(campaignId), 'recalls'];
/** A report fills within seconds. */
const FILLING_MS = 2_000;

export const useRecalls = (campaignId: string) =>
  useQuery({
    queryKey: keyOf(campaignId),
    queryFn: get('/campaigns/:campaignId/recalls', { params: { campaignId } }),
  });

export const useRecall = (campaignId: string, recallId: string) =>
  useQuery<RecallView>({
    queryKey: [...keyOf(campaignId), recallId],
    queryFn: get('/campaigns/:campaignId/recalls/:recallId', { params: { campaignId, recallId } }),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isFilling(data) ? FILLING_MS : false),
  });

/** Whether rows or activations are still to come. */
export const isFilling = (recall: {
  readonly activations: number;
  readonly done: number;
  readonly goingOn: number;
  readonly reversedAt: string | null;
}): boolean => recall.done < recall.activations || (recall.reversedAt !== null && recall.goingOn < recall.activations);

/** @param outcome only rows with this result; null: all. */
export const useRecallRows = (
  campaignId: string,
  recallId: string,
  { outcome, isGrowing }: { readonly outcome: RecallOutcome | null; readonly isGrowing: boolean },
) =>
  usePages({
    queryKey: [...keyOf(campaignId), recallId, 'rows', outcome],
    route: 'GET /campaigns/:campaignId/recalls/:recallId/rows',
    params: { campaignId, recallId },
    query: `limit=50${outcome === null ? '' : `&outcome=${outcome}`}`,
    refetchInterval: isGrowing ? FILLING_MS : false,
  });

/** What a recall would take in. Asked again with each change of the form. */
export const useRecallExtent = (campaignId: string, scope: RecallScope) =>
  useQuery({
    queryKey: [...keyOf(campaignId), 'extent', scope],
    queryFn: () => request('POST /campaigns/:campaignId/recall/preview', { params: { campaignId }, body: scope }),
    // Nothing to ask before the version that follows is chosen.
    enabled: scope.mode !== 'replace' || scope.replacementNumber !== undefined,
    retry: false,
  });

export const recallCampaign = (campaignId: string, body: z.input<typeof RecallCampaign>) =>
  request('POST /campaigns/:campaignId/recall', { params: { campaignId }, body });

export const reverseRecall = (campaignId: string, recallId: string, reason: string) =>
  request('POST /campaigns/:campaignId/recalls/:recallId/reverse', {
    params: { campaignId, recallId },
    body: { reason },
  });
