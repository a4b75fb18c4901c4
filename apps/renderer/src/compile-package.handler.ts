import { Injectable } from '@nestjs/common';
import { COMPILE_PACKAGE, type Compilation, CompiledCampaigns } from '#content';
import { Handles } from '#jobs';

/** Compiles uploaded packages. */
@Injectable()
export class CompilePackageHandler {
  constructor(private readonly compiled: CompiledCampaigns) {}

  @Handles(COMPILE_PACKAGE)
  async compile({ packageHash }: { packageHash: string }): Promise<Compilation> {
    return this.compiled.compile(packageHash);
  }
}
