import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Clock, DomainError, systemActor } from '#kernel';
import { StepRecords } from '#sequences';
import { Public } from '../../api/src/http/authority.js';
import { isFromForeignPage } from '../../api/src/http/foreign-pages.js';
import type { PersistentClock } from '#platform';
import { foreignPage, timePage } from './time-page.js';

const MAX_STEP_MS = 366 * 86_400_000;
const ACTOR = systemActor('time-page');
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // `no-referrer`, our usual policy, would hide the origin of the page's own
  // form.
  'referrer-policy': 'same-origin',
};

const Advance = z
  .object({
    days: z.coerce.number().min(0).optional(),
    hours: z.coerce.number().min(0).optional(),
    minutes: z.coerce.number().min(0).optional(),
    /**
     * The target time, instead of a duration. A time in the past changes
     * nothing.
     */
    to: z.iso.datetime().optional(),
  })
  .refine(
    ({ days, hours, minutes, to }) => (to === undefined) === (days ?? 0) + (hours ?? 0) + (minutes ?? 0) > 0,
    'Give a duration or a time: { "days": 4 }, { "hours": 6 }, { "minutes": 30 } or ' +
      '{ "to": "2027-01-04T09:30:00Z" }. The clock only moves forward.',
  );
type Advance = z.output<typeof Advance>;

interface Time {
  readonly now: string;
  readonly aheadMs: number;
}

/**
 * Moves the clock of the demonstration. Only the standalone process has these
 * routes.
 */
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

  /**
   * Moves to the time at which the next e-mail of any running activation is
   * due.
   */
  @Public()
  @Post('api/v1/clock/next-email')
  @HttpCode(200)
  async advanceToNextEmail(@Req() request: Request): Promise<Time> {
    refuseForeignPages(request);
    if (!(await this.moveToNextEmail()))
      throw new DomainError(
        'clock.no-next-email',
        'No running activation has a planned e-mail. Launch a campaign first.',
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
        : 'No running campaign has a planned e-mail. Launch a campaign in the portal first.',
    );
  }

  /**
   * The page after a button: the result of `work`, or the refusal of a foreign
   * page.
   */
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

/**
 * These routes have no session, so pages of other sites must not be able to
 * post to them.
 */
function refuseForeignPages(request: Request): void {
  if (!isFromForeignPage(request.headers)) return;
  throw new DomainError(
    'clock.foreign-page',
    'Time is moved from this installation’s own page only.',
    {},
    { kind: 'forbidden' },
  );
}
