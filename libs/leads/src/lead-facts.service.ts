import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import type { CompiledCampaign } from '#content';
import { Database } from '#database';
import type { CampaignVersionId, LeadId, PartnerActor, SystemActor } from '#kernel';
import { type ClickedLink, clickedLink } from './clicked-link.js';
import type { Lead } from './lead.js';

/** What made a contact a lead. A document is one behind a clicked link. */
export type ResponseKind = 'form' | 'document' | 'click' | 'step';

/** What is known of a lead besides its own row. */
export interface LeadFacts {
  readonly id: LeadId;
  readonly vendorName: string;
  /** Of the campaign, by language, BCP 47. */
  readonly titles: Readonly<Record<string, string>>;
  /** The language in which the campaign runs. */
  readonly locale: string;
  /** What the person has clicked; no clicks of programs. */
  readonly links: readonly ClickedLink[];
  readonly response: ResponseKind;
  /** Whether the campaign has been stopped, or ended by its vendor. */
  readonly isOver: boolean;
}

type FactsRow = Omit<LeadFacts, 'response' | 'links'> & {
  readonly links: readonly string[];
  readonly versionId: CampaignVersionId;
};

const FACTS = `SELECT l.id, a.version_id, o.name AS vendor_name, coalesce(v.title, '{}') AS titles, a.locale,
    a.status = 'stopped' OR coalesce(v.status <> 'published', false) AS is_over,
    (SELECT coalesce(json_agg(DISTINCT i.link_name), '[]') FROM engagement.interaction_with_verdict i
      WHERE i.contact_id = l.contact_id AND i.activation_id = l.activation_id AND i.kind = 'click' AND i.verdict = 'human'
        AND i.link_name IS NOT NULL) AS links
  FROM leads.lead l JOIN activations.activation_view a ON a.id = l.activation_id
  JOIN organisations.organisation_view o ON o.id = a.vendor_id
  LEFT JOIN campaigns.campaign_version_view v ON v.id = a.version_id
  WHERE l.id = ANY($1)`;

/** A title in a language, or else in another one. */
export const titleIn = (titles: Readonly<Record<string, string>>, locale: string): string =>
  titles[locale] ?? titles[locale.slice(0, 2)] ?? Object.values(titles)[0] ?? '';

/** What lists and mails say of leads: campaign, vendor and response. */
@Injectable()
export class LeadFactsReader {
  constructor(
    private readonly database: Database,
    private readonly activations: Activations,
  ) {}

  /** @returns by lead; only leads of the actor's partner. */
  async read(
    actor: PartnerActor | SystemActor,
    leads: readonly Pick<Lead, 'id' | 'source'>[],
  ): Promise<ReadonlyMap<LeadId, LeadFacts>> {
    if (leads.length === 0) return new Map();
    return this.database.inTransaction(actor, async () => {
      const rows = await this.database.query<FactsRow>(FACTS, [leads.map(({ id }) => id)]);
      const known = new Map(leads.map((lead) => [lead.id, lead]));
      const campaigns = await this.campaigns(
        actor,
        rows.filter(({ links }) => links.length > 0),
      );
      return new Map(
        rows.map(({ versionId, ...row }): [LeadId, LeadFacts] => {
          const campaign = campaigns.get(versionId);
          const links = campaign === undefined ? [] : row.links.map((name) => clickedLink(campaign, name, row.locale));
          const hasDocument = links.some(({ kind }) => kind === 'document');
          const source = known.get(row.id)?.source ?? 'sequence';
          return [row.id, { ...row, links, response: responseOf(source, hasDocument) }];
        }),
      );
    });
  }

  private async campaigns(
    actor: PartnerActor | SystemActor,
    rows: readonly Pick<FactsRow, 'versionId'>[],
  ): Promise<ReadonlyMap<CampaignVersionId, CompiledCampaign>> {
    const found = new Map<CampaignVersionId, CompiledCampaign>();
    for (const versionId of new Set(rows.map((row) => row.versionId)))
      found.set(versionId, await this.activations.campaign(actor, { versionId }));
    return found;
  }
}

function responseOf(source: Lead['source'], hasDocument: boolean): ResponseKind {
  if (source === 'clicks') return hasDocument ? 'document' : 'click';
  return source === 'sequence' ? 'step' : 'form';
}
