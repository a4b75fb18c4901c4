import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { z } from 'zod';
import { Copies } from '#activations';
import { CONFIG, type Config } from '#config';
import { CopyStateView } from '#contracts';
import { Public } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the file: 64 lower-case hex digits.');

/** Copies of documents and pictures that people have downloaded. */
@Controller('api/v1/copies')
export class CopiesController {
  constructor(
    private readonly copies: Copies,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Needs no sign-in: whoever has the file may ask. Says nothing of its content. */
  @Summary('Ask whether a downloaded document or picture is still valid, by its SHA-256')
  @Public()
  @Get(':sha256')
  @Header('cache-control', 'no-store')
  @ResponseBody(CopyStateView)
  async state(@Param('sha256', { schema: Sha256 }) sha256: string): Promise<CopyStateView> {
    const { state, since, replacementSlug } = await this.copies.stateOf(sha256);
    return {
      state,
      since: since?.toISOString() ?? null,
      replacementUrl: replacementSlug === null ? null : `${this.config.PUBLIC_URL}/p/${replacementSlug}`,
    };
  }
}
