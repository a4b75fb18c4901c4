import { type DrawnArm, readVariant } from '#rendering';
import type { NoisyNumber } from '../released-results.js';
import type { ReleasedCells } from '../released-tables.service.js';

/**
 * The released numbers of one arm of a version's test, of all its variants. What a winner gave, and what contacts
 * of earlier versions got, has another name and is left out.
 */
export const armNumbers = (
  cells: readonly Pick<ReleasedCells, 'table' | 'numbers' | 'sd'>[],
  table: ReleasedCells['table'],
  stepKey: string,
  { of, arm, version }: DrawnArm,
): NoisyNumber[] =>
  cells.flatMap((one) =>
    one.table !== table
      ? []
      : [...one.numbers].flatMap(([name, value]) => {
          const [step = '', variant = ''] = JSON.parse(name) as string[];
          const drawn = readVariant(variant)?.drawn;
          const isOfArm = drawn?.of === of && drawn.arm === arm && drawn.version === version;
          return step === stepKey && isOfArm ? [{ value, sd: one.sd }] : [];
        }),
  );
