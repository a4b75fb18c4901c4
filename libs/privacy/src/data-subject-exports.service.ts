import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Contacts, Preferences, Suppressions } from '#contacts';
import type { DataSubjectExport } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type ContactId, type PartnerActor } from '#kernel';
import { readVariant } from '#rendering';

type Row = Record<string, unknown>;
type Disclosed = Omit<DataSubjectExport['disclosures'][number], 'disclosedAt' | 'revokedAt'> & {
  readonly disclosedAt: Date;
  readonly revokedAt: Date | null;
};

/**
 * Rows about a contact ($1), besides the contact, in the partner's own scope;
 * oldest first.
 */
const ROWS = {
  optIns: `SELECT activation_id, text_shown, language, requested_at, expires_at, confirmed_at, requested_from_hash, confirmed_from_hash,
      text_language, page, version_id, confirmation, jurisdiction
    FROM contacts.opt_in_view WHERE contact_id = $1 ORDER BY id`,
  decisions: `SELECT activation_id, step_key AS step, outcome, reason, decided_at AS at FROM sequences.decision_view
    WHERE contact_id = $1 ORDER BY decided_at`,
  messages: `SELECT id, activation_id, step_key AS step, variant, state, reason, settled_at AS at, consent_basis AS basis, consent_rules,
    (SELECT recorded_at FROM contacts.consent_record_view WHERE id = m.consent_record_id) AS consent_recorded_at
    FROM delivery.message_view m WHERE contact_id = $1 ORDER BY id`,
  tests: `SELECT activation_id, arm AS test_arm, arm_version AS version, at FROM sequences.experiment_contact_view
    WHERE contact_id = $1 AND arm IS NOT NULL ORDER BY at`,
  holdOuts: `SELECT activation_id, CASE WHEN is_held_out THEN 'held-out' ELSE 'with-campaign' END AS "group", at
    FROM sequences.hold_out_draw_view WHERE contact_id = $1 ORDER BY at`,
  reports: `SELECT e.message_id, e.kind, e.why, e.status, e.reporter, e.excerpt, e.at FROM delivery.message_event_view e
    JOIN delivery.message_view m ON m.id = e.message_id WHERE m.contact_id = $1 ORDER BY e.at`,
  interactions: `SELECT activation_id, message_id, kind, link_name AS link, verdict,
    concat_ws('; ', why, (SELECT suspicion FROM engagement.interaction_view t WHERE t.id = j.id)) AS why, at
    FROM engagement.interaction_with_verdict j WHERE contact_id = $1 ORDER BY at`,
  events: `SELECT kind, name, external_id, activation_id, at FROM sequences.event_view WHERE contact_id = $1 ORDER BY at, id`,
  leads: `SELECT id, activation_id, source, status, message, phone, amount_minor, currency, created_at, requests, states, follow_ups
    FROM leads.lead_history_view WHERE contact_id = $1 ORDER BY id`,
  deals: `SELECT id, lead_id, stage, amount_minor, refunded_minor, currency, expected_on::text, closed_on::text, products, lost_reason, created_at,
    withdrawn_at, withdrawn_reason
    FROM leads.held_deal_view WHERE contact_id = $1 ORDER BY id`,
} as const;

const DISCLOSURES = `SELECT d.id, o.name AS vendor, d.fields, d.purpose, d.person, d.disclosed_by, d.disclosed_at, d.revoked_at, d.answers
    FROM leads.disclosure_view d JOIN organisations.organisation_view o ON o.id = d.vendor_id WHERE d.contact_id = $1 ORDER BY d.id`;

/** Data-subject exports. */
@Injectable()
export class DataSubjectExports {
  // More parameters than elsewhere: a person is in many places.
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly suppressions: Suppressions,
    private readonly preferences: Preferences,
  ) {}

  /**
   * Everything that the partner stores about a contact.
   * @throws DomainError `contact.not-found`.
   */
  async export(actor: PartnerActor, id: ContactId): Promise<DataSubjectExport> {
    requirePermission(actor, 'contacts.edit');
    return this.database.inTransaction(actor, async () => {
      const contact = Object.entries(await this.contacts.get(actor, id)).filter(([field]) => field !== 'partnerId');
      const suppression = await this.suppressions.ofContact(actor, id);
      const rows = {} as Record<keyof typeof ROWS, Row[]>;
      for (const [section, sql] of Object.entries(ROWS))
        rows[section as keyof typeof ROWS] = await this.database.query<Row>(sql, [id]);
      const disclosures = await this.database.query<Disclosed>(DISCLOSURES, [id]);
      await this.audit.record(actor, { action: 'contact.exported', subject: { kind: 'contact', id } });
      return {
        madeAt: this.clock.now().toISOString(),
        contact: Object.fromEntries(contact),
        lists: await this.lists(id),
        consent: (await this.contacts.consentRecords(actor, id)).map(
          ({ basis, evidence, source, jurisdiction, jurisdictionSource, expiresOn, recordedAt, ...form }) => ({
            basis,
            evidence,
            source,
            jurisdiction,
            jurisdictionSource,
            expiresOn,
            recordedAt,
            language: form.language,
            page: form.page,
            versionId: form.versionId,
            confirmation: form.confirmation,
          }),
        ),
        suppression:
          suppression === null
            ? null
            : { reason: suppression.reason, source: suppression.source, at: suppression.suppressedAt },
        wishes: {
          atMostEveryDays: (await this.preferences.intervalDays(actor, [id])).get(id) ?? null,
          refusedTopics: [...((await this.preferences.refusedTopics(actor, [id])).get(id) ?? [])],
        },
        ...rows,
        messages: rows.messages.map(withTestArm),
        disclosures: disclosures.map(({ disclosedAt, revokedAt, answers, ...disclosure }) => ({
          ...disclosure,
          disclosedAt: disclosedAt.toISOString(),
          revokedAt: revokedAt?.toISOString() ?? null,
          answers: answers.map(({ at, ...answer }) => ({ ...answer, at: new Date(at).toISOString() })),
        })),
      };
    });
  }

  private async lists(id: ContactId): Promise<string[]> {
    const rows = await this.database.query<{ name: string }>(
      'SELECT list_name AS name FROM contacts.contact_list_member_view WHERE contact_id = $1 ORDER BY list_name',
      [id],
    );
    return rows.map(({ name }) => name);
  }
}

/** The e-mail or time that was drawn for a message by a test is a part of its variant's name. */
const withTestArm = ({ variant, ...message }: Row): Row => ({
  ...message,
  variant,
  testArm: (typeof variant === 'string' ? readVariant(variant)?.drawn?.arm : null) ?? null,
});
