import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { SecretSealer } from '#kernel';
import { SMTP_TIMEOUTS, type SmtpServer, type SmtpTimeouts } from '#mailer';
import { dialOut } from '#outbound';
import { leaseTimes } from './message-state.js';
import type { Relay, RelayId } from './relay.js';

/** The relay of `SMTP_URL`, by its name in the ledger. */
export const OF_SMTP_URL = 'SMTP_URL';

/** A relay's row, as `Relay` has it. */
export const RELAY_COLUMNS = `id, vendor_id, name, host, port, tls, username, priority, connections, enabled, state, state_since,
  problem, checked_at, next_check_at, revision,
  CASE WHEN look_up IS NOT NULL THEN json_build_object('provider', look_up, 'region', look_up_region, 'scope', look_up_scope, 'problem', look_up_problem, 'trouble', look_up_trouble, 'askedAt', look_up_at) END AS "lookUp"`;

/** A relay with its password, closed. */
export type SealedRelay = Relay & { readonly sealedPassword: Buffer | null };
export const SEALED_COLUMNS = `${RELAY_COLUMNS}, sealed_password`;

/**
 * Whether what `column` names in the ledger is a vendor's own relay, which may say what it likes: one that is gone is taken for one, and one
 * that nobody knows (null) for the installation's.
 */
export const isVendorsRelay = (column: string): string =>
  `coalesce(${column} <> '${OF_SMTP_URL}' AND NOT EXISTS (SELECT 1 FROM delivery.relay r WHERE r.id::text = ${column} AND r.vendor_id IS NULL), false)`;

/** Somebody waits for it. */
const CHECK_TIMEOUTS = { connectMs: 10_000, answerMs: 10_000 };

/** As long as the lease leaves for each step. */
export function relayTimeouts({ SEND_LEASE_SECONDS }: Pick<Config, 'SEND_LEASE_SECONDS'>): SmtpTimeouts {
  const { answerMs, endOfDataMs } = leaseTimes(SEND_LEASE_SECONDS);
  return { connectMs: Math.min(SMTP_TIMEOUTS.connectMs, answerMs), answerMs, endOfDataMs };
}

/** Opens relays' passwords, and says how each relay is reached: a vendor's only at public addresses, the installation's anywhere. */
@Injectable()
export class RelayServers {
  private readonly sealer: SecretSealer;
  private readonly timeouts: SmtpTimeouts;

  constructor(
    @Inject(CONFIG)
    private readonly config: Pick<Config, 'SECRET_KEY' | 'RELAY_PRIVATE_NETWORKS' | 'SEND_LEASE_SECONDS'>,
  ) {
    this.sealer = new SecretSealer(config.SECRET_KEY, 'throughline relay passwords');
    this.timeouts = relayTimeouts(config);
  }

  seal(id: RelayId, password: string): Buffer {
    return this.sealer.seal(id, Buffer.from(password));
  }

  /** For mail. @throws Error when SECRET_KEY is not the one under which the password was closed. */
  forMail(relay: SealedRelay): SmtpServer {
    return { ...this.serverOf(relay), timeouts: this.timeouts };
  }

  /** For a look whether it is there, which is over soon. @throws Error as `forMail`. */
  forCheck(relay: SealedRelay): SmtpServer {
    return { ...this.serverOf(relay), timeouts: { ...this.timeouts, ...CHECK_TIMEOUTS } };
  }

  private serverOf({
    id,
    vendorId,
    host,
    port,
    tls,
    username,
    sealedPassword,
  }: SealedRelay): Omit<SmtpServer, 'timeouts'> {
    const allowedAddresses = this.config.RELAY_PRIVATE_NETWORKS;
    return {
      host,
      port,
      tls,
      passwordInClear: false,
      credentials:
        username === null || sealedPassword === null
          ? null
          : { user: username, password: this.sealer.open(id, sealedPassword).toString() },
      ...(vendorId === null ? {} : { dial: (to) => dialOut(to, { allowedAddresses }) }),
    };
  }
}
