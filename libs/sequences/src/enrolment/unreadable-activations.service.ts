import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { ActivationId } from '#kernel';

const stalled = new Counter({
  name: 'throughline_unreadable_activations_total',
  help: 'Times that an activation could not be read or judged and was passed over, by what was to be done.',
  labelNames: ['at'],
});

/**
 * Retry interval of a skipped activation: only people can repair what is
 * unreadable.
 */
export const UNREADABLE_RETRY_MS = 5 * 60_000;

/**
 * Activations that cannot be read or evaluated.
 * Each is logged, counted and delayed alone; other mail does not wait.
 */
@Injectable()
export class UnreadableActivations {
  private readonly logger = new Logger(UnreadableActivations.name);

  report(at: 'claim' | 'release' | 'outcome' | 'end', activationId: ActivationId, error: unknown): void {
    stalled.inc({ at });
    this.logger.error(`Activation ${activationId} could not be read or judged (${at}); it is tried again.`, error);
  }
}
