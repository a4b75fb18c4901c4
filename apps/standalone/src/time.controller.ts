import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Clock, DomainError, systemActor } from '#kernel';
import { StepRecords } from '#sequences';
import { Public } from '../../api/src/http/authority.js';
import { isFromForeignPage } from './foreign-pages.js';
import type { PersistentClock } from '#platform';
import { foreignPage, timePage } from './time-page.js';

const MAX_STEP_MS = 366 * 86_400_000;
const ACTOR = systemActor('time-page');
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // With `no-referrer`, as everywhere else, browsers hide the origin of the page's own form.
  'referrer-policy': 'same-origin',
};

const Advance = z
  .object({
    days: z.coerce.number().min(0).optional(),
    hours: z.coerce.number().min(0).optional(),
    minutes: z.coerce.number().min(0).optional(),
    /** A moment to be reached, instead of how far: one that is past already moves nothing. */
    to: z.iso.datetime().optional(),
  })
  .refine(
    ({ days, hours, minutes, to }) => (to === undefined) === (days ?? 0) + (hours ?? 0) + (minutes ?? 0) > 0,
    'Say how far, or to when: { "days": 4 }, { "hours": 6 }, { "minutes": 30 } or { "to": "2027-01-04T09:30:00Z" }. Time only moves forward.',
  );
type Advance = z.output<typeof Advance>;

interface Time {
  readonly now: string;
  readonly aheadMs: number;
}

/** Moves the demonstration's time. Exists in the standalone process only: elsewhere nobody's clock may be moved. */
@Controller()
export class TimeController {
  constructor(
    private readonly clock: Clock,
    private readonly records: StepRecords,
  ) {}

  @Public()
  @Get('time')
  page(@Res({ passthrough: true }) response: Response): string {
    response.set(HEADERS);
    return timePage(this.clock.now(), this.adjustable.aheadMs, null);
  }

  @Public()
  @Get('api/v1/clock')
  now(): Time {
    return { now: this.clock.now().toISOString(), aheadMs: this.adjustable.aheadMs };
  }

  @Public()
  @Post('api/v1/clock/advance')
  @HttpCode(200)
  advance(@Req() request: Request, @Body({ schema: Advance }) body: Advance): Time {
    refuseForeignPages(request);
    this.move(body);
    return this.now();
  }

  /** To the moment at which the next e-mail of any running activation falls due. */
  @Public()
  @Post('api/v1/clock/next-email')
  @HttpCode(200)
  async advanceToNextEmail(@Req() request: Request): Promise<Time> {
    refuseForeignPages(request);
    if (!(await this.moveToNextEmail()))
      throw new DomainError(
        'clock.no-next-email',
        'No running activation has an e-mail ahead. Launch a campaign first.',
        {},
        { kind: 'conflict' },
      );
    return this.now();
  }

  @Public()
  @Post('time')
  @HttpCode(200)
  async advanceFromPage(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: Advance }) body: Advance,
  ): Promise<string> {
    return this.answer(request, response, () => {
      this.move(body);
      return null;
    });
  }

  @Public()
  @Post('time/next-email')
  @HttpCode(200)
  async advanceToNextEmailFromPage(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return this.answer(request, response, async () =>
      (await this.moveToNextEmail())
        ? null
        : 'No running activation has an e-mail ahead: launch a campaign in the portal first.',
    );
  }

  /** The page after its button, with what `work` has to say; or, to a page of another site, that nothing was done. */
  private async answer(
    request: Request,
    response: Response,
    work: () => Promise<string | null> | string | null,
  ): Promise<string> {
    response.set(HEADERS);
    if (isFromForeignPage(request.headers)) {
      response.status(403);
      return foreignPage();
    }
    const note = await work();
    return timePage(this.clock.now(), this.adjustable.aheadMs, note);
  }

  private move({ days = 0, hours = 0, minutes = 0, to }: Advance): void {
    const byMs =
      to === undefined
        ? days * 86_400_000 + hours * 3_600_000 + minutes * 60_000
        : Math.max(0, Date.parse(to) - this.clock.now().getTime());
    const field = to === undefined ? 'days' : 'to';
    if (byMs > MAX_STEP_MS) throw new DomainError('clock.step-too-far', 'Move at most 366 days at once.', { field });
    this.adjustable.advance(byMs);
  }

  private async moveToNextEmail(): Promise<boolean> {
    const dueAt = await this.records.nextDue(ACTOR, this.clock.now());
    if (dueAt === null) return false;
    this.adjustable.advance(Math.max(0, dueAt.getTime() - this.clock.now().getTime()));
    return true;
  }

  private get adjustable(): PersistentClock {
    return this.clock as PersistentClock;
  }
}

/** No session guards these routes, so a page of another site must not be able to post to them. */
function refuseForeignPages(request: Request): void {
  if (!isFromForeignPage(request.headers)) return;
  throw new DomainError(
    'clock.foreign-page',
    'Time is moved from this installation’s own page only.',
    {},
    { kind: 'forbidden' },
  );
}
