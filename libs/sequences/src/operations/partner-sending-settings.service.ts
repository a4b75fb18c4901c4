import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type SendingDomain, SendingDomains, type SendingDomainState } from '#brand';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type Halt, type HaltCause, Halts, type StreamProgress, Streams } from '#delivery';
import {
  Clock,
  DomainError,
  type MembershipId,
  type PartnerActor,
  type PartnerId,
  systemActor,
  type VendorActor,
} from '#kernel';
import { Memberships, Organisations } from '#organisations';
import { SendingOperations } from './sending-operations.service.js';

type StopCause = Exclude<HaltCause, 'operator' | 'restore'>;

/** Why nothing of a partner goes out. `operator`: whoever runs the installation has halted its mail, or everybody's. */
interface SendingStop {
  readonly cause: StopCause | 'operator';
  readonly since: Date;
  /** Of so many messages that were handed over, so many came back or were complained about. */
  readonly counted: { readonly bad: number; readonly submitted: number } | null;
  /** From when the partner may go on by itself; null where it may not. */
  readonly resumableFrom: Date | null;
}

export interface SendingSettings {
  readonly standardAddress: string;
  /** Instead of that, in mail for vendors who have a sub-domain for it. */
  readonly vendorAddresses: readonly {
    readonly vendor: string;
    readonly address: string;
    readonly isBroken: boolean;
  }[];
  readonly domain: SendingDomain | null;
  readonly stream: StreamProgress;
  readonly stops: readonly SendingStop[];
}

export interface SendingCounts {
  readonly partners: number;
  readonly ownDomain: number;
  readonly stopped: number;
}

/** What a vendor may know of a partner's sending. */
export interface PartnerSending {
  readonly membershipId: MembershipId;
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly domainState: SendingDomainState | 'none';
  readonly stops: readonly StopCause[];
}

/** Time to look through a list; and for the last bounces to arrive. */
const THINK_MS = 3_600_000;

/** From whom a partner's mail comes and why it waits: for its own people, and in states for its vendors. */
@Injectable()
export class PartnerSendingSettings {
  // More parameters than elsewhere: what a partner sees in one place stands in many.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly domains: SendingDomains,
    private readonly halts: Halts,
    private readonly streams: Streams,
    private readonly operations: SendingOperations,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  async get(actor: PartnerActor): Promise<SendingSettings> {
    const { slug } = await this.organisations.get(actor, actor.partnerId);
    const domain = await this.domains.get(actor);
    const isOwn = domain !== null && domain.state !== 'pending';
    const stream = { partnerId: actor.partnerId, domain: isOwn ? domain.domain : this.config.MAIL_DOMAIN, isOwn };
    return {
      standardAddress: `${slug}@${this.config.MAIL_DOMAIN}`,
      vendorAddresses: await this.vendorAddresses(actor, slug),
      domain,
      stream: await this.streams.progress(actor, stream),
      stops: [
        ...(await this.halts.automaticHalts(actor, [actor.partnerId])).map(stopOf),
        ...(await this.operatorStops(actor.partnerId)),
      ],
    };
  }

  /** The operator's own words are not for partners. */
  private async operatorStops(partnerId: PartnerId): Promise<SendingStop[]> {
    const { all } = await this.halts.inForce();
    const halt = all.find(
      ({ scope, subjectId, cause }) =>
        scope === 'everything' || (scope === 'partner' && subjectId === partnerId && cause === 'operator'),
    );
    return halt === undefined ? [] : [{ cause: 'operator', since: halt.haltedAt, counted: null, resumableFrom: null }];
  }

  /**
   * Goes on after a stop for bounces, on the word of somebody of the partner that the list was looked through.
   * @throws DomainError `sending.not-stopped`, `sending.too-early`, `sending.operator-only`
   */
  async resume(actor: PartnerActor): Promise<void> {
    const stops = (await this.halts.automaticHalts(actor, [actor.partnerId])).map(stopOf);
    const stop = stops.find(({ cause }) => cause === 'bounces');
    if (stops.some(({ cause }) => cause === 'complaints'))
      throw conflict(
        'sending.operator-only',
        'After complaints only whoever runs this installation lifts the stop. Ask them.',
      );
    if (stop === undefined)
      throw conflict('sending.not-stopped', 'Your mail is not stopped for bounces; there is nothing to lift.');
    if (stop.resumableFrom === null || stop.resumableFrom > this.clock.now())
      throw conflict('sending.too-early', 'Look through the list first: an hour after the stop you may go on.');
    await this.database.inTransaction(actor, () =>
      this.audit.record(actor, { action: 'sending.resumed', subject: { kind: 'partner', id: actor.partnerId } }),
    );
    const system = systemActor('sending', { partnerId: actor.partnerId });
    await this.operations.lift(system, 'partner', actor.partnerId, ['bounces'], actor.name);
  }

  /** How partners of a vendor's programme stand, in states, page by page. */
  async ofPartners(actor: VendorActor, page: { limit: number; afterId: string | null }): Promise<PartnerSending[]> {
    const members = await this.memberships.list(actor, { ...page, status: 'active' });
    const ids = members.map(({ partnerId }) => partnerId);
    const states = await this.domains.states(ids);
    const halts = await this.halts.automaticHalts(systemActor('sending'), ids);
    return members.map(({ id, partnerId, partnerName: name }) => ({
      membershipId: id,
      partnerId,
      name,
      domainState: states.get(partnerId) ?? 'none',
      stops: halts.filter(({ subjectId }) => subjectId === partnerId).map(({ cause }) => cause as StopCause),
    }));
  }

  private async vendorAddresses(actor: PartnerActor, slug: string): Promise<SendingSettings['vendorAddresses']> {
    const domains = await this.domains.ofVendors(actor);
    return Promise.all(
      domains.map(async ({ vendorId, domain, state }) => ({
        vendor: (await this.organisations.get(actor, vendorId)).name,
        address: `${slug}@${domain}`,
        isBroken: state === 'broken',
      })),
    );
  }

  /** How many of all of them send from a domain of their own, and how many are stopped. */
  async countsOf(actor: VendorActor): Promise<SendingCounts> {
    const ids = await this.memberships.activePartners(actor);
    const states = await this.domains.states(ids);
    const stopped = new Set(
      (await this.halts.automaticHalts(systemActor('sending'), ids)).map(({ subjectId }) => subjectId),
    );
    return {
      partners: ids.length,
      ownDomain: [...states.values()].filter((state) => state === 'verified').length,
      stopped: stopped.size,
    };
  }
}

const conflict = (code: `${string}.${string}`, sentence: string): DomainError =>
  new DomainError(code, sentence, {}, { kind: 'conflict' });

function stopOf({ cause, facts, haltedAt }: Halt): SendingStop {
  const { bad, submitted } = facts;
  return {
    cause: cause as StopCause,
    since: haltedAt,
    counted: typeof bad === 'number' && typeof submitted === 'number' ? { bad, submitted } : null,
    resumableFrom: cause === 'bounces' ? new Date(haltedAt.getTime() + THINK_MS) : null,
  };
}
