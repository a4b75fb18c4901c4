import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CHECK_LINKS, LinkChecks } from '#campaigns';
import { Handles } from '#jobs';

/** Asks the links of what was submitted: it waits for others' servers, and burns nothing. */
@Injectable()
export class LinkChecksHandler {
  constructor(private readonly checks: LinkChecks) {}

  @Handles(CHECK_LINKS)
  async check(data: z.output<typeof CHECK_LINKS.data>): Promise<void> {
    await this.checks.check(data);
  }
}
