import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  type ActivationId,
  type Actor,
  Clock,
  type ContactId,
  editVersion,
  type Id,
  newId,
  requireCurrent,
  type SystemActor,
  DAY_MS,
  MINUTE_MS,
} from '#kernel';
import { AddressKeys } from './address-keys.service.js';
import { editorOf, partnerOf } from './authority.js';
import type { AskingForm } from './contact.js';
import { Contacts } from './contacts.service.js';

export type OptInId = Id<'opt-in'>;

/** How long a link confirms. */
const VALID_MS = 7 * DAY_MS;
/**
 * A form can be sent for any address; no address gets more mails of it than
 * this.
 */
const MAILS_A_DAY = 3;
const BETWEEN_MAILS_MS = 2 * MINUTE_MS;

/** Where a form's opt-in has to be confirmed by mail. */
export interface ConsentRule {
  readonly doubleOptIn: boolean;
  /** ISO 3166-1; none: everywhere. */
  readonly countries: readonly string[];
}

/**
 * Countries whose courts accept the opt-in of a form only if the person has
 * confirmed it: Germany (BGH, 10 February 2011, I ZR 164/09), and Austria, where
 * practice follows it (TKG 2021, section 174).
 */
const CONFIRMED_IN: readonly string[] = ['AT', 'DE'];

/** The version of a consent rule, for editors. */
export const consentRuleVersion = ({ doubleOptIn, countries }: ConsentRule): string =>
  editVersion([doubleOptIn, countries]);

/** The request for an opt-in. */
export interface OptIn {
  readonly id: OptInId;
  readonly contactId: ContactId;
  readonly textShown: string;
  readonly language: string;
  readonly state: 'open' | 'confirmed' | 'expired';
}

interface ConfirmedRequest {
  readonly contactId: ContactId;
  readonly textShown: string;
  readonly requestedAt: Date;
  readonly jurisdiction: string | null;
  /** Null for a request from before it was stored. */
  readonly form: AskingForm | null;
}

/** One request per contact; a repeated one replaces it, within the limits of mails. */
const UPSERT_REQUEST = `
  INSERT INTO contacts.opt_in AS o (id, partner_id, contact_id, activation_id, text_shown, language, requested_at,
    expires_at, mails, mails_since, requested_from, text_language, page, version_id, confirmation, jurisdiction)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $7, $9, $13, $14, $15, $16, $17)
  ON CONFLICT (contact_id) WHERE confirmed_at IS NULL DO UPDATE SET
    activation_id = excluded.activation_id, text_shown = excluded.text_shown, language = excluded.language,
    requested_at = excluded.requested_at, expires_at = excluded.expires_at, requested_from = excluded.requested_from,
    text_language = excluded.text_language, page = excluded.page, version_id = excluded.version_id, confirmation = excluded.confirmation, jurisdiction = excluded.jurisdiction,
    mails = CASE WHEN o.mails_since <= $10 THEN 1 ELSE o.mails + 1 END,
    mails_since = CASE WHEN o.mails_since <= $10 THEN excluded.mails_since ELSE o.mails_since END
  WHERE o.requested_at <= $11 AND (o.mails < $12 OR o.mails_since <= $10) RETURNING id`;

/**
 * Opt-ins that count once the person has confirmed them from their own mailbox.
 */
