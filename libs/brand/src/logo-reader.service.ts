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
  async read(original: Buffer): Promise<LogoReading> {
    const read = await ingestLogo(original);
    if (!read.ok) {
      const { code, message, remedy, named } = read.problem;
      const reason = code.replace(/^logo-/, '');
      throw new DomainError(`logo.${reason}`, `${message} ${remedy}`, {
        field: 'file',
        problems: [
          { code: `logo.${reason}`, message, remedy, field: 'file', ...(named === undefined ? {} : { named }) },
        ],
        ...named,
      });
    }
    const { original: asItIs, variants, ...reading } = read.logo;
    const [originalHash, drawn, light, dark, mono] = await Promise.all(
      [original, asItIs, variants.light, variants.dark, variants.mono].map((bytes) => this.blobs.put(bytes)),
    );
    if (
      originalHash === undefined ||
      drawn === undefined ||
      light === undefined ||
      dark === undefined ||
      mono === undefined
    )
      throw new Error('A variant was not stored.');
    return { ...reading, originalHash, variants: { light, dark, mono }, generated: { original: drawn, light, dark } };
  }
}
