import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CHECK_EDIT, EditChecks, EXPECT_EDITS } from '#campaigns';
import { Handles } from '#jobs';

/** Answers authors while they write. */
@Injectable()
export class CheckEditHandler {
  constructor(private readonly checks: EditChecks) {}

  @Handles(CHECK_EDIT)
  async check(data: z.output<typeof CHECK_EDIT.data>): Promise<z.output<typeof CHECK_EDIT.result>> {
    return this.checks.check(data);
  }

  @Handles(EXPECT_EDITS)
  async expect(data: z.output<typeof EXPECT_EDITS.data>): Promise<void> {
    await this.checks.prepare(data);
  }
}
