import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Jobs } from '#jobs';
import {
  DomainError,
  newId,
  notFound,
  requireCurrent,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { VENDOR_SERVERS_CHANGED } from '#organisations';
import { type LookUpSettings, RelayLookUps } from './look-up/relay-look-ups.service.js';
import { type Relay, RELAY_PORTS, type RelayId, type RelaySettings } from './relay.js';
import { RelayHealth } from './relay-health.service.js';
import { RELAY_COLUMNS, RelayServers } from './relay-servers.service.js';

const MAX_RELAYS = 10;

/** A host that mail of a vendor may go to. */
export interface RelayHost {
  readonly host: string;
  /** Each connection proves the name by a certificate. */
  readonly isProved: boolean;
  /** Networks that it has resolved to; none if it was not checked yet. */
  readonly networks: readonly string[];
}

/**
 * A vendor's users manage the vendor's relays, an operator those of the
 * installation.
 */
type RelayOwner = VendorActor | SystemActor;
const vendorOf = (actor: RelayOwner): VendorId | null => actor.vendorId;

/** Manages the relays of a vendor, or of the installation. */
@Injectable()
export class Relays {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly servers: RelayServers,
    private readonly health: RelayHealth,
    private readonly lookUps: RelayLookUps,
    private readonly jobs: Jobs,
    @Inject(CONFIG) private readonly config: Pick<Config, 'RELAY_PRIVATE_NETWORKS'>,
  ) {}

  /** In order of priority. */
  async list(actor: RelayOwner): Promise<Relay[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Relay>(
        `SELECT ${RELAY_COLUMNS} FROM delivery.relay WHERE vendor_id IS NOT DISTINCT FROM $1 ORDER BY priority, id`,
        [vendorOf(actor)],
      ),
    );
  }

  /**
   * Hosts of a vendor's relays that are turned on, in alphabetical order. Its
   * mail may go to each of them.
   */
  async hostsInUse(actor: VendorActor | SystemActor, vendorId: VendorId): Promise<RelayHost[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<RelayHost>(
        `SELECT r.host, bool_and(r.tls <> 'opportunistic') AS is_proved,
           coalesce(array_agg(DISTINCT n ORDER BY n) FILTER (WHERE n IS NOT NULL), '{}') AS networks
         FROM delivery.relay r LEFT JOIN unnest(r.networks) n ON true
         WHERE r.vendor_id = $1 AND r.enabled GROUP BY r.host ORDER BY r.host`,
        [vendorId],
      ),
    );
  }

  /** All relays, for an operator. */
  async all(actor: SystemActor): Promise<Relay[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Relay>(
        `SELECT ${RELAY_COLUMNS} FROM delivery.relay ORDER BY vendor_id NULLS FIRST, priority, id`,
      ),
    );
  }

  /**
   * @throws DomainError `relay.not-found`, also for a relay of another owner.
   */
  async get(actor: RelayOwner, id: RelayId): Promise<Relay> {
    const found = (await this.list(actor)).find((relay) => relay.id === id);
    if (found === undefined) throw notFound('relay', id);
    return found;
  }

  /**
   * Adds a relay.
   * @throws DomainError `relay.port-refused`, `relay.password-missing`,
   *   `relay.look-up-key-missing`, `relay.too-many`
   */
  async add(actor: RelayOwner, settings: RelaySettings): Promise<Relay> {
    this.check(actor, settings);
    const id = newId<RelayId>();
    return this.database.inTransaction(actor, async () => {
      await this.refuseMany(actor);
      await this.database.query(
        `INSERT INTO delivery.relay (id, vendor_id, name, host, port, tls, username, sealed_password, priority,
           connections, enabled, created_by, created_at, state_since, next_check_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now(), now(), now())`,
        [id, vendorOf(actor), ...this.columnsOf(id, settings, null), actor.name],
      );
      if (settings.lookUp !== undefined) await this.lookUps.save(id, settings.lookUp);
      await this.recordAudit(actor, 'added', id, settings);
      return this.get(actor, id);
    });
  }

  /**
   * Replaces the settings and clears the health state.
   * @param basedOn the revision that was edited; null: replace any.
   * @throws DomainError as `add`, `relay.not-found`, and `edit.stale`.
   */
  async change(actor: RelayOwner, id: RelayId, settings: RelaySettings, basedOn: string | null = null): Promise<Relay> {
    this.check(actor, settings);
    return this.database.inTransaction(actor, async () => {
      const [known] = await this.database.query<
        Pick<Relay, 'host' | 'username' | 'revision'> & { sealed: Buffer | null }
      >(
        'SELECT host, username, revision, sealed_password AS sealed FROM delivery.relay WHERE id = $1 AND vendor_id IS NOT DISTINCT FROM $2 FOR UPDATE',
        [id, vendorOf(actor)],
      );
      if (known === undefined) throw notFound('relay', id);
      requireCurrent(basedOn, String(known.revision));
      // A stored password is used only for the host and user it was given for.
      const isSame = known.host === settings.host.toLowerCase() && known.username === settings.username;
      await this.database.query(
        `UPDATE delivery.relay SET name = $2, host = $3, port = $4, tls = $5, username = $6, sealed_password = $7,
           priority = $8, connections = $9, enabled = $10,
           networks = CASE WHEN host = $3 THEN networks ELSE '{}' END,
           revision = revision + 1, state = 'untried', state_since = now(), problem = NULL, failures = 0, checked_at = NULL, next_check_at = now()
         WHERE id = $1`,
        [id, ...this.columnsOf(id, settings, isSame ? known.sealed : null)],
      );
      if (settings.lookUp !== undefined) await this.lookUps.save(id, settings.lookUp);
      await this.recordAudit(actor, 'changed', id, settings);
      return this.get(actor, id);
    });
  }

  /**
   * Removes a relay. Messages on its connections finish, others use the
   * remaining relays.
   * @throws DomainError `relay.not-found`
   */
  async remove(actor: RelayOwner, id: RelayId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const gone = await this.database.query(
        'DELETE FROM delivery.relay WHERE id = $1 AND vendor_id IS NOT DISTINCT FROM $2 RETURNING id',
        [id, vendorOf(actor)],
      );
      if (gone.length === 0) throw notFound('relay', id);
      await this.recordAudit(actor, 'removed', id, {});
    });
  }

  /**
   * Checks the relay now and returns the result.
   * @throws DomainError `relay.not-found`
   */
  async checkNow(actor: RelayOwner, id: RelayId): Promise<Relay> {
    await this.get(actor, id);
    await this.health.check(id);
    return this.get(actor, id);
  }

  private columnsOf(id: RelayId, settings: RelaySettings, known: Buffer | null): unknown[] {
    const { name, host, port, tls, username, password, priority, connections, enabled } = settings;
    const sealed = password === undefined ? known : this.servers.seal(id, password);
    if (username !== null && sealed === null)
      throw refusal(
        'relay.password-missing',
        'A user needs a password, and another host or user needs it again. Give both, or neither.',
        'password',
      );
    const secret = username === null ? null : sealed;
    return [name, host.toLowerCase(), port, tls, username, secret, priority, connections, enabled];
  }

  /** An operator's relays may use any port. */
  private check(actor: RelayOwner, { port }: RelaySettings): void {
    const isFree = actor.kind === 'system' || this.config.RELAY_PRIVATE_NETWORKS.length > 0;
    if (isFree || RELAY_PORTS.includes(port)) return;
    throw refusal(
      'relay.port-refused',
      `Port ${port} is not allowed for relays. Allowed ports are ${RELAY_PORTS.join(', ')}. Ask the operator of the relay for one of them.`,
      'port',
    );
  }

  private async refuseMany(actor: RelayOwner): Promise<void> {
    // Two concurrent additions are counted one after the other.
    await this.database.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`relays ${vendorOf(actor) ?? ''}`]);
    if ((await this.list(actor)).length < MAX_RELAYS) return;
    throw new DomainError(
      'relay.too-many',
      `There are at most ${MAX_RELAYS} relays. Remove one that is no longer needed.`,
      {},
      { kind: 'conflict' },
    );
  }

  private async recordAudit(
    actor: RelayOwner,
    what: 'added' | 'changed' | 'removed',
    id: RelayId,
    { password, lookUp, ...settings }: Partial<RelaySettings>,
  ): Promise<void> {
    const details = {
      ...settings,
      ...(password === undefined ? {} : { password: 'set' }),
      ...(lookUp === undefined ? {} : { lookUp: lookUp === null ? null : withoutKey(lookUp) }),
    };
    await this.audit.record(actor, { action: `relay.${what}`, subject: { kind: 'relay', id }, details });
    const vendorId = vendorOf(actor);
    if (vendorId !== null) await this.jobs.enqueue(VENDOR_SERVERS_CHANGED, { vendorId });
  }
}

const withoutKey = ({ key, ...place }: LookUpSettings): object => ({
  ...place,
  ...(key === undefined ? {} : { key: 'set' }),
});
const refusal = (code: `${string}.${string}`, sentence: string, field: string): DomainError =>
  new DomainError(code, sentence, { field });
