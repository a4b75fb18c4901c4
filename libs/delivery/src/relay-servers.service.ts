import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type SealedColumns, SecretSealer } from '#kernel';
import { SMTP_TIMEOUTS, type SmtpServer, type SmtpTimeouts } from '#mailer';
import { dialOut } from '#outbound';
import { leaseTimes } from './message-state.js';
import type { Relay, RelayId } from './relay.js';

/** The name of `SMTP_URL`'s relay in the ledger. */
export const OF_SMTP_URL = 'SMTP_URL';

/** The columns of a relay as `Relay`. */
export const RELAY_COLUMNS = `id, vendor_id, name, host, port, tls, username, priority, connections, enabled, state, state_since,
  problem, checked_at, next_check_at, revision,
  CASE WHEN look_up IS NOT NULL THEN json_build_object('provider', look_up, 'region', look_up_region,
    'scope', look_up_scope, 'problem', look_up_problem, 'problemCode', look_up_problem_code, 'lookedUpAt', look_up_at) END AS look_up`;

/** A relay with its sealed password. */
export type SealedRelay = Relay & { readonly sealedPassword: Buffer | null };
export const SEALED_COLUMNS = `${RELAY_COLUMNS}, sealed_password`;

/**
 * SQL condition: whether the relay in `column` is a vendor's own, whose reports
 * are not trusted for others. A removed relay counts as a vendor's, an
 * unrecorded one (null) as the installation's.
 */
export const isVendorsRelay = (column: string): string =>
  `coalesce(${column} <> '${OF_SMTP_URL}' AND NOT EXISTS (SELECT 1 FROM delivery.relay r WHERE r.id::text = ${column} AND r.vendor_id IS NULL), false)`;

export const SEALED_RELAY_PASSWORDS: SealedColumns = {
  table: 'delivery.relay',
  columns: ['sealed_password'],
  owner: 'id',
  purpose: 'throughline relay passwords',
};

/** Short, because a user waits for the result. */
const CHECK_TIMEOUTS = { connectMs: 10_000, answerMs: 10_000 };

/** The SMTP timeouts that fit into the lease. */
export function relayTimeouts({ SEND_LEASE_SECONDS }: Pick<Config, 'SEND_LEASE_SECONDS'>): SmtpTimeouts {
  const { answerMs, endOfDataMs } = leaseTimes(SEND_LEASE_SECONDS);
  return { connectMs: Math.min(SMTP_TIMEOUTS.connectMs, answerMs), answerMs, endOfDataMs };
}

/**
 * Opens the passwords of relays, and builds their connection settings. A
 * vendor's relay is reached at public addresses only, the installation's
 * anywhere.
 */
@Injectable()
export class RelayServers {
  private readonly sealer: SecretSealer;
  private readonly timeouts: SmtpTimeouts;

  constructor(
    @Inject(CONFIG)
    private readonly config: Pick<Config, 'SECRET_KEY' | 'RELAY_PRIVATE_NETWORKS' | 'SEND_LEASE_SECONDS'>,
  ) {
    this.sealer = new SecretSealer(config.SECRET_KEY, SEALED_RELAY_PASSWORDS.purpose);
    this.timeouts = relayTimeouts(config);
  }

  seal(id: RelayId, password: string): Buffer {
    return this.sealer.seal(id, Buffer.from(password));
  }

  /**
   * For sending.
   * @throws Error if the password was sealed under another SECRET_KEY.
   */
  forMail(relay: SealedRelay): SmtpServer {
    return { ...this.serverOf(relay), timeouts: this.timeouts };
  }

  /** For a health check, with short timeouts. @throws Error as `forMail`. */
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
