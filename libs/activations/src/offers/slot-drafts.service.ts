import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignVersionId, Clock, DomainError, type PartnerActor } from '#kernel';
import { type Offer, Offers } from './offers.service.js';

/** Lines by slot, by language. */
type SlotDrafts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * A partner's own texts of a campaign before its launch. They belong to the
 * campaign: each device and each user of the partner launches with them, and a
 * newer version starts with them.
 */
@Injectable()
export class SlotDraftTexts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly offers: Offers,
  ) {}

  /** @throws DomainError `campaign-version.not-found`. */
  async get(actor: PartnerActor, versionId: CampaignVersionId): Promise<SlotDrafts> {
    const { version } = await this.offers.one(actor, versionId);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ locale: string; texts: Record<string, string> }>(
        'SELECT locale, texts FROM activations.slot_draft WHERE partner_id = $1 AND campaign_id = $2',
        [actor.partnerId, version.campaignId],
      ),
    );
    return Object.fromEntries(rows.map(({ locale, texts }) => [locale, texts]));
  }

  /**
   * Stores the texts of the given slots; those of others stay. So two users who
   * write in different slots at once do not overwrite each other.
   * @param texts lines by slot.
   * @throws DomainError `campaign-version.not-found`, `slot-texts.unknown`.
   */
  async save(
    actor: PartnerActor,
    versionId: CampaignVersionId,
    locale: string,
    texts: Readonly<Record<string, string>>,
  ): Promise<SlotDrafts> {
    requirePermission(actor, 'activations.launch');
    const offer = await this.offers.one(actor, versionId);
    requireKnown(offer, locale, texts);
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `INSERT INTO activations.slot_draft (partner_id, campaign_id, locale, texts, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (partner_id, campaign_id, locale) DO UPDATE SET texts = slot_draft.texts || excluded.texts,
           changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
        [actor.partnerId, offer.version.campaignId, locale, JSON.stringify(texts), actor.name, this.clock.now()],
      ),
    );
    return this.get(actor, versionId);
  }
}

function requireKnown({ version, compiled }: Offer, locale: string, texts: Readonly<Record<string, string>>): void {
  const locales: readonly string[] = version.locales;
  if (!locales.includes(locale))
    throw unknown('locale', `This campaign has no language “${locale}”. It has: ${locales.join(', ')}.`);
  const names = compiled.slots.map(({ name }) => name);
  const [wrong] = Object.keys(texts).filter((name) => !names.includes(name));
  if (wrong !== undefined)
    throw unknown(`texts.${wrong}`, `This campaign has no text “${wrong}”. It has: ${names.join(', ')}.`);
}

const unknown = (field: string, sentence: string): DomainError =>
  new DomainError('slot-texts.unknown', sentence, { field });
