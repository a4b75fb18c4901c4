import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import {
  CHECK_EDIT,
  EditChecks,
  EXPECT_EDITS,
  SampleArtwork,
  SHOW_ARTWORK,
  SHOW_CANVAS,
  SHOW_SHIPPED,
  ShippedRendering,
} from '#campaigns';
import { Handles } from '#jobs';

type DataOf<Job extends { readonly data: z.ZodType }> = z.output<Job['data']>;

/** Jobs that show vendors what they write, and the service that does each. */
@Injectable()
export class PreviewHandlers {
  constructor(
    private readonly checks: EditChecks,
    private readonly artwork: SampleArtwork,
    private readonly shipped: ShippedRendering,
  ) {}

  /** Answers authors while they write. */
  @Handles(CHECK_EDIT)
  async checkEdit(data: DataOf<typeof CHECK_EDIT>): Promise<z.output<typeof CHECK_EDIT.result>> {
    return this.checks.check(data);
  }

  @Handles(SHOW_CANVAS)
  async showCanvas(data: DataOf<typeof SHOW_CANVAS>): Promise<z.output<typeof SHOW_CANVAS.result>> {
    return this.checks.canvas(data);
  }

  /** Pictures of the gallery of templates and layouts. */
  @Handles(SHOW_SHIPPED)
  async showShipped(data: DataOf<typeof SHOW_SHIPPED>): Promise<z.output<typeof SHOW_SHIPPED.result>> {
    return this.shipped.render(data);
  }

  @Handles(EXPECT_EDITS)
  async prepareEdits(data: DataOf<typeof EXPECT_EDITS>): Promise<void> {
    await this.checks.prepare(data);
  }

  /** Artwork as partners will see it, for the vendor. */
  @Handles(SHOW_ARTWORK)
  async showArtwork(data: DataOf<typeof SHOW_ARTWORK>): Promise<z.output<typeof SHOW_ARTWORK.result>> {
    return { file: await this.artwork.show(data) };
  }
}
