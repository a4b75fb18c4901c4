import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { SystemMail } from '#identity';
import { type PartnerId, type VendorId, systemActor } from '#kernel';
import { contactReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { termsLetter } from './terms-letter.js';
import type { TermsVersion } from './terms-version.js';

/** Partners of one transaction. */
const AT_ONCE = 100;
const PATH = '/vendors';
const ACTOR = systemActor('programme-terms');

type Terms = Omit<TermsVersion, 'texts'>;

/** Tells partners of new programme terms. */
@Injectable()
export class TermsMail {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Tells the owners of each partner, who can accept them. The same again tells each person once. */
  async tell({ vendorId, number }: { readonly vendorId: VendorId; readonly number: number }): Promise<void> {
    const terms = await this.database.inTransaction(ACTOR, () => this.read(vendorId, number));
    if (terms === null) return;
    let partnerIds = await this.partnersAfter(vendorId, number, null);
    while (partnerIds.length > 0) {
      await this.tellSome(vendorId, terms, partnerIds);
      partnerIds = await this.partnersAfter(vendorId, number, partnerIds.at(-1) ?? null);
    }
  }

  private async tellSome(vendorId: VendorId, terms: Terms, partnerIds: readonly PartnerId[]): Promise<void> {
    await this.database.inTransaction(ACTOR, async () => {
      const { name } = await this.organisations.get(ACTOR, vendorId);
      const told = await this.notifier.readersNow(
        ACTOR,
        partnerIds.map((organisationId) => ({
          organisationId,
          kind: 'partnerships',
          event: 'terms-published',
          key: `${vendorId} ${terms.number}`,
          by: name,
          titles: null,
          number: terms.number,
          path: PATH,
          // Owners accept them.
          audience: contactReaders(null),
        })),
      );
      const url = `${this.config.PUBLIC_URL}${PATH}`;
      await this.mail.postAll(
        told.map(({ reader }) => ({ message: termsLetter(reader, { vendor: { id: vendorId, name }, terms, url }) })),
      );
    });
  }

  private async read(vendorId: VendorId, number: number): Promise<Terms | null> {
    const [found] = await this.database.query<Terms>(
      `SELECT number, effective_on::text, accept_by::text, is_required FROM joining.terms_version
       WHERE vendor_id = $1 AND number = $2`,
      [vendorId, number],
    );
    return found ?? null;
  }

  /** Present partners that have not accepted the version yet. */
  private async partnersAfter(vendorId: VendorId, number: number, afterId: PartnerId | null): Promise<PartnerId[]> {
    const rows = await this.database.inTransaction(ACTOR, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `SELECT DISTINCT partner_id FROM organisations.membership_view m
         WHERE vendor_id = $1 AND status = 'active' AND ($3::uuid IS NULL OR partner_id > $3)
           AND NOT EXISTS (SELECT 1 FROM joining.terms_acceptance a
             WHERE a.vendor_id = $1 AND a.partner_id = m.partner_id AND a.number >= $2)
         ORDER BY partner_id LIMIT $4`,
        [vendorId, number, afterId, AT_ONCE],
      ),
    );
    return rows.map(({ partnerId }) => partnerId);
  }
}
