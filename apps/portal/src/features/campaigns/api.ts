import { useQuery } from '@tanstack/react-query';
import type {
  ChangeWave,
  DecideUpdate,
  LifetimeView,
  PlanWave,
  ProgrammeDryRunView,
  VersionUpdatesView,
} from '#contracts';
import { basedOn, get, request, type QueryOptions } from '../../shared/request';
import { queryKeys } from '../../shared/query-keys';
import { usePages } from '../../shared/pages';
import type { VersionRef } from '../../shared/review-comments';

/** @param query query string, with the limit. */
export const useCampaignList = (query: string) =>
  usePages({ queryKey: [...queryKeys.campaigns, query], route: 'GET /campaigns', query });

/** @param hasEnded no version is published any more. */
export const useCampaignActivations = (campaignId: string, hasEnded: boolean) =>
  usePages({
    queryKey: [...queryKeys.campaign(campaignId), 'activations'],
    route: 'GET /campaigns/:campaignId/activations',
    params: { campaignId },
    query: 'limit=50',
    // Activations of an ended campaign stop within seconds.
    refetchInterval: (items) =>
      hasEnded && items.some(({ status }) => status === 'active' || status === 'held') ? 2_000 : false,
  });

interface WavedVersion {
  readonly campaignId: string;
  readonly number: number;
}
const waveParams = ({ campaignId, number }: WavedVersion) => ({ campaignId, number });

export const useWaves = (version: WavedVersion) =>
  useQuery({
    queryKey: [...queryKeys.campaign(version.campaignId), 'waves', version.number],
    queryFn: get('/campaigns/:campaignId/versions/:number/waves', { params: waveParams(version) }),
  });

export const planWave = (version: WavedVersion, body: PlanWave) =>
  request('POST /campaigns/:campaignId/versions/:number/waves', { params: waveParams(version), body });

export const pauseWaves = (version: WavedVersion, isPaused: boolean) =>
  request('POST /campaigns/:campaignId/versions/:number/waves/pause', {
    params: waveParams(version),
    body: { isPaused },
  });

export const openWave = (version: WavedVersion, waveId: string) =>
  request('POST /campaigns/:campaignId/versions/:number/waves/:waveId/open', {
    params: { ...waveParams(version), waveId },
  });

export const changeWave = (version: WavedVersion, waveId: string, body: ChangeWave) =>
  request('POST /campaigns/:campaignId/versions/:number/waves/:waveId/plan', {
    params: { ...waveParams(version), waveId },
    body,
  });

export const removeWave = (version: WavedVersion, waveId: string) =>
  request('DELETE /campaigns/:campaignId/versions/:number/waves/:waveId', {
    params: { ...waveParams(version), waveId },
  });

/** What becomes of running campaigns; asked for again while campaigns are being updated. */
export const useVersionUpdate = (version: WavedVersion) =>
  useQuery<VersionUpdatesView>({
    queryKey: [...queryKeys.campaign(version.campaignId), 'update', version.number],
    queryFn: get('/campaigns/:campaignId/versions/:number/update', { params: waveParams(version) }),
    refetchInterval: ({ state }) => {
      const [update] = state.data?.updates ?? [];
      if (update === undefined || update.rolledBackAt !== null) return update?.states.returns ? 3_000 : false;
      const { waiting, returns, asksPartner } = update.states;
      return waiting + returns > 0 ? 3_000 : asksPartner > 0 ? 15_000 : false;
    },
  });

export const decideUpdate = (version: WavedVersion, body: DecideUpdate) =>
  request('POST /campaigns/:campaignId/versions/:number/update', { params: waveParams(version), body });

/** Requests how many contacts of running campaigns have not finished. */
export const estimateContacts = (version: WavedVersion) =>
  request('POST /campaigns/:campaignId/versions/:number/update/contacts', { params: waveParams(version) });

const changeUpdate = (act: 'roll-back' | 'continue') => (version: WavedVersion, updateId: string) =>
  request(`POST /campaigns/:campaignId/versions/:number/update/:updateId/${act}`, {
    params: { ...waveParams(version), updateId },
  });
export const rollUpdateBack = changeUpdate('roll-back');
export const continueUpdate = changeUpdate('continue');

/** What a vendor does with one partner's activation. */
const controlRunner = (act: 'hold' | 'stop') => (campaignId: string, activationId: string, reason: string) =>
  request(`POST /campaigns/:campaignId/activations/:activationId/${act}`, {
    params: { campaignId, activationId },
    body: { reason },
  });
export const holdRunner = controlRunner('hold');
export const stopRunner = controlRunner('stop');
export const releaseRunner = (campaignId: string, activationId: string) =>
  request('POST /campaigns/:campaignId/activations/:activationId/release', { params: { campaignId, activationId } });

export const useCampaign = (campaignId: string, options: QueryOptions<'/campaigns/:campaignId'> = {}) =>
  useQuery({
    queryKey: queryKeys.campaign(campaignId),
    queryFn: get('/campaigns/:campaignId', { params: { campaignId } }),
    ...options,
  });

