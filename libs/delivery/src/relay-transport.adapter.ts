import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { VendorId } from '#kernel';
import {
  type Envelope,
  type SubmissionOutcome,
  type SubmissionHooks,
  isAboutRelay,
  outcomeOfConnectionLoss,
  MailTransport,
} from '#mailer';
import { mayTryNextRelay } from './relay.js';
import { RelayHealth } from './relay-health.service.js';
import { RelayRoutes, backOffMs, type Route } from './relay-routes.service.js';

/**
 * After this many failures in a row all processes stop using the relay, even if
 * a check succeeds.
 */
const FAILURES_THAT_COUNT = 3;

/** A vendor without a usable relay is tried again after this time. */
const LONGEST_REST_MS = 60_000;

const failovers = new Counter({
  name: 'throughline_relay_failovers_total',
  help: 'Messages that went by a later relay because an earlier one took nothing.',
});

/**
 * Submits through the first relay that accepts. The next relay is tried only if
 * the one before has certainly not accepted. An uncertain outcome is returned
 * as it is, and never repeated.
 */
@Injectable()
export class RelayTransport extends MailTransport {
  private readonly logger = new Logger(RelayTransport.name);
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly routes: RelayRoutes,
    private readonly health: RelayHealth,
  ) {
    super();
  }

  override async submit(
    envelope: Envelope,
    raw: readonly Buffer[],
    hooks?: SubmissionHooks,
  ): Promise<SubmissionOutcome> {
    const routes = (await this.routes.routesOf(envelope.vendorId)).filter(
      ({ vendorHost }) => vendorHost === null || envelope.vendorHosts?.includes(vendorHost) === true,
    );
    let refused: SubmissionOutcome | null = null;
    for (const route of usableRoutes(routes)) {
      // While it waits for a connection, other messages may find that the relay
      // is down.
      const isBest = (): boolean => backOffMs(route) === 0 || !routes.some((other) => backOffMs(other) === 0);
      if (refused !== null && !isBest()) continue;
      const turn = { wasAsked: false };
      const isStillPreferred = (): boolean => {
        turn.wasAsked = isBest();
        /** Without a connection this message says nothing about the relay. */
        if (turn.wasAsked) hooks?.onRelay?.(route.relay?.id ?? route.name);
        return turn.wasAsked;
      };
      const outcome = await route.transport.submit(envelope, raw, { ...hooks, isStillPreferred });
      // Who went elsewhere while it waited for a connection has heard nothing
      // of this one.
      if (turn.wasAsked) this.countFailure(route, outcome);
      if (!mayTryNextRelay(outcome)) {
        if (refused !== null) failovers.inc();
        return outcome;
      }
      refused = outcome;
    }
    return refused ?? outcomeOfConnectionLoss(new Error('No relay takes mail now; it is tried again.'), false);
  }

  override backOffMs(vendorId?: VendorId): number {
    const rest = (ways: readonly Route[]): number => Math.min(LONGEST_REST_MS, ...ways.map(backOffMs));
    return vendorId === undefined
      ? Math.min(...this.routes.all().map(rest))
      : rest(this.routes.knownRoutesOf(vendorId));
  }

  override async close(): Promise<void> {
    await this.routes.close();
  }

  /**
   * Real submissions say more than a check: they make the relay unhealthy for
   * all processes.
   */
  private countFailure({ relay }: Route, outcome: SubmissionOutcome): void {
    if (relay === null) return;
    if (!isAboutRelay(outcome)) {
      if (outcome.kind === 'accepted') this.failures.delete(relay.id);
      return;
    }
    const count = (this.failures.get(relay.id) ?? 0) + 1;
    this.failures.set(relay.id, count % FAILURES_THAT_COUNT);
    if (count < FAILURES_THAT_COUNT) return;
    this.routes.expire();
    this.health.recordFailure(relay.id, relay.revision, outcome.text).catch((error: unknown) => {
      this.logger.warn(`The state of a relay that accepts no mail could not be stored: ${String(error)}`);
    });
  }
}

/**
 * The routes that are not backing off, in order. If there is none, the first
 * that only this process found down: one message has to try.
 */
function usableRoutes(routes: readonly Route[]): readonly Route[] {
  const free = routes.filter((route) => backOffMs(route) === 0);
  return free.length > 0 ? free : routes.filter((route) => route.unhealthyUntilMs <= performance.now()).slice(0, 1);
}
