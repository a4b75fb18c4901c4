import { Inject, Injectable } from '@nestjs/common';
import { type SendingDomain, SendingDomains } from '#brand';
import { CONFIG, type Config } from '#config';
import { type Halt, type HaltCause, Halts, type StreamProgress, Streams } from '#delivery';
import type { PartnerActor, PartnerId } from '#kernel';
import { Organisations } from '#organisations';

export type StopCause = Exclude<HaltCause, 'operator' | 'restore'>;

/**
 * Why a partner's mail is stopped.
 * `operator`: the operator halted this partner's mail, or all mail.
 */
interface SendingStop {
  readonly cause: StopCause | 'operator';
  readonly since: Date;
  /** Submitted messages, and how many of them bounced or caused complaints. */
  readonly counted: { readonly bad: number; readonly submitted: number } | null;
  /** From when the partner may resume; null if it may not. */
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

/** Time to look through a list; and for the last bounces to arrive. */
const THINK_MS = 3_600_000;

/** A partner's sender address, and why its mail waits. */
@Injectable()
export class PartnerSendingSettings {
  constructor(
    private readonly organisations: Organisations,
    private readonly domains: SendingDomains,
    private readonly halts: Halts,
    private readonly streams: Streams,
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

  /** The operator's reason is not for partners. */
  private async operatorStops(partnerId: PartnerId): Promise<SendingStop[]> {
    const { all } = await this.halts.inForce();
    const halt = all.find(
      ({ scope, subjectId, cause }) =>
        scope === 'everything' || (scope === 'partner' && subjectId === partnerId && cause === 'operator'),
    );
    return halt === undefined ? [] : [{ cause: 'operator', since: halt.haltedAt, counted: null, resumableFrom: null }];
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
}

/** A halt by the product, as its partner sees it. */
export function stopOf({ cause, facts, haltedAt }: Halt): SendingStop {
  const { bad, submitted } = facts;
  return {
    cause: cause as StopCause,
    since: haltedAt,
    counted: typeof bad === 'number' && typeof submitted === 'number' ? { bad, submitted } : null,
    resumableFrom: cause === 'bounces' ? new Date(haltedAt.getTime() + THINK_MS) : null,
  };
}
