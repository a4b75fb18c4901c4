import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { SampleArtwork, SHOW_ARTWORK } from '#campaigns';
import { Handles } from '#jobs';

/** Shows vendors their documents and pictures before partners see them. */
@Injectable()
export class ShowArtworkHandler {
  constructor(private readonly artwork: SampleArtwork) {}

  @Handles(SHOW_ARTWORK)
  async show(data: z.output<typeof SHOW_ARTWORK.data>): Promise<z.output<typeof SHOW_ARTWORK.result>> {
    return { file: await this.artwork.show(data) };
  }
}
