import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { type Actor, Clock, newId } from '#kernel';
import { TemporaryFiles } from '#storage';
import { editorOf } from './authority.js';
import { INGEST_LOGO } from './brand.jobs.js';
import { BrandProfiles } from './brand-profiles.service.js';
import type { BrandProfile } from './brand-profile.js';
import type { Logo } from './logo.js';
import { LogoQuota } from './logo-quota.service.js';
import { LogoSchema } from './logo.schema.js';

const READ_MS = 60_000;

/** Takes logos in. */
@Injectable()
export class Logos {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly temporary: TemporaryFiles,
    private readonly profiles: BrandProfiles,
    private readonly quota: LogoQuota,
  ) {}

  /**
   * Reads an upload in the renderer, stores it with its variants, and sets it
   * in the profile.
   * @throws DomainError the reader's refusal (`logo.…`), `logo.quota-reached`, or
   *   `job.unavailable`.
   *   The profile is unchanged then.
   */
  async replace(actor: Actor, bytes: Buffer): Promise<{ logo: Logo; profile: BrandProfile }> {
    const partnerId = editorOf(actor);
    await this.quota.requireRoom(actor, partnerId, bytes.length);
    const file = await this.temporary.save(bytes);
    const reading = await this.jobs.request(INGEST_LOGO, { file }, READ_MS, partnerId);
    return this.database.inTransaction(actor, async () => {
      const logo: Logo = { id: newId(), partnerId, ...reading, createdAt: this.clock.now() };
      await this.database.manager.getRepository(LogoSchema).insert(logo);
      await this.audit.record(actor, { action: 'logo.uploaded', subject: { kind: 'logo', id: logo.id } });
      return { logo, profile: await this.profiles.useLogo(actor, logo.id, logo.palette) };
    });
  }
}
