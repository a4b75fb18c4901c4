import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { COMPILE_PACKAGE, CompiledCampaigns } from '#content';
import { Jobs } from '#jobs';
import { DomainError, type VendorId } from '#kernel';
import { type BlobHash, TemporaryFiles } from '#storage';
import type { VersionContent } from './version-content.js';
import { Problem } from './campaigns.jobs.js';

/** A package that compiles, ready to become a draft. */
export interface Uploaded {
  readonly name: string;
  readonly content: VersionContent;
}

const COMPILE_TIMEOUT_MS = 180_000;

/**
 * Asks the renderer to compile, and turns its answer into a draft's content.
 */
@Injectable()
export class PackageCompilations {
  constructor(
    private readonly jobs: Jobs,
    private readonly compiled: CompiledCampaigns,
    private readonly temporary: TemporaryFiles,
  ) {}

  /**
   * @param templateHash of the package that the campaign was copied from.
   * @throws DomainError `package.unusable` with every problem of the package.
   */
  async compile(vendorId: VendorId, zip: Buffer, templateHash: BlobHash | null): Promise<Uploaded> {
    const file = await this.temporary.save(zip);
    const answer = await this.jobs.request(
      COMPILE_PACKAGE,
      { file, vendorId, templateHash },
      COMPILE_TIMEOUT_MS,
      vendorId,
    );
    if ('problemsFile' in answer) {
      const stored = await this.temporary.readOnce(answer.problemsFile);
      const problems = z.array(Problem).parse(JSON.parse(stored.toString()));
      const errors = problems.filter(({ severity }) => severity === 'error').length;
      throw new DomainError(
        'package.unusable',
        `The package has ${errors === 1 ? 'one mistake' : `${errors} mistakes`}. Correct what is listed and upload it again.`,
        { field: 'package', problems },
      );
    }
    const { packageHash, compiledHash } = answer;
    const { definition } = await this.compiled.load(compiledHash);
    const { name, title, summary, theme, locales } = definition;
    const warnings = (await this.compiled.warnings(compiledHash)).map(
      ({ code, file, line, column, message, remedy }) => ({ code, file, line, column, message, remedy }),
    );
    return { name, content: { packageHash, compiledHash, title, summary, theme, locales, warnings } };
  }
}
