import { Injectable } from '@nestjs/common';
import { Accounts, type Role } from '#identity';
import type { OrganisationId, UserId } from '#kernel';
import { SEED } from './seed-actor.js';

/** Users of the sample organisations. */
@Injectable()
export class SeedUsers {
  constructor(private readonly accounts: Accounts) {}

  async create(
    email: string,
    name: string,
    passwordHash: string | null,
    organisationId: OrganisationId,
    role: Role,
  ): Promise<UserId> {
    const userId = await this.accounts.ensureUser(SEED, { email, name, passwordHash, locale: 'en' });
    await this.accounts.assign(SEED, userId, organisationId, role);
    return userId;
  }
}
