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

/** Looks after the domains that mail comes from: holds the mail of one that is no longer authentic, lets it go when it is mended, and tells whose it is. */
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

  /** Checks what is due. @returns whether there may be more. */
  async checkDue(): Promise<boolean> {
    return this.domains.checkDue((change) => this.act(change));
  }

  /** Checks an organisation's domain now, whoever of it asks. @throws DomainError `brand.forbidden`, `sending-domain.not-found` */
  async checkNow(actor: PartnerActor | VendorActor): Promise<SendingDomain> {
    const checked = await this.domains.checkNow(actor, (change) => this.act(change));
    await this.release();
    return checked;
  }

  /** Goes back to the mail domain, and lets go what waited for the other. @throws DomainError `brand.forbidden`, `sending-domain.not-found` */
  async removeDomain(actor: PartnerActor | VendorActor): Promise<void> {
    await this.domains.remove(actor);
    await this.release();
  }

  /** Lifts what was halted for a domain that is no longer broken: mended, replaced or gone. Safe to repeat. */
  async release(): Promise<void> {
    const held = (await this.halts.inForce(WATCH)).all.filter(({ cause }) => cause === 'identity');
    if (held.length === 0) return;
    const partnerIds = held.map(({ subjectId }) => subjectId as PartnerId);
    const states = await this.domains.states(partnerIds);
    for (const partnerId of partnerIds)
      if (states.get(partnerId) !== 'broken')
        await this.operations.lift(systemActor('sending-watch', { partnerId }), 'partner', partnerId, ['identity']);
  }

  /** Writes to the partners of what the product has stopped, once each. @returns whether there may be more. */
  async notifyOfHalts(): Promise<boolean> {
    return this.database.inTransaction(WATCH, async () => {
      const untold = await this.halts.claimUnnotified(LETTERS);
      for (const halt of untold) await this.letters.sendHaltLetter(WATCH, halt);
      return untold.length === LETTERS;
    });
  }

  /** How many partners' mail the product has stopped, by cause; 0 where none is. A restore stops everybody's, and counts once. */
  async stopped(): Promise<Map<HaltCause, number>> {
    const counts = new Map<HaltCause, number>([
      ['identity', 0],
      ['bounces', 0],
      ['complaints', 0],
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

  /** Joins the transaction that writes the break: what is broken is held from the same moment on. */
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
      reason: `The records of ${domain.domain} are no longer right: ${wrongIn(domain)
        .map(({ name }) => name)
        .join(', ')}`,
      facts: { domain: domain.domain, fixes: wrongIn(domain).map(({ fix }) => fix) },
    });
  }

  /** A halt of the vendor would stop its partners' own domains, too: each message looks at the domain that it would come from instead. */
  private async warn(vendorId: VendorId, domain: SendingDomain): Promise<void> {
    const actor = systemActor('sending-domains', { vendorId });
    const facts = { domain: domain.domain, fixes: wrongIn(domain).map(({ fix }) => fix) };
    await this.letters.sendDomainLetter(actor, vendorId, facts);
  }
}

const wrongIn = ({ records }: SendingDomain): SendingDomain['records'] =>
  records.filter(({ finding }) => finding?.problem != null);
