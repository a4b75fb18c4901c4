import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Clock, DomainError } from '#kernel';
import { Public } from '../../api/src/http/authority.js';
import type { PersistentClock } from './persistent-clock.js';
import { timePage } from './time-page.js';

const MAX_STEP_MS = 366 * 86_400_000;

const Advance = z
  .object({
    days: z.coerce.number().min(0).optional(),
    hours: z.coerce.number().min(0).optional(),
    minutes: z.coerce.number().min(0).optional(),
  })
  .refine(
    ({ days, hours, minutes }) => (days ?? 0) + (hours ?? 0) + (minutes ?? 0) > 0,
    'Say how far: { "days": 4 }, { "hours": 6 } or { "minutes": 30 }. Time only moves forward.',
  );

/** Moves the demonstration's time. Exists in the standalone process only: elsewhere nobody's clock may be moved. */
@Controller()
export class TimeController {
  constructor(private readonly clock: Clock) {}

  @Public()
  @Get('time')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  page(): string {
    return timePage(this.clock.now(), this.adjustable.aheadMs);
  }

  @Public()
  @Get('api/v1/clock')
  now(): { now: string; aheadMs: number } {
    return { now: this.clock.now().toISOString(), aheadMs: this.adjustable.aheadMs };
  }

  @Public()
  @Post('api/v1/clock/advance')
  @HttpCode(200)
  advance(
    @Req() request: Request,
    @Body({ schema: Advance }) body: z.output<typeof Advance>,
  ): { now: string; aheadMs: number } {
    refuseForeignPages(request);
    this.move(body);
    return this.now();
  }

  @Public()
  @Post('time')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  advanceFromPage(@Req() request: Request, @Body({ schema: Advance }) body: z.output<typeof Advance>): string {
    refuseForeignPages(request);
    this.move(body);
    return this.page();
  }

  private move({ days = 0, hours = 0, minutes = 0 }: z.output<typeof Advance>): void {
    const byMs = days * 86_400_000 + hours * 3_600_000 + minutes * 60_000;
    if (byMs > MAX_STEP_MS)
      throw new DomainError('clock.step-too-far', 'Move at most 366 days at once.', { field: 'days' });
    this.adjustable.advance(byMs);
  }

  private get adjustable(): PersistentClock {
    return this.clock as PersistentClock;
  }
}

/** No session guards these routes, so a page of another site must not be able to post to them. */
function refuseForeignPages(request: Request): void {
  const origin = request.headers.origin;
  if (origin === undefined || new URL(origin).host === request.headers.host) return;
  throw new DomainError(
    'clock.foreign-page',
    'Time is moved from this installation’s own page only.',
    {},
    { kind: 'forbidden' },
  );
}
