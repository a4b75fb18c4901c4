import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { NIL } from 'uuid';
import type { Actor, ContactId, ContactListId, PartnerId, VendorId } from '#kernel';
import type { Audience, LaunchExclusion, LaunchExclusions, OnRecipients, Recipient } from './audience.js';
import { partnerOf } from './authority.js';
import { pageByIndex } from './bulk-changes.repository.js';
import type { ConsentBasis, ConsentRecordId } from './contact.js';
import { ContactLists, PAGE_OF_LISTS } from './contact-lists.service.js';
import type { PolicyReason } from './policy-reason.js';
import { type AddressedContact, SharedSuppressions } from './shared-suppressions.service.js';
import { Suppressions } from './suppressions.service.js';

/** The contact policy's decision on one contact now, with its evidence. */
export type SendDecision =
  | {
      readonly send: true;
      readonly consentRecordId: ConsentRecordId;
      readonly basis: ConsentBasis;
      /** Which rules decided; see `CONSENT_RULES`. */
      readonly rules: number;
      /**
       * The last day (UTC) on which it holds, where the law lets it run out.
       */
      readonly expiresOn: string | null;
    }
  | { readonly send: false; readonly reason: PolicyReason };

/**
 * The version of the rules of `decisionOn`; each message stores it. 1: no
 * suppression of partner, vendor or platform; a known, unexpired basis. 2: an
 * opt-in that awaits its confirmation is no basis. Raise it with every change
 * of a rule.
 */
const CONSENT_RULES = 2;

type AudienceDecision = SendDecision | { readonly send: false; readonly reason: LaunchExclusion };

interface Subject extends AddressedContact {
  readonly consentRecordId: ConsentRecordId | null;
  readonly basis: ConsentBasis | null;
  readonly expiresOn: string | null;
  readonly hasExpired: boolean;
}

type Member = Subject & Recipient;

interface DecidedPage {
  readonly decisions: readonly AudienceDecision[];
  readonly recipients: readonly Recipient[];
  readonly nextAfter: ContactId | null;
}

/**
 * Which opt-outs count. `of-partner`: only what contacts told this partner, for
 * all that the partner is shown. `not-of-vendor-staff`: also what persons told
 * others, and what the platform knows. Only for noised numbers that the vendor
 * is told, without entries of the vendor's own staff: it could opt out one
 * address and compare. A hand-over asks `SharedSuppressions`, last.
 */
export type OptOutsCounted = 'of-partner' | 'not-of-vendor-staff';

type Match = 'unsubscribed' | 'suppressed' | 'contact-policy';

/** Reasons after which a launch to a list reaches nobody and is refused. */
const SPENT: ReadonlySet<string> = new Set<LaunchExclusion>(['already-got', 'on-exclusion-list']);

/** Contacts whose keys are derived in one go: a few milliseconds of hashing. */
const PAGE = 500;
/**
 * Contacts of one batch: a tenth of a second on an idle machine.
 * A list of any size gets its first answer at once.
 */
const AUDIENCE_BATCH = 5_000;

/**
 * Whether a contact may get a vendor's campaign: suppression and consent.
 * What other parties know is asked separately, at the hand-over: see
 * SharedSuppressions and FrequencyCaps.
 */
@Injectable()
export class SendPolicy {
  constructor(
    private readonly database: Database,
    private readonly lists: ContactLists,
    private readonly suppressions: Suppressions,
    private readonly shared: SharedSuppressions,
  ) {}

