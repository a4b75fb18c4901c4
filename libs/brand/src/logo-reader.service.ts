import { Injectable } from '@nestjs/common';
import { ingestLogo } from '#artwork';
import { DomainError } from '#kernel';
import { BlobStore } from '#storage';
import type { LogoReading } from './logo.js';

/** Reads uploaded logos, in the process that decodes images, never in api. */
@Injectable()
export class LogoReader {
  constructor(private readonly blobs: BlobStore) {}

  /** @throws DomainError `logo.…` with the correction, for an unusable logo. */
  async read(originalHash: string): Promise<LogoReading> {
    const read = await ingestLogo(await this.blobs.get(originalHash));
    if (!read.ok) {
      const { code, message, wayOut } = read.problem;
      const reason = code.replace(/^logo-/, '');
      throw new DomainError(`logo.${reason}`, `${message} ${wayOut}`, {
        field: 'file',
        problems: [{ code: `logo.${reason}`, message, wayOut, field: 'file' }],
      });
    }
    const { variants, ...reading } = read.logo;
    const [light, dark, mono] = await Promise.all(
      [variants.light, variants.dark, variants.mono].map((bytes) => this.blobs.put(bytes)),
    );
    if (light === undefined || dark === undefined || mono === undefined) throw new Error('A variant was not stored.');
    return { ...reading, variants: { light, dark, mono } };
  }
}
