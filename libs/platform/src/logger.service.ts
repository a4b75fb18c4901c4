import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import { DomainError, logContext, maskAddresses, messageOf } from '#kernel';

const SECRET = /\btl_[\w-]{16,}|(?<=:\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g;

/** `@nestjs/core` is a package, not an address. */
const isAddress = (local: string, domain: string): boolean => local !== '' && domain.slice(1, -1).includes('.');

/** Removes mail addresses, API keys and passwords in URLs from a text. */
export function scrub(text: string): string {
  return maskAddresses(text.replace(SECRET, '[secret]'), '[address]', isAddress);
}

/**
 * JSON logs, one object per line, with the ids of the request or job, without
 * personal data.
 */
export class StructuredLogger implements LoggerService {
  private readonly pino: Pino;

  /** @param destination Default: standard output. */
  constructor(level: string, processName: string, destination: DestinationStream = pino.destination(1)) {
    this.pino = pino(
      {
        level,
        base: { process: processName, pid: process.pid },
        timestamp: pino.stdTimeFunctions.isoTime,
      },
      destination,
    );
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.emit('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.emit('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.emit('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.emit('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.emit('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.emit('trace', message, rest);
  }

  private emit(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: readonly unknown[],
  ): void {
    // Nest passes the class that logs last, and an error or its stack before
    // it.
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
    const error = [message, ...rest].find((part) => part instanceof Error);
    const stack = rest.find((part): part is string => typeof part === 'string' && part.includes('\n    at '));
    this.pino[level](
      {
        ...logContext(),
        ...(context === undefined ? {} : { context }),
        ...(error === undefined ? {} : { error: describe(error) }),
        ...(stack === undefined ? {} : { stack: scrub(stack) }),
      },
      scrub(messageOf(message)),
    );
  }
}

function describe(error: Error): Record<string, unknown> {
  return {
    name: error.name,
    message: scrub(error.message),
    ...(error instanceof DomainError ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: scrub(error.stack) }),
    ...(error.cause instanceof Error ? { cause: describe(error.cause) } : {}),
  };
}
