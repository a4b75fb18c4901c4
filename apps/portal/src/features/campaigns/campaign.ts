import { queryOptions, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CampaignPreview, CampaignVersionDetail, TemplateSection } from '#contracts';
import { get } from '../../shared/api';
import type { Recipient } from '../../shared/RecipientChoice';
import type { Status } from '../../shared/StatusBadge';
import { queryKeys } from '../../shared/query-keys';

/**
 * Displayed status: an approved version that is still in review shows as
 * approved.
 */
export const shownStatus = (status: Status, isApproved: boolean): Status =>
  status === 'in-review' && isApproved ? 'approved' : status;

export const versionPath = (id: string, number: number | string): string =>
  `/campaigns/${encodeURIComponent(id)}/versions/${number}`;

export const useVersion = (id: string, number: number | string) =>
  useQuery({
    queryKey: queryKeys.campaignVersion(id, number),
    queryFn: get<CampaignVersionDetail>(versionPath(id, number)),
  });

/** Whether the version can still change. */
export const isEditable = ({ status }: Pick<CampaignVersionDetail, 'status'>): boolean =>
  status === 'draft' || status === 'in-review';

/** Unresolved comments of a version, oldest first. */
export const openComments = ({ comments }: Pick<CampaignVersionDetail, 'comments'>) =>
  comments.filter(({ resolvedAt }) => resolvedAt === null);

interface PreviewOf {
  readonly id: string;
  readonly number: number | string;
  readonly kind: TemplateSection;
  readonly templateKey: string | undefined;
  readonly choice: Recipient & { readonly locale?: string; readonly partnerId?: string; readonly parts?: string };
}

/** Query options for the preview of a template in a partner's brand. */
export const previewQuery = ({ id, number, kind, templateKey, choice }: PreviewOf) =>
  queryOptions({
    queryKey: ['campaign-preview', id, String(number), kind, templateKey, choice],
    queryFn: get<z.output<typeof CampaignPreview>>(
      `${versionPath(id, number)}/preview/${kind}/${templateKey ?? ''}?${new URLSearchParams(choice).toString()}`,
    ),
    enabled: templateKey !== undefined,
    staleTime: 60_000,
  });

/** Preview of a template in a partner's brand, as a recipient sees it. */
export const useCampaignPreview = (of: PreviewOf) => useQuery(previewQuery(of));

/**
 * HTML of the first e-mail of a version, for its card.
 * @param locale of the version.
 * @returns undefined until it is there; null: the version has no e-mail.
 */
export function useCover(id: string, number: number, locale: string | undefined): string | null | undefined {
  const version = useVersion(id, number);
  const templateKey = version.data?.tactics.emails[0]?.key;
  const choice = locale === undefined ? {} : { locale };
  const html = useCampaignPreview({ id, number, kind: 'emails', templateKey, choice }).data?.html;
  return version.data !== undefined && templateKey === undefined ? null : html;
}

/**
 * URL of a document (`documents/brochure.pdf`) or picture
 * (`social/announce/square.jpg`) of a version.
 */
export function artworkAddress(
  { campaignId, number }: { readonly campaignId: string; readonly number: number },
  { locale, partnerId }: { readonly locale: string; readonly partnerId: string },
  file: string,
): string {
  const query = new URLSearchParams({ locale, ...(partnerId === '' ? {} : { partnerId }) });
  return `/api/v1${versionPath(campaignId, number)}/preview/${file}?${query.toString()}`;
}