export const useLifetime = (campaignId: string) =>
  useQuery({
    queryKey: [...queryKeys.campaign(campaignId), 'lifetime'],
    queryFn: get('/campaigns/:campaignId/lifetime', { params: { campaignId } }),
  });

export const saveLifetime = (campaignId: string, body: LifetimeView) =>
  request('PUT /campaigns/:campaignId/lifetime', { params: { campaignId }, body });

export const useOldContents = () => useQuery({ queryKey: ['old-contents'], queryFn: get('/old-contents') });

export const useCampaignTemplates = (options: QueryOptions<'/campaign-templates'> = {}) =>
  useQuery({ queryKey: ['campaign-templates'], queryFn: get('/campaign-templates'), ...options });

export const checkLinks = (campaignId: string, number: number | string) =>
  request('POST /campaigns/:campaignId/versions/:number/check-links', { params: { campaignId, number } });

/**
 * The newest forecast of a version. While one is prepared, it is asked for again
 * once a minute.
 */
export const useForecast = (campaignId: string, number: number | string) =>
  useQuery<ProgrammeDryRunView>({
    queryKey: ['forecast', campaignId, String(number)],
    queryFn: get('/campaigns/:campaignId/versions/:number/programme-dry-run', { params: { campaignId, number } }),
    refetchInterval: ({ state: { data } }) => (data?.forecast?.run === null ? 60_000 : false),
  });

export const requestForecast = (campaignId: string, number: number | string) =>
  request('POST /campaigns/:campaignId/versions/:number/programme-dry-run', { params: { campaignId, number } });

export const copyCampaign = (body: unknown) => request('POST /campaign-copies', { body });

export const startSampleDryRun = (campaignId: string, number: number | string, body: unknown) =>
  request('POST /campaigns/:campaignId/versions/:number/dry-run', { params: { campaignId, number }, body });

/** @param reason what partners are told; empty: none. */
export const retireCampaign = (campaignId: string, reason: string) =>
  request('POST /campaigns/:campaignId/retire', {
    params: { campaignId },
    body: reason === '' ? {} : { reason },
  });

export const changeCampaign = (
  campaignId: string,
  action: 'stop-launches' | 'allow-launches' | 'archive' | 'restore',
) => request(`POST /campaigns/:campaignId/${action}`, { params: { campaignId } });

export const useCampaignTags = () =>
  useQuery({ queryKey: [...queryKeys.campaigns, 'tags'], queryFn: get('/campaign-tags') });

/** Sends what changed, so that another person's change at the same time stays. */
export const tagCampaign = (campaignId: string, before: readonly string[], tags: readonly string[]) =>
  request('PATCH /campaigns/:campaignId/tags', {
    params: { campaignId },
    body: {
      add: tags.filter((tag) => !before.includes(tag)),
      remove: before.filter((tag) => !tags.includes(tag)),
    },
  });

export const deleteDraft = ({ campaignId, number }: VersionRef) =>
  request('DELETE /campaigns/:campaignId/versions/:number', { params: { campaignId, number } });

/**
 * Uploads a campaign package.
 * @param campaignId undefined for a new campaign; else the package becomes its
 *   next version.
 * @param replaced hash of the draft that it replaces; null: none.
 */
export const uploadPackage = (campaignId: string | undefined, form: FormData, replaced: string | null) =>
  campaignId === undefined
    ? request('POST /campaigns', { form })
    : request('POST /campaigns/:campaignId/versions', {
        params: { campaignId },
        form,
        headers: (replaced === null ? undefined : basedOn(replaced)) ?? {},
      });

export const publishVersion = ({ campaignId, number }: VersionRef, body: unknown) =>
  request('POST /campaigns/:campaignId/versions/:number/publish', { params: { campaignId, number }, body });

/** @param more partners or days. */
export const extendVersion = ({ campaignId, number }: VersionRef, more: unknown) =>
  request('POST /campaigns/:campaignId/versions/:number/extend', { params: { campaignId, number }, body: more });

/** @param wanted approvers to ask, and the day until which. */
export const submitVersion = ({ campaignId, number }: VersionRef, wanted: unknown) =>
  request('POST /campaigns/:campaignId/versions/:number/submit', { params: { campaignId, number }, body: wanted });

/** People who may approve. */
export const useReviewers = () => useQuery({ queryKey: ['campaign-reviewers'], queryFn: get('/campaign-reviewers') });

export const reviewVersion = ({ campaignId, number }: VersionRef, action: 'approve' | 'withdraw') =>
  request(`POST /campaigns/:campaignId/versions/:number/${action}`, { params: { campaignId, number } });

export const returnVersion = ({ campaignId, number }: VersionRef, comment: string) =>
  request('POST /campaigns/:campaignId/versions/:number/return', { params: { campaignId, number }, body: { comment } });

/** Confirms that texts are right as they are. */
export const confirmTexts = (
  { campaignId, number }: VersionRef,
  problems: readonly { readonly code: string; readonly file: string; readonly message: string }[],
) =>
  request('POST /campaigns/:campaignId/versions/:number/confirmations', {
    params: { campaignId, number },
    body: { problems: problems.map(({ code, file, message }) => ({ code, file, message })) },
  });
