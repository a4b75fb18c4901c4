import { queryOptions, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CampaignPreview, CampaignVersionDetail, TemplateSection } from '#contracts';
import { get } from '../../shared/api';
import type { Recipient } from '../../shared/RecipientChoice';
import type { Status } from '../../shared/StatusBadge';

/** The state as people call it: a version in review that somebody has approved is approved. */
export const shownStatus = (status: Status, isApproved: boolean): Status =>
  status === 'in-review' && isApproved ? 'approved' : status;

export const versionPath = (id: string, number: number | string): string =>
  `/campaigns/${encodeURIComponent(id)}/versions/${number}`;

/** By what a version is kept in this browser. */
export const versionKey = (id: string, number: number | string) => ['campaign-version', id, String(number)] as const;

export const useVersion = (id: string, number: number | string) =>
  useQuery({
    queryKey: versionKey(id, number),
    queryFn: get<CampaignVersionDetail>(versionPath(id, number)),
  });

/** Whether it can still change. */
export const isEditable = ({ status }: Pick<CampaignVersionDetail, 'status'>): boolean =>
  status === 'draft' || status === 'in-review';

/** What was said of a version and waits for an answer, oldest first. */
export const openComments = ({ comments }: Pick<CampaignVersionDetail, 'comments'>) =>
  comments.filter(({ resolvedAt }) => resolvedAt === null);

interface PreviewOf {
  readonly id: string;
  readonly number: number | string;
  readonly kind: TemplateSection;
  readonly templateKey: string | undefined;
  readonly choice: Recipient & { readonly locale?: string; readonly partnerId?: string; readonly parts?: string };
}

/** How a template is asked for in a partner's brand, as a recipient would get it. */
export const previewQuery = ({ id, number, kind, templateKey, choice }: PreviewOf) =>
  queryOptions({
    queryKey: ['campaign-preview', id, String(number), kind, templateKey, choice],
    queryFn: get<z.output<typeof CampaignPreview>>(
      `${versionPath(id, number)}/preview/${kind}/${templateKey ?? ''}?${new URLSearchParams(choice).toString()}`,
    ),
    enabled: templateKey !== undefined,
    staleTime: 60_000,
  });

/** A template in a partner's brand, as a recipient would get it. */
export const useCampaignPreview = (of: PreviewOf) => useQuery(previewQuery(of));

/** The first e-mail of a version, for its card. */
export function useCover(id: string, number: number): string | undefined {
  const version = useVersion(id, number);
  const templateKey = version.data?.tactics.emails[0]?.key;
  return useCampaignPreview({ id, number, kind: 'emails', templateKey, choice: {} }).data?.html;
}

/** Where a document (`documents/brochure.pdf`) or a picture (`social/announce/square.jpg`) of a version is shown. */
export function artworkAddress(
  { campaignId, number }: { readonly campaignId: string; readonly number: number },
  { locale, partnerId }: { readonly locale: string; readonly partnerId: string },
  file: string,
): string {
  const query = new URLSearchParams({ locale, ...(partnerId === '' ? {} : { partnerId }) });
  return `/api/v1${versionPath(campaignId, number)}/preview/${file}?${query.toString()}`;
}
