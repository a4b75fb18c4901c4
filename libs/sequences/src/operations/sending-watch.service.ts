import { Injectable } from '@nestjs/common';
import { type DomainChange, type SendingDomain, SendingDomains } from '#brand';
import { Database } from '#database';
import { CircuitBreaker, type HaltCause, Halts } from '#delivery';
import {
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { HaltLetters } from './halt-letters.service.js';
import { SendingOperations } from './sending-operations.service.js';

const WATCH: SystemActor = systemActor('sending-watch');
const LETTERS = 20;

/**
 * Watches sending domains. Halts the mail of a domain that fails
 * authentication, resumes it after repair, and notifies its owner.
 */
@Injectable()
export class SendingWatch {
  constructor(
    private readonly database: Database,
    private readonly domains: SendingDomains,
    private readonly halts: Halts,
    private readonly breaker: CircuitBreaker,
    private readonly operations: SendingOperations,
    private readonly letters: HaltLetters,
  ) {}

  /**
   * Checks what is due.
   * @returns whether there may be more.
   */
  async checkDue(): Promise<boolean> {
    return this.domains.checkDue((change) => this.act(change));
  }

  /**
   * Checks an organisation's domain now, for any of its users.
   * @throws DomainError `brand.forbidden`, `sending-domain.not-found`.
   */
  async checkNow(actor: PartnerActor | VendorActor): Promise<SendingDomain> {
    const checked = await this.domains.checkNow(actor, (change) => this.act(change));
    await this.release();
    return checked;
  }

  /**
   * Returns to the mail domain, and requeues what waited for the other.
   * @throws DomainError `brand.forbidden`, `sending-domain.not-found`.
   */
  async removeDomain(actor: PartnerActor | VendorActor): Promise<void> {
    await this.domains.remove(actor);
    await this.release();
  }

  /**
   * Lifts halts of domains that are repaired, replaced or deleted.
   * Idempotent.
   */
  async release(): Promise<void> {
    const held = (await this.halts.inForce(WATCH)).all.filter(({ cause }) => cause === 'identity');
    if (held.length === 0) return;
    const partnerIds = held.map(({ subjectId }) => subjectId as PartnerId);
    const states = await this.domains.states(partnerIds);
    for (const partnerId of partnerIds)
      if (states.get(partnerId) !== 'broken')
        await this.operations.lift(systemActor('sending-watch', { partnerId }), 'partner', partnerId, ['identity']);
  }

  /**
   * Notifies partners of automatic halts, once each.
   * @returns whether there may be more.
   */
  async notifyOfHalts(): Promise<boolean> {
    return this.database.inTransaction(WATCH, async () => {
      const untold = await this.halts.claimUnnotified(LETTERS);
      for (const halt of untold) await this.letters.sendHaltLetter(WATCH, halt);
      return untold.length === LETTERS;
    });
  }

  /**
   * Partners whose mail is halted automatically, by cause; 0 where none is.
   * A restore halts all mail, and counts once.
   */
  async stopped(): Promise<Map<HaltCause, number>> {
    const counts = new Map<HaltCause, number>([
      ['identity', 0],
      ['bounces', 0],
      ['complaints', 0],
      ['trouble', 0],
      ['restore', 0],
    ]);
    for (const { cause } of (await this.halts.inForce(WATCH)).all)
      if (cause !== 'operator') counts.set(cause, (counts.get(cause) ?? 0) + 1);
    return counts;
  }

  /** Forgets what the circuit breaker looks at no more. */
  async forget(): Promise<void> {
    await this.database.inTransaction(WATCH, () => this.breaker.deleteOldTallies());
  }

  /**
   * Joins the transaction that records the failure: its mail is halted at the
   * same time.
   */
  private async act({ owner, domain }: DomainChange): Promise<void> {
    if (domain.state !== 'broken') return;
    if (owner.kind === 'partner') await this.halt(owner.id, domain);
    else await this.warn(owner.id, domain);
  }

  private async halt(partnerId: PartnerId, domain: SendingDomain): Promise<void> {
    await this.halts.halt(systemActor('sending-domains', { partnerId }), {
      scope: 'partner',
      subjectId: partnerId,
      cause: 'identity',
      reason: `The records of ${domain.domain} are incorrect: ${wrongIn(domain)
        .map(({ name }) => name)
        .join(', ')}`,
      facts: { domain: domain.domain, fixes: wrongIn(domain).map(({ fix }) => fix) },
    });
  }

  /**
   * A halt of the vendor would also stop its partners' own domains.
   * So each message checks the domain that it would be sent from.
   */
  private async warn(vendorId: VendorId, domain: SendingDomain): Promise<void> {
    const actor = systemActor('sending-domains', { vendorId });
    const facts = { domain: domain.domain, fixes: wrongIn(domain).map(({ fix }) => fix) };
    await this.letters.sendDomainLetter(actor, vendorId, facts);
  }
}

const wrongIn = ({ records }: SendingDomain): SendingDomain['records'] =>
  records.filter(({ finding }) => finding?.problem != null);
