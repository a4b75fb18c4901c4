import { Injectable } from '@nestjs/common';
import { Jobs } from '#jobs';
import type { Actor, OrganisationId } from '#kernel';
import { TemporaryFiles } from '#storage';
import { INGEST_LOGO } from './brand.jobs.js';
import type { LogoReading } from './logo.js';
import { LogoQuota } from './logo-quota.service.js';

const READ_MS = 60_000;

/** Has uploaded logos read in the renderer, for partners and for vendors. */
@Injectable()
export class LogoUploads {
  constructor(
    private readonly jobs: Jobs,
    private readonly temporary: TemporaryFiles,
    private readonly quota: LogoQuota,
  ) {}

  /**
   * @param owner counts against its quota.
   * @throws DomainError the reader's refusal (`logo.…`), `logo.quota-reached`, or
   *   `job.unavailable`.
   */
  async read(actor: Actor, owner: OrganisationId, bytes: Buffer): Promise<LogoReading> {
    await this.quota.requireRoom(actor, owner, bytes.length);
    const file = await this.temporary.save(bytes);
    return this.jobs.request(INGEST_LOGO, { file }, READ_MS, owner);
  }
}
