import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { drawDiscreteGaussian, type Fraction } from './discrete-gaussian.js';
import { NoiseStream } from './noise-stream.js';
import type { DataReleaseId, ReleasedCell } from './release.js';

/** Exact numbers, and the noise that they get. */
export interface ExactCells {
  /** Integers, in 1/`denominator` people. */
  readonly cells: readonly ReleasedCell[];
  /** 1: people. A weight of 1.17 has the denominator 100. */
  readonly denominator: number;
  /** Standard deviation of the noise, in people. */
  readonly sd: number;
}

/** Adds the noise to the cells of a release. */
@Injectable()
export class Noise {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) { SECRET_KEY: secret }: Pick<Config, 'SECRET_KEY'>) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'throughline release noise v1', 32));
  }

  /**
   * @param id the same id always gives the same noise: never use one for two
   *   tables.
   * @returns noisy numbers in whole people.
   */
  add(id: DataReleaseId, { cells, denominator, sd }: ExactCells): ReleasedCell[] {
    const variance = varianceOf(sd, denominator);
    return cells.map(({ name, value }) => {
      const noise = drawDiscreteGaussian(new NoiseStream(this.key, id, name), variance);
      return { name, value: Math.round(Number(BigInt(value) + noise) / denominator) };
    });
  }
}

/** σ² in units of the cells. The standard deviation is rounded up to 1/1000. */
function varianceOf(sd: number, denominator: number): Fraction {
  const thousandths = BigInt(Math.ceil(sd * 1_000) * denominator);
  return { numerator: thousandths * thousandths, denominator: 1_000_000n };
}