@Injectable()
export class DoubleOptIns {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly keys: AddressKeys,
  ) {}

  /**
   * What the partner has chosen. Without a choice, every opt-in of a partner in
   * Germany or Austria has to be confirmed, and none of other partners.
   */
  async rule(actor: Actor): Promise<ConsentRule> {
    const [rule] = await this.database.inTransaction(actor, () =>
      this.database.query<ConsentRule>(
        `SELECT coalesce(r.double_opt_in, o.country_code = ANY($2)) AS double_opt_in, coalesce(r.countries, '{}') AS countries
         FROM organisations.organisation_view o LEFT JOIN contacts.consent_rule r ON r.partner_id = o.id WHERE o.id = $1`,
        [partnerOf(actor), CONFIRMED_IN],
      ),
    );
    return rule ?? { doubleOptIn: false, countries: [] };
  }

  /**
   * @param country of the contact (ISO 3166-1); null if unknown. Unknown counts
   *   as a country that needs the confirmation if any country does.
   */
  async isWanted(actor: Actor, country: string | null): Promise<boolean> {
    const { doubleOptIn, countries } = await this.rule(actor);
    return doubleOptIn && (countries.length === 0 || country === null || countries.includes(country));
  }

  /**
   * @param basedOn `consentRuleVersion` of the rule that was edited; null:
   *   replace any.
   * @throws DomainError `edit.stale`.
   */
  async choose(actor: Actor, { doubleOptIn, countries }: ConsentRule, basedOn: string | null = null): Promise<void> {
    const partnerId = editorOf(actor);
    const chosen = [...new Set(countries)].sort();
    await this.database.inTransaction(actor, async () => {
      await this.database.lock(`consent rule ${partnerId}`);
      requireCurrent(basedOn, consentRuleVersion(await this.rule(actor)));
      await this.database.query(
        `INSERT INTO contacts.consent_rule (partner_id, double_opt_in, countries, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (partner_id) DO UPDATE SET double_opt_in = excluded.double_opt_in, countries = excluded.countries, changed_at = excluded.changed_at`,
        [partnerId, doubleOptIn, chosen, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'consent-rule.changed',
        subject: { kind: 'organisation', id: partnerId },
        details: { doubleOptIn, countries: chosen },
      });
    });
  }

  /**
   * Records that a contact was asked, in the open transaction. A contact with a
   * valid consent keeps it; any other becomes pending.
   * @param from the address that sent the form; only a keyed hash is stored.
   * @returns the token for the link; null if the contact has had enough mails
   *   for now.
   */
  async createRequest(
    actor: SystemActor,
    request: {
      readonly contactId: ContactId;
      readonly activationId: ActivationId;
      readonly textShown: string;
      /** BCP 47, of the e-mail that asks. */
      readonly language: string;
      /** ISO 3166-1, as the form stated it; null: it did not. */
      readonly jurisdiction: string | null;
      readonly form: AskingForm;
      readonly from: string;
    },
  ): Promise<OptInId | null> {
    const partnerId = editorOf(actor);
    const now = this.clock.now();
    const { form, jurisdiction, textShown } = request;
    const [newest] = await this.contacts.consentRecords(actor, request.contactId);
    if (newest === undefined || newest.basis === 'unknown')
      await this.contacts.recordPending(actor, request.contactId, { evidence: textShown, jurisdiction, form });
    const [row] = await this.database.query<{ id: OptInId }>(UPSERT_REQUEST, [
      newId<OptInId>(),
      partnerId,
      request.contactId,
      request.activationId,
      textShown,
      request.language,
      now,
      new Date(now.getTime() + VALID_MS),
      this.hashOf(actor, request.from),
      new Date(now.getTime() - DAY_MS),
      new Date(now.getTime() - BETWEEN_MAILS_MS),
      MAILS_A_DAY,
      form.language,
      form.page,
      form.versionId,
      form.confirmation,
      jurisdiction,
    ]);
    return row?.id ?? null;
  }

  /** The opt-in of a link; null if it never existed or its data was erased. */
  async find(actor: SystemActor, id: OptInId): Promise<OptIn | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<OptIn>(
        `SELECT id, contact_id, text_shown, language,
           CASE WHEN confirmed_at IS NOT NULL THEN 'confirmed' WHEN expires_at <= $2 THEN 'expired' ELSE 'open' END AS state
         FROM contacts.opt_in WHERE id = $1`,
        [id, this.clock.now()],
      ),
    );
    return found ?? null;
  }

  /**
   * Confirms an opt-in, once.
   * Evidence: the text shown, the times of request and confirmation, and the
   * form. The consent record is one row, written here: triggers on it know that
   * the opt-in counts from now on.
   * @returns its state after that; null if it does not exist.
   */
  async confirm(actor: SystemActor, id: OptInId, from: string): Promise<OptIn['state'] | null> {
    return this.database.inTransaction(actor, async () => {
      const now = this.clock.now();
      const [confirmed] = await this.database.query<ConfirmedRequest>(
        `UPDATE contacts.opt_in SET confirmed_at = $2, confirmed_from = $3 WHERE id = $1 AND confirmed_at IS NULL AND expires_at > $2
         RETURNING contact_id, text_shown, requested_at, jurisdiction, CASE WHEN page IS NOT NULL THEN
           jsonb_build_object('language', text_language, 'page', page, 'versionId', version_id, 'confirmation', confirmation) END AS form`,
        [id, now, this.hashOf(actor, from)],
      );
      if (confirmed === undefined) return (await this.find(actor, id))?.state ?? null;
      const { contactId, textShown, requestedAt, jurisdiction, form } = confirmed;
      const evidence = `${textShown} (asked ${requestedAt.toISOString()}, confirmed ${now.toISOString()})`;
      await this.contacts.recordConsent(actor, contactId, { basis: 'opt-in', evidence, jurisdiction, form });
      return 'confirmed';
    });
  }

  /** Those of the contacts that have ever confirmed an opt-in. Joins the open transaction. */
  async confirmedAmong(actor: SystemActor, contactIds: readonly ContactId[]): Promise<ReadonlySet<ContactId>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId }>(
        'SELECT DISTINCT contact_id AS id FROM contacts.opt_in WHERE contact_id = ANY ($1) AND confirmed_at IS NOT NULL',
        [contactIds],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Lets no consent of the contacts be stored until the open transaction ends,
   * so that one of the two sees the other: the consent, or who waits for it.
   * @returns the contacts that are locked. A consent of the others is being
   *   stored: to wait for it could be a deadlock with its trigger
   *   (libs/database/functions/sequences.wake_entries.sql).
   */
  async lockConsents(actor: SystemActor, contactIds: readonly ContactId[]): Promise<ContactId[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId }>(
        'SELECT id FROM contacts.contact WHERE id = ANY ($1) FOR SHARE SKIP LOCKED',
        [contactIds],
      ),
    );
    return rows.map(({ id }) => id);
  }

  private hashOf(actor: SystemActor, address: string): Buffer {
    return this.keys.keyOf({ kind: 'partner', partnerId: partnerOf(actor) }, `requester ${address}`);
  }
}
