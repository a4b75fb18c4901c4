import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';

/** The keys that seal the tokens of links and the addresses of returned mail. */
@Injectable()
export class TokenKeys {
  /** Seals. */
  readonly current: Buffer;
  /** All that were ever used, the current one first. */
  readonly all: readonly Buffer[];

  constructor(@Inject(CONFIG) config: Pick<Config, 'SECRET_KEY' | 'SECRET_KEY_PREVIOUS' | 'LINK_KEYS'>) {
    const keyOf = (secret: string): Buffer =>
      Buffer.from(hkdfSync('sha256', secret, '', 'throughline message tokens v1', 32));
    const first = keyOf(config.SECRET_KEY);
    this.all = [...config.LINK_KEYS.map(keyOf), first, ...config.SECRET_KEY_PREVIOUS.map(keyOf)];
    this.current = this.all[0] ?? first;
  }
}
