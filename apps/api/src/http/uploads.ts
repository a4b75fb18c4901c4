import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  mixin,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request } from 'express';
import { defer, finalize, mergeMap, type Observable } from 'rxjs';
import { type Actor, DomainError } from '#kernel';
import { TemporaryFiles } from '#storage';
import type { AuthenticatedRequest } from './authority.js';

/**
 * Uploads at the same time. Each may have 50 MB on disk until it is complete,
 * and a client may send slowly.
 */
const AT_ONCE = { perOrganisation: 3, inAll: 20 } as const;
/** Complete uploads that are in memory at the same time. */
const IN_MEMORY = 4;

/** The file of a multipart form, complete. */
export interface Upload {
  readonly originalname: string;
  readonly buffer: Buffer;
}

interface StoredUpload {
  readonly originalname: string;
  readonly filename: string;
  buffer?: Buffer;
}

/** Counts uploads, so that no organisation can fill the disk or the memory. */
@Injectable()
export class UploadPlaces {
  private readonly open = new Map<string, number>();
  private inAll = 0;
  private inMemory = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @throws DomainError `upload.too-many` if the organisation has its share;
   *   `upload.busy` if the process has.
   */
  enter(organisation: string): void {
    const own = this.open.get(organisation) ?? 0;
    if (own >= AT_ONCE.perOrganisation)
      throw new DomainError(
        'upload.too-many',
        `Your organisation is uploading ${AT_ONCE.perOrganisation} files already. Wait until one is complete, then upload this one again.`,
        {},
        { kind: 'too-many' },
      );
    if (this.inAll >= AT_ONCE.inAll)
      throw new DomainError(
        'upload.busy',
        'Too many files are being uploaded at the moment. Nothing was changed. Try again in a minute.',
        {},
        { kind: 'too-many' },
      );
    this.inAll += 1;
    this.open.set(organisation, own + 1);
  }

  leave(organisation: string): void {
    this.inAll -= 1;
    const left = (this.open.get(organisation) ?? 1) - 1;
    if (left > 0) this.open.set(organisation, left);
    else this.open.delete(organisation);
  }

  /** Waits until a complete upload may be read into memory. */
  async enterMemory(): Promise<void> {
    if (this.inMemory < IN_MEMORY) this.inMemory += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  leaveMemory(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.inMemory -= 1;
    else next();
  }
}

/**
 * Receives one file of a multipart form, on disk until it is complete. Its
 * handler gets an `Upload`. The only way to receive files: a test refuses
 * others.
 * @param field of the form.
 * @param limits in bytes and in fields; see multer.
 */
export function oneUpload(
  field: string,
  limits: { readonly fileSize: number; readonly fields: number; readonly fieldSize?: number },
): Type<NestInterceptor> {
  @Injectable()
  class UploadInterceptor implements NestInterceptor {
    private readonly receiver: NestInterceptor;

    constructor(
      private readonly places: UploadPlaces,
      private readonly files: TemporaryFiles,
    ) {
      const storage = { _handleFile: receiveInto(files), _removeFile: removeFrom(files) };
      this.receiver = new (FileInterceptor(field, { storage, limits: { ...limits, files: 1 } }))();
    }

    async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
      const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
      const organisation = organisationOf(request.actor);
      this.places.enter(organisation);
      try {
        const handled = await this.receiver.intercept(context, { handle: () => this.withBytes(request, next) });
        return handled.pipe(finalize(() => this.places.leave(organisation)));
      } catch (error) {
        this.places.leave(organisation);
        throw error;
      }
    }

    private withBytes(request: AuthenticatedRequest, next: CallHandler): Observable<unknown> {
      return defer(async () => {
        await this.places.enterMemory();
        const { file } = request as { file?: StoredUpload };
        if (file !== undefined) file.buffer = await this.files.readOnce(file.filename);
      }).pipe(
        mergeMap(() => next.handle()),
        finalize(() => this.places.leaveMemory()),
      );
    }
  }
  return mixin(UploadInterceptor);
}

type Done = (error: unknown, info?: { filename: string }) => void;

/** For multer: writes a file that arrives. It ends with its request. */
const receiveInto =
  (files: TemporaryFiles) =>
  (request: Request, { stream }: { stream: NodeJS.ReadableStream }, done: Done): void => {
    const abort = new AbortController();
    request.once('close', () => {
      if (!request.complete) abort.abort();
    });
    files.receive(stream, abort.signal).then(
      (filename) => done(null, { filename }),
      (error: unknown) => done(error),
    );
  };

const removeFrom =
  (files: TemporaryFiles) =>
  (_request: Request, { filename }: { filename?: string }, done: (error: unknown) => void): void => {
    (filename === undefined ? Promise.resolve() : files.remove(filename)).then(() => done(null), done);
  };

/** The guard lets only organisations upload. */
function organisationOf(actor: Actor | undefined): string {
  if (actor === undefined || actor.kind === 'system') throw new Error('A file was uploaded without an organisation.');
  return actor.kind === 'vendor' ? actor.vendorId : actor.partnerId;
}
