import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type FirstOwner, FirstOwners, hashNewPassword, newToken, tokenHash } from '#identity';
import { Clock, DAY_MS, DomainError, type SystemActor, systemActor, type UserId, type VendorId } from '#kernel';
import type { NewVendor } from './new-vendor.js';
import { VendorFounding } from './vendor-founding.service.js';

const FIRST_RUN = systemActor('first-run');
const VALID_MS = DAY_MS;
const ANY_VENDOR = `SELECT 1 FROM organisations.organisation_view WHERE kind = 'vendor' LIMIT 1`;
/** Of processes that start again and again: the newest ones stay valid. */
const MOST_TOKENS = 20;

/** The first founding of an installation, by a page without a sign-in. */
@Injectable()
export class FirstRuns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly owners: FirstOwners,
    private readonly founding: VendorFounding,
  ) {}

  /** @throws DomainError `first-run.closed` if the installation has a vendor. */
  async requireOpen(): Promise<void> {
    if (!(await this.isOpen())) throw closed();
  }

  /**
   * Makes a token for a process that starts. Those of other processes stay valid:
   * several api processes may start at once, and each prints its own.
   * @returns null if the installation has a vendor.
   */
  async newToken(): Promise<string | null> {
    if (!(await this.isOpen())) return null;
    const token = newToken();
    const now = this.clock.now();
    await this.database.inTransaction(FIRST_RUN, async () => {
      await this.database.query(
        `DELETE FROM founding.first_run_token WHERE expires_at <= $1 OR token_hash NOT IN
           (SELECT token_hash FROM founding.first_run_token ORDER BY created_at DESC LIMIT $2)`,
        [now, MOST_TOKENS - 1],
      );
      await this.database.query(
        'INSERT INTO founding.first_run_token (token_hash, created_at, expires_at) VALUES ($1, $2, $3)',
        [tokenHash(token), now, new Date(now.getTime() + VALID_MS)],
      );
    });
    return token;
  }

  /**
   * Founds the first vendor; all tokens end.
   * @throws DomainError `first-run.closed` if there is a vendor;
   *   `first-run.token-invalid`; `first-run.account-known` for an address with a
   *   password; `password.…`; those of `VendorFounding.withPassword`.
   */
  async found(
    token: string,
    vendor: NewVendor,
    owner: FirstOwner & { readonly password: string },
  ): Promise<{ readonly vendorId: VendorId; readonly userId: UserId }> {
    await this.requireOpen();
    // Before the password is hashed, which costs time.
    await this.database.inTransaction(FIRST_RUN, () => this.requireToken(token));
    if (await this.owners.hasAccount(FIRST_RUN, owner.email)) throw accountKnown();
    const { password, ...person } = owner;
    const passwordHash = await hashNewPassword(password, {
      name: person.name,
      email: person.email,
      organisationNames: [vendor.name],
    });
    return this.founding.withPassword(FIRST_RUN, vendor, { ...person, passwordHash }, (actor) =>
      this.useUp(actor, token, owner.email),
    );
  }

  private async isOpen(): Promise<boolean> {
    const vendors = await this.database.inTransaction(FIRST_RUN, () => this.database.query(ANY_VENDOR));
    return vendors.length === 0;
  }

  /** In the transaction of a founding, which take turns. */
  private async useUp(actor: SystemActor, token: string, email: string): Promise<void> {
    if ((await this.database.query(ANY_VENDOR)).length > 0) throw closed();
    // Since the question before the hashing, the address may have got an account, which would keep its password.
    if (await this.owners.hasAccount(actor, email)) throw accountKnown();
    await this.requireToken(token);
    await this.database.query('DELETE FROM founding.first_run_token');
  }

  /** Compares with each stored digest, in a time that tells nothing of them. */
  private async requireToken(token: string): Promise<void> {
    const stored = await this.database.query<{ tokenHash: Buffer }>(
      'SELECT token_hash FROM founding.first_run_token WHERE expires_at > $1',
      [this.clock.now()],
    );
    const given = tokenHash(token);
    const matching = stored.filter((one) => timingSafeEqual(one.tokenHash, given));
    if (matching.length === 0) throw tokenInvalid();
  }
}

const closed = (): DomainError =>
  new DomainError(
    'first-run.closed',
    'This installation has a vendor already. Sign in, or ask its operator to add a vendor with "throughline vendor create".',
    {},
    { kind: 'gone' },
  );

const tokenInvalid = (): DomainError =>
  new DomainError(
    'first-run.token-invalid',
    'This token is unknown, or older than 24 hours. Copy the link that the process printed at its newest start, or start it again for a new one.',
    { field: 'token' },
    { kind: 'forbidden' },
  );

const accountKnown = (): DomainError =>
  new DomainError(
    'first-run.account-known',
    'This address has an account already. Use another one, or let the operator run "throughline vendor create": its link asks for the password.',
    { field: 'email' },
    { kind: 'conflict' },
  );