  /**
   * Decides for each contact, at planning and again in the transaction of the
   * submission, by what contacts told this partner.
   * @returns an entry for every id. Ids that are deleted or another partner's
   *   are `contact-gone`.
   */
  async decide(
    actor: Actor,
    vendorId: VendorId,
    contactIds: readonly ContactId[],
    now: Date,
    optOuts: OptOutsCounted = 'of-partner',
  ): Promise<Map<ContactId, SendDecision>> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const subjects = await this.subjects(partnerId, contactIds, now);
      const matches = await this.suppressed(partnerId, subjects);
      if (optOuts === 'not-of-vendor-staff')
        for (const [id, origin] of await this.shared.among(partnerId, vendorId, subjects))
          if (origin === 'person' && !matches.has(id)) matches.set(id, 'contact-policy');
      const decisions = new Map<ContactId, SendDecision>(
        contactIds.map((id) => [id, { send: false, reason: 'contact-gone' }]),
      );
      for (const subject of subjects) decisions.set(subject.id, decisionOn(subject, matches.get(subject.id)));
      return decisions;
    });
  }

  /**
   * Whether the product's own mail to a contact, such as a request to confirm,
   * may go out now. Consent does not count here: the mail asks for it.
   * @param vendorId whose suppressions count, too; null: no vendor's.
   * @returns why not: suppressed by partner, vendor or platform, or deleted;
   *   null if it may. Never for a partner's eyes.
   */
  async suppression(
    actor: Actor,
    id: ContactId,
    vendorId: VendorId | null = null,
  ): Promise<Match | 'contact-gone' | null> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const [subject] = await this.database.query<AddressedContact>(
        'SELECT id, email_normalised AS normalised FROM contacts.contact WHERE id = $1 AND partner_id = $2',
        [id, partnerId],
      );
      if (subject === undefined) return 'contact-gone';
      const own = (await this.suppressed(partnerId, [subject])).get(id);
      return own ?? ((await this.shared.among(partnerId, vendorId, [subject])).has(id) ? 'contact-policy' : null);
    });
  }

  /**
   * What a launch to lists would do now, in batches, by the partner's own
   * knowledge. Each batch is exact; the sum of all batches is exact for the lists.
   * @param after the last contact of the batch before; null starts.
   * @throws DomainError `contact-list.not-found`.
   */
  async audience(
    actor: Actor,
    listIds: readonly ContactListId[],
    now: Date,
    exclusions: LaunchExclusions = noExclusions,
    after: ContactId | null = null,
    onRecipients: OnRecipients = ignoreRecipients,
  ): Promise<Audience> {
    partnerOf(actor);
    const skipped = new Map<Audience['skipped'][number]['reason'], number>();
    let [willGet, looked] = [0, 0];
    let nextAfter: ContactId | null = null;
    return this.database.inTransaction(actor, async () => {
      await this.lists.requireLists(actor, listIds);
      const isStored = listIds.length <= 1;
      const total = after === null || isStored ? await this.lists.countContacts(actor, listIds) : null;
      for await (const page of this.decisionsOf(actor, listIds, now, exclusions, after)) {
        for (const decision of page.decisions) {
          if (decision.send) willGet += 1;
          else skipped.set(decision.reason, (skipped.get(decision.reason) ?? 0) + 1);
        }
        await onRecipients(page.recipients);
        looked += page.decisions.length;
        nextAfter = page.nextAfter;
        if (looked >= AUDIENCE_BATCH) break;
        await nextTurn();
      }
      return { total, willGet, skipped: [...skipped].map(([reason, count]) => ({ reason, count })), nextAfter };
    });
  }

  /**
   * Whether every contact of the lists that may get a campaign already got it,
   * or is left out. Stops at the first one that would get it.
   */
  async isSpent(
    actor: Actor,
    listIds: readonly ContactListId[],
    now: Date,
    exclusions: LaunchExclusions,
  ): Promise<boolean> {
    let isLeftOut = false;
    for await (const { decisions } of this.decisionsOf(actor, listIds, now, exclusions, null)) {
      if (decisions.some(({ send }) => send)) return false;
      isLeftOut ||= decisions.some((decision) => !decision.send && SPENT.has(decision.reason));
      await nextTurn();
    }
    return isLeftOut;
  }

  private async *decisionsOf(
    actor: Actor,
    listIds: readonly ContactListId[],
    now: Date,
    exclusions: LaunchExclusions,
    after: ContactId | null,
  ): AsyncGenerator<DecidedPage> {
    for (let from = after; ;) {
      const page: Member[] = await this.members(actor, listIds, from, now);
      const decisions = await this.database.inTransaction(actor, async () => {
        const excluded = await exclusions(page.map(({ id }) => id));
        const matches = await this.suppressed(partnerOf(actor), page);
        return page.map((subject): AudienceDecision => {
          const decision = decisionOn(subject, matches.get(subject.id));
          // The contact's own statement comes first: the partner has to know
          // it.
          const reason = excluded.get(subject.id);
          return decision.send && reason !== undefined ? { send: false, reason } : decision;
        });
      });
      from = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
      const recipients = page.filter((_, at) => decisions[at]?.send === true);
      yield { decisions, recipients, nextAfter: from };
      if (from === null) return;
    }
  }

  /**
   * Uses the consent stored with each contact: looking up each newest record
   * costs most.
   */
  private async members(
    actor: Actor,
    listIds: readonly ContactListId[],
    after: ContactId | null,
    now: Date,
  ): Promise<Member[]> {
    return this.database.inTransaction(actor, () =>
      pageByIndex<Member>(
        this.database,
        `SELECT c.id, c.language, c.email_normalised AS normalised, c.consent_record_id, c.consent_basis AS basis,
           c.consent_expires_on::text AS expires_on, coalesce(c.consent_expires_on < ($5::timestamptz AT TIME ZONE 'UTC')::date, false) AS has_expired
         FROM (${PAGE_OF_LISTS}) m JOIN contacts.contact c ON c.id = m.contact_id
         WHERE c.partner_id = $2 ORDER BY c.id`,
        [listIds, partnerOf(actor), after ?? NIL, PAGE, now],
      ),
    );
  }

  private async subjects(partnerId: PartnerId, ids: readonly ContactId[], now: Date): Promise<Subject[]> {
    return this.database.query<Subject>(
      `SELECT c.id, c.email_normalised AS normalised, r.id AS consent_record_id, r.basis, r.expires_on::text,
         coalesce(r.expires_on < ($3::timestamptz AT TIME ZONE 'UTC')::date, false) AS has_expired
       FROM contacts.contact c
       LEFT JOIN LATERAL (
         SELECT id, basis, expires_on FROM contacts.consent_record WHERE contact_id = c.id ORDER BY id DESC LIMIT 1
       ) r ON true
       WHERE c.partner_id = $1 AND c.id = ANY ($2::uuid[])`,
      [partnerId, ids, now],
    );
  }

  /** Contacts that this partner may not write to, by its own suppressions. */
  private async suppressed(
    partnerId: PartnerId,
    subjects: readonly AddressedContact[],
  ): Promise<Map<ContactId, Match>> {
    const found = await this.suppressions.among(partnerId, subjects);
    return new Map([...found].map(([id, { source }]) => [id, source === 'person' ? 'unsubscribed' : 'suppressed']));
  }
}

const ignoreRecipients: OnRecipients = () => Promise.resolve();

const noExclusions: LaunchExclusions = () => Promise.resolve(new Map());

function decisionOn(subject: Subject, match: Match | undefined): SendDecision {
  if (match !== undefined) return { send: false, reason: match };
  if (subject.consentRecordId === null || subject.basis === null || subject.basis === 'unknown')
    return { send: false, reason: 'consent-unknown' };
  if (subject.basis === 'pending') return { send: false, reason: 'opt-in-pending' };
  if (subject.hasExpired) return { send: false, reason: 'consent-expired' };
  return {
    send: true,
    consentRecordId: subject.consentRecordId,
    rules: CONSENT_RULES,
    basis: subject.basis,
    expiresOn: subject.expiresOn,
  };
}
