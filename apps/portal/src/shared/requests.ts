import { useQuery } from '@tanstack/react-query';
import { type Answer, get, request, type QueryOptions } from './request';
import { useFreshNumbers } from './number-age';
import { queryKeys } from './query-keys';

export const useContact = (contactId: string, options: QueryOptions<'/contacts/:contactId'> = {}) =>
  useQuery({
    queryKey: queryKeys.contact(contactId),
    queryFn: get('/contacts/:contactId', { params: { contactId } }),
    ...options,
  });

export const useContactCampaigns = (contactId: string) =>
  useQuery({
    queryKey: [...queryKeys.contact(contactId), 'campaigns'],
    queryFn: get('/contacts/:contactId/campaigns', { params: { contactId } }),
  });

/** They answered; take this person out; write to this person again. */
export type CampaignChange = 'answered' | 'take-out' | 'readmit';

export const changeCampaigns = (contactId: string, what: CampaignChange) => {
  const call = { params: { contactId } };
  if (what === 'answered')
    return request('POST /contacts/:contactId/campaigns/answered', { params: { contactId }, body: {} });
  return what === 'take-out'
    ? request('POST /contacts/:contactId/campaigns/take-out', call)
    : request('POST /contacts/:contactId/campaigns/readmit', call);
};

export const useSendingPreferences = () =>
  useQuery({ queryKey: queryKeys.sendingPreferences, queryFn: get('/sending/preferences') });

export const useContactHistory = (contactId: string, options: QueryOptions<'/contacts/:contactId/history'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.contact(contactId), 'history'],
    queryFn: get('/contacts/:contactId/history', { params: { contactId } }),
    ...options,
  });

export const useContactLists = <T = Answer<'/contact-lists'>>(options: QueryOptions<'/contact-lists', T> = {}) =>
  useQuery({ queryKey: queryKeys.contactLists, queryFn: get('/contact-lists'), ...options });

export const deleteContact = (contactId: string) => request('DELETE /contacts/:contactId', { params: { contactId } });

export const fetchSession = () => request('GET /session');

export const giveRelayConsent = (body: unknown) => request('POST /relay-consents', { body });

export const revokeRelayConsent = (body: unknown) => request('POST /relay-consents/revoke', { body });

export const revokeDisclosure = (disclosureId: string) =>
  request('POST /disclosures/:disclosureId/revoke', { params: { disclosureId } });

export const shareLead = (leadId: string, body: unknown) =>
  request('POST /leads/:leadId/disclosures', { params: { leadId }, body });

export const saveSharedTotals = (body: unknown) => request('PUT /shared-totals', { body });

export const markPosted = (activationId: string, postKey: string, body: unknown) =>
  request('PUT /activations/:activationId/ready-posts/:postKey', { params: { activationId, postKey }, body });

export const stopActivation = (activationId: string, body: unknown) =>
  request('POST /activations/:activationId/stop', { params: { activationId }, body });

export const updateContact = (contactId: string, body: unknown) =>
  request('PATCH /contacts/:contactId', { params: { contactId }, body });

export const useActivation = (activationId: string, options: QueryOptions<'/activations/:activationId'> = {}) =>
  useQuery({
    queryKey: queryKeys.activation(activationId),
    queryFn: get('/activations/:activationId', { params: { activationId } }),
    ...options,
  });

export const useContactCount = (words: string, options: QueryOptions<'/contacts/count'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.contactCounts, words],
    queryFn: get('/contacts/count', { query: words }),
    ...options,
  });

export const useVersionFiles = (
  campaignId: string,
  number: number | string,
  options: QueryOptions<'/campaigns/:campaignId/versions/:number/files'> = {},
) =>
  useQuery({
    queryKey: [...queryKeys.campaignFiles(campaignId), String(number)],
    queryFn: get('/campaigns/:campaignId/versions/:number/files', { params: { campaignId, number } }),
    ...options,
  });

export const fetchDraftFiles = (campaignId: string) =>
  get('/campaigns/:campaignId/draft-files', { params: { campaignId } });

/** Changed files of a campaign that are not in a version yet. */
export const useDraftFiles = (campaignId: string) =>
  useQuery({ queryKey: queryKeys.draftFiles(campaignId), queryFn: fetchDraftFiles(campaignId) });

/** Users of the own organisation. */
export const useTeamMembers = () => useQuery({ queryKey: ['team'], queryFn: get('/team') });

export const sendTestMails = (campaignId: string, number: number | string, body: unknown) =>
  request('POST /campaigns/:campaignId/versions/:number/test-mails', { params: { campaignId, number }, body });

export const useOffers = (options: QueryOptions<'/offers'> = {}) =>
  useQuery({ queryKey: queryKeys.offers, queryFn: get('/offers'), ...options });

export const usePartnerGroups = <T = Answer<'/partner-groups'>>(options: QueryOptions<'/partner-groups', T> = {}) =>
  useQuery({ queryKey: queryKeys.partnerGroups, queryFn: get('/partner-groups'), ...options });

export const useChannelManagers = (options: QueryOptions<'/channel-managers'> = {}) =>
  useQuery({ queryKey: queryKeys.channelManagers, queryFn: get('/channel-managers'), ...options });

/** Gives partners to a channel manager, or to nobody. */
export const assignPartners = (body: unknown) => request('POST /channel-managers/assignments', { body });

export const createSession = (body: unknown) => request('POST /session', { body });

export const saveProfile = (body: unknown) => request('PATCH /account/profile', { body });

/** Results of one activation since its launch. */
export const useActivationInsight = (
  activationId: string,
  options: QueryOptions<'/insight/activations/:activationId'> = {},
) =>
  useQuery({
    queryKey: [...queryKeys.insight, 'activation', activationId],
    queryFn: get('/insight/activations/:activationId', { params: { activationId } }),
    ...useFreshNumbers(),
    ...options,
  });

/** A partner's vendors, also those whose programme it has left. */
export const useVendors = (options: QueryOptions<'/vendors'> = {}) =>
  useQuery({ queryKey: queryKeys.vendors, queryFn: get('/vendors'), ...options });
/** A partner's tier with each vendor whose tiers have rules. */
export const useOwnTiers = (options: QueryOptions<'/vendor-tiers'> = {}) =>
  useQuery({ queryKey: queryKeys.ownTiers, queryFn: get('/vendor-tiers'), ...options });

/** The rules of the vendor's tiers. */
export const useTierRules = (options: QueryOptions<'/tier-rules'> = {}) =>
  useQuery({ queryKey: [...queryKeys.tiers, 'rules'], queryFn: get('/tier-rules'), ...options });
