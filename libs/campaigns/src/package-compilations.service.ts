import { Injectable } from '@nestjs/common';
import { COMPILE_PACKAGE, CompiledCampaigns } from '#content';
import { Jobs } from '#jobs';
import { DomainError } from '#kernel';
import type { VersionContent } from './campaign-version.js';

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
  ) {}

  /**
   * @throws DomainError `package.unusable` with every problem of the package.
   */
  async compile(packageHash: string): Promise<Uploaded> {
    const answer = await this.jobs.request(COMPILE_PACKAGE, { packageHash }, COMPILE_TIMEOUT_MS);
    if ('problemsHash' in answer) {
      const problems = await this.compiled.problems(answer.problemsHash);
      const errors = problems.filter(({ severity }) => severity === 'error').length;
      throw new DomainError(
        'package.unusable',
        `The package has ${errors === 1 ? 'one mistake' : `${errors} mistakes`}. Correct what is listed and upload it again.`,
        { field: 'package', problems },
      );
    }
    const { compiledHash } = answer;
    const { definition } = await this.compiled.load(compiledHash);
    const { name, title, summary, theme, locales } = definition;
    const warnings = (await this.compiled.warnings(compiledHash)).map(
      ({ code, file, line, column, message, wayOut }) => ({ code, file, line, column, message, wayOut }),
    );
    return { name, content: { packageHash, compiledHash, title, summary, theme, locales, warnings } };
  }
}
