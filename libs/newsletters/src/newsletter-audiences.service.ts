import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type PartnerId, systemActor, type VendorActor, type VendorProcess, vendorProcess } from '#kernel';
import { Memberships, Organisations, PartnerGroups } from '#organisations';
import { type NewsletterAudience, shownOf } from './newsletter.js';
import { type AudienceMember, NewslettersRepository } from './newsletters.repository.js';

/** Whom a newsletter would go to now. */
export interface AudiencePreview {
  readonly people: number;
  readonly partners: number;
  /** People who have turned off newsletters by e-mail; null: fewer than five people. */
  readonly withoutEmail: number | null;
  /** How many people have each language. */
  readonly locales: Readonly<Record<string, number>>;
  /** The first ones by partner and name. */
  readonly first: readonly { readonly name: string; readonly partner: string; readonly role: string }[];
}

/** Enough to see whether the audience is the one that its author means. */
const PREVIEWED = 20;

/** People of partners to whom a vendor writes. */
@Injectable()
export class NewsletterAudiences {
  constructor(
    private readonly database: Database,
    private readonly rows: NewslettersRepository,
    private readonly groups: PartnerGroups,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
  ) {}

  /**
   * Count and first people of an audience. Stores nothing.
   * @throws DomainError `partner-group.not-found`.
   */
  async preview(actor: VendorActor, audience: NewsletterAudience): Promise<AudiencePreview> {
    requirePermission(actor, 'campaigns.read');
    await this.groups.ofIds(actor, audience.groupIds);
    const people = await this.people(vendorProcess('newsletter-audience', actor.vendorId), audience);
    const partnerIds = [...new Set(people.map(({ partnerId }) => partnerId))];
    const names = await this.organisations.byIds(systemActor('newsletter-audience'), partnerIds);
    const partnerOf = ({ partnerId }: AudienceMember): string => names.get(partnerId)?.name ?? '';
    const first = people
      .map((person) => ({ name: person.name, partner: partnerOf(person), role: person.role }))
      .sort((a, b) => a.partner.localeCompare(b.partner, 'en') || a.name.localeCompare(b.name, 'en'))
      .slice(0, PREVIEWED);
    const locales: Record<string, number> = {};
    for (const { locale } of people) locales[locale] = (locales[locale] ?? 0) + 1;
    return {
      people: people.length,
      partners: partnerIds.length,
      withoutEmail: shownOf(people.length, people.filter(({ delivery }) => delivery === 'none').length),
      locales,
      first,
    };
  }

  /** People of active partners, each once. Joins the open transaction, if there is one. */
  async people(actor: VendorProcess, { groupIds, roles }: NewsletterAudience): Promise<AudienceMember[]> {
    const partnerIds = await this.partners(actor, groupIds);
    return this.database.inTransaction(systemActor(actor.name), () => this.rows.people(partnerIds, roles));
  }

  private async partners(actor: VendorProcess, groupIds: NewsletterAudience['groupIds']): Promise<PartnerId[]> {
    const active = await this.memberships.activePartners(actor);
    if (groupIds.length === 0) return active;
    const groups = await this.groups.ofIds(actor, groupIds);
    const members = await this.groups.membersByGroup(actor, groups);
    const wanted = new Set([...members.values()].flat());
    return active.filter((id) => wanted.has(id));
  }
}
