import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { documentProof, socialProof } from '#artwork';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, CompiledCampaigns, SOCIAL_FORMATS } from '#content';
import type { Manifest } from '#contracts';
import { lockedPixelsHash, sealMaster } from '#seal';
import { BlobStore, type BlobHash } from '#storage';
import { SAMPLE_PARTNER } from './sample-brand.js';
import { sampleValues } from './sample-preview.js';
import { rehearse } from './seal-rehearsal.js';

/** What a manifest says of the content. It depends on the compiled campaign alone. */
export type SealedContent = Pick<Manifest, 'masters' | 'documents' | 'pictures'>;

/** Versions that are about to be published. Each has a few megabytes. */
const KEPT_IN_MEMORY = 4;

/**
 * Seals the content of compiled campaigns, and rehearses each e-mail and page
 * with its seal. The first time of a process takes seconds, so it may be
 * requested before a user publishes.
 */
@Injectable()
export class SealedContents {
  private readonly kept = new LRUCache<BlobHash, SealedContent>({
    max: KEPT_IN_MEMORY,
    // Callers get an entry that was evicted while it was computed.
    ignoreFetchAbort: true,
    fetchMethod: (compiledHash) => this.seal(compiledHash),
  });

  constructor(
    private readonly compiled: CompiledCampaigns,
    private readonly blobs: BlobStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @throws LockMismatch when a lock differs from the approved one.
   * @throws SealRehearsalFailure when a sample does not match its seal.
   */
  of(compiledHash: BlobHash): Promise<SealedContent> {
    return this.kept.forceFetch(compiledHash);
  }

  private async seal(compiledHash: BlobHash): Promise<SealedContent> {
    const compiled = await this.compiled.load(compiledHash);
    return {
      masters: await this.masters(compiled),
      documents: await this.documents(compiled),
      pictures: await this.pictures(compiled),
    };
  }

  private async masters(compiled: CompiledCampaign): Promise<Manifest['masters']> {
    const brand = { name: SAMPLE_PARTNER.name, colours: compiled.definition.brand.defaults };
    const { PUBLIC_URL } = this.config;
    const sealedMasters: Manifest['masters'] = [];
    for (const { key, masters } of [...compiled.emails, ...compiled.pages])
      for (const master of Object.values(masters)) {
        const sealed = sealMaster(key, master);
        rehearse(master, sealed, sampleValues(compiled, master, brand, PUBLIC_URL), PUBLIC_URL);
        sealedMasters.push(sealed);
        // Other requests run between two e-mails.
        await nextTurn();
      }
    return sealedMasters;
  }

  private async documents({ documents }: CompiledCampaign): Promise<Manifest['documents']> {
    const sealed: Manifest['documents'] = [];
    for (const { key, prepared } of documents)
      for (const [locale, hash] of Object.entries(prepared)) {
        const { sha256, byteLength, trailer, xrefOffset, reserved } = documentProof(await this.blobs.get(hash));
        const objects = reserved.map((object) =>
          object.kind === 'drawing' ? { ...object, boxes: [...object.boxes] } : { ...object },
        );
        sealed.push({
          key,
          locale,
          prefixBytes: byteLength,
          prefixHash: sha256,
          trailer,
          xrefOffset,
          reserved: objects,
        });
      }
    return sealed;
  }

  private async pictures({ social }: CompiledCampaign): Promise<Manifest['pictures']> {
    const sealed: Manifest['pictures'] = [];
    // The formats of a post at once: decoding them is most of the work, and the
    // picture library has threads of its own.
    for (const { key, prepared } of social)
      for (const [locale, hashes] of Object.entries(prepared))
        sealed.push(
          ...(await Promise.all(
            SOCIAL_FORMATS.map(async (format) => {
              const { pixels, boxes } = await socialProof(await this.blobs.get(hashes[format]));
              const { width, height } = pixels;
              const lockedHash = lockedPixelsHash(pixels, boxes);
              return { key, locale, format, width, height, boxes: boxes.map((box) => ({ ...box })), lockedHash };
            }),
          )),
        );
    return sealed;
  }
}
