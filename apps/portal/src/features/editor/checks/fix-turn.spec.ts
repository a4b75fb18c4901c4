import type { Problem } from '../../../shared/gates';
import { turnOf } from './fix-turn';

const problem = (code: string, line = 1): Problem =>
  ({ code, file: 'campaign.yaml', message: `${code} of the step`, line, column: 1, severity: 'error' }) as Problem;
const WAIT = problem('step-without-wait');
const UNUSED = problem('key-unused');

describe('a pressed fix', () => {
  it('waits while the check of the current texts is under way', () => {
    expect(turnOf([WAIT], 'old', [WAIT])).toEqual({ kind: 'wait' });
  });

  it('is applied to what the check still finds, wherever that moved', () => {
    const moved = problem('step-without-wait', 9);
    expect(turnOf([WAIT, UNUSED], 'current', [moved])).toEqual({ kind: 'apply', problems: [moved] });
  });

  it('is not applied a second time, and says so', () => {
    expect(turnOf([WAIT], 'current', [UNUSED])).toEqual({ kind: 'refuse', why: 'fixGone' });
  });

  it('is refused with a reason if the check fails', () => {
    expect(turnOf([WAIT], 'failed', [])).toEqual({ kind: 'refuse', why: 'fixUnchecked' });
  });
});
