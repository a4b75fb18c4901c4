import { Injectable } from '@nestjs/common';
import { CampaignWork } from '#campaigns';
import type { NewsView } from '#contracts';
import { can, NewsReadings, type Session } from '#identity';
import type { PartnerActor, VendorActor } from '#kernel';
import { DisclosedLeads, PartnerNews, type PartnerNewsItem } from '#leads';

type Item = Omit<NewsView['items'][number], 'isUnread'>;
const LISTED = 50;

/** News of the organisation in which a person works, and which of them are unread. */
@Injectable()
export class News {
  constructor(
    private readonly work: CampaignWork,
    private readonly disclosed: DisclosedLeads,
    private readonly partnerNews: PartnerNews,
    private readonly readings: NewsReadings,
  ) {}

  /** Newest first, at most 50; none for a person without an organisation. */
  async list({ actor, organisation, user }: Session): Promise<NewsView> {
    if (actor === null || organisation === null || actor.kind === 'system') return { unread: 0, items: [] };
    const readAt = await this.readings.readAt({ actor, userId: user.id, organisationId: organisation.id });
    const found = actor.kind === 'vendor' ? await this.ofVendor(actor) : await this.ofPartner(actor);
    const items = found
      .sort((one, other) => (one.at < other.at ? 1 : -1))
      .slice(0, LISTED)
      .map((item) => ({ ...item, isUnread: readAt === null || item.at > readAt.toISOString() }));
    return { unread: items.filter(({ isUnread }) => isUnread).length, items };
  }

  async markRead({ actor, organisation, user }: Session, until: Date): Promise<void> {
    if (actor === null || organisation === null) return;
    await this.readings.markRead({ actor, userId: user.id, organisationId: organisation.id }, until);
  }

  private async ofVendor(actor: VendorActor): Promise<Item[]> {
    const versions = (await this.work.news(actor)).map(({ kind, at, by, title, number, campaignId }): Item => ({
      kind,
      at: at.toISOString(),
      by,
      title: { ...title },
      number,
      path: `/campaigns/${campaignId}/versions/${number}`,
    }));
    if (!can(actor, 'disclosures.read')) return versions;
    const shared = await this.disclosed.list(actor, { limit: LISTED, beforeId: null });
    return [
      ...versions,
      ...shared.map(({ disclosedAt, partnerName, titles }): Item => ({
        kind: 'lead-shared',
        at: disclosedAt.toISOString(),
        by: partnerName,
        title: { ...titles },
        number: null,
        path: '/shared-leads',
      })),
    ];
  }

  private async ofPartner(actor: PartnerActor): Promise<Item[]> {
    return (await this.partnerNews.list(actor)).map((item) => ({
      kind: item.kind,
      at: item.at.toISOString(),
      by: item.by,
      title: item.titles === null ? null : { ...item.titles },
      number: null,
      path: pathOf(item),
    }));
  }
}

function pathOf({ kind, versionId, activationId, leadId, contactId }: PartnerNewsItem): string {
  if (kind === 'lead') return `/leads?lead=${leadId}`;
  if (kind === 'reply-not-forwarded') return `/contacts/${contactId}`;
  if (kind === 'campaign-published' || kind === 'campaign-extended') return `/offers/${versionId}`;
  return activationId === null ? '/activations' : `/activations/${activationId}`;
}
