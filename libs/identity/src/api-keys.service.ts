import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  type Actor,
  type ApiKeyId,
  Clock,
  DomainError,
  newId,
  notFound,
  type OrganisationId,
  systemActor,
  type UserId,
} from '#kernel';
import { actorOf, keyPermissionsOf, type OrganisationRef, type Role } from './principal.js';
import { newToken, tokenHash } from './tokens.js';

const API_KEYS = systemActor('api-keys');
const PREFIX = 'tl_';

export interface ApiKey {
  readonly id: ApiKeyId;
  readonly name: string;
  readonly hint: string;
  readonly role: Role;
  readonly permissions: readonly string[] | null;
  /** Name of the person who created it. */
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The owner of a key, and its permissions. */
export interface KeyHolder {
  readonly actor: Actor;
  readonly permissions: readonly string[];
}

/**
 * Keys with which programs act as one role of one organisation. A key belongs
 * to the person who created it: it has no right that the person lacks, and ends
 * when the person leaves the organisation.
 */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the key itself, which cannot be read later.
   * @throws DomainError `api-key.permission-unknown` for a permission that the
   *   role lacks, or that only a person can have.
   */
  async create(
    actor: Actor,
    input: {
      organisationId: OrganisationId;
      kind: 'vendor' | 'partner';
      /** The owner of the key. */
      userId: UserId;
      name: string;
      role: Role;
      permissions: readonly string[] | null;
    },
  ): Promise<{ id: ApiKeyId; key: string }> {
    const allowed = keyPermissionsOf(input.kind, input.role);
    const unknown = input.permissions?.find((permission) => !allowed.includes(permission));
    if (unknown !== undefined)
      throw new DomainError('api-key.permission-unknown', `The role ${input.role} does not include "${unknown}".`, {
        field: 'permissions',
        allowed,
      });
    const key = `${PREFIX}${newToken()}`;
    const id = newId<ApiKeyId>();
    await this.database.inTransaction(actor, async () => {
      const { organisationId, userId, name, role, permissions } = input;
      await this.database.query(
        `INSERT INTO identity.api_key
           (id, organisation_id, user_id, created_by, name, key_hash, hint, role, permissions, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          organisationId,
          userId,
          actor.name,
          name,
          tokenHash(key),
          key.slice(0, 8),
          role,
          permissions,
          this.clock.now(),
        ],
      );
      await this.audit.record(actor, {
        action: 'api-key.created',
        subject: { kind: 'api-key', id },
        details: { name: input.name, role: input.role },
      });
    });
    return { id, key };
  }

  async list(actor: Actor): Promise<ApiKey[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<ApiKey>(
        'SELECT id, name, hint, role, permissions, created_by, created_at, last_used_at, revoked_at FROM identity.api_key ORDER BY id DESC',
      ),
    );
  }

  /** @throws DomainError `api-key.not-found` */
  async revoke(actor: Actor, id: ApiKeyId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const revoked = await this.database.query(
        'UPDATE identity.api_key SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING id',
        [id, this.clock.now()],
      );
      if (revoked.length === 0) throw notFound('api-key', id);
      await this.audit.record(actor, { action: 'api-key.revoked', subject: { kind: 'api-key', id } });
    });
  }

  /**
   * Joins the open transaction: the keys of a person who leaves an organisation
   * end.
   */
  async revokeAllOf(organisationId: OrganisationId, userId: UserId): Promise<void> {
    await this.database.query(
      'UPDATE identity.api_key SET revoked_at = $3 WHERE organisation_id = $1 AND user_id = $2 AND revoked_at IS NULL',
      [organisationId, userId, this.clock.now()],
    );
  }

  /**
   * Who holds this key, or null for none. The person's assignment is read each
   * time, so that a smaller role limits the key at once: that of a channel
   * manager reads their partners only.
   */
  async resolve(key: string): Promise<KeyHolder | null> {
    if (!key.startsWith(PREFIX)) return null;
    return this.database.inTransaction(API_KEYS, async () => {
      const [row] = await this.database.query<
        Pick<OrganisationRef, 'id' | 'kind' | 'role'> & {
          userId: UserId;
          personRole: Role;
          keyId: ApiKeyId;
          keyName: string;
          permissions: string[] | null;
        }
      >(
        `UPDATE identity.api_key k SET last_used_at = $2 
         FROM organisations.organisation_view o, identity.assignment a
         WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND o.id = k.organisation_id
           AND a.user_id = k.user_id AND a.organisation_id = k.organisation_id
         RETURNING o.id, o.kind, k.role, k.user_id, a.role AS person_role, k.id AS key_id, k.name AS key_name, k.permissions`,
        [tokenHash(key), this.clock.now()],
      );
      if (row === undefined) return null;
      const { kind, role, personRole, userId, keyId, keyName, permissions } = row;
      const effective = personRole === 'channel-manager' ? personRole : role;
      const actor = actorOf({ ...row, role: effective }, { userId, apiKeyId: keyId, name: `API key ${keyName}` });
      if (actor === null || kind === 'distributor') return null;
      const granted = permissions ?? keyPermissionsOf(kind, role);
      const ofPerson = keyPermissionsOf(kind, personRole);
      return { actor, permissions: granted.filter((permission) => ofPerson.includes(permission)) };
    });
  }
}
