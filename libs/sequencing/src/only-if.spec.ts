import { onlyIf } from './only-if.js';
import { sequenceSchema } from './sequence-definition.js';

const conditionsOf = (steps: readonly object[]): Record<string, unknown> =>
  Object.fromEntries(
    onlyIf(sequenceSchema.parse({ window: { from: '08:30', to: '17:30', weekdays: ['mon'] }, steps })),
  );
const CLICK = { on: 'click', link: null };
const REPLY = { on: 'reply' };

describe('what has to hold for a step to come', () => {
  it('is empty for steps that an inactive contact reaches', () => {
    expect(
      conditionsOf([
        { key: 'a', email: 'a' },
        { key: 'heard', until: [{ click: 'any', then: 'b' }], within: { days: 4 }, else: 'b' },
        { key: 'b', email: 'b' },
      ]),
    ).toEqual({});
  });

  it('is the condition of the way that leads off, for every step until the ways meet again', () => {
    expect(
      conditionsOf([
        { key: 'a', email: 'a' },
        { key: 'heard', until: [{ click: 'any', then: 'thanks' }], within: { days: 4 }, else: 'last' },
        { key: 'thanks', email: 'thanks' },
        { key: 'pause', wait: { days: 2 } },
        { key: 'offer', email: 'offer' },
        { key: 'last', email: 'last' },
      ]),
    ).toEqual({ thanks: [CLICK], pause: [CLICK], offer: [CLICK] });
  });

  it('is any of several, each said once, and the last one asked where a branch leads on to another', () => {
    expect(
      conditionsOf([
        {
          key: 'heard',
          until: [
            { click: 'any', then: 'x' },
            { reply: true, then: 'x' },
          ],
          within: { days: 4 },
          else: 'end',
        },
        { key: 'x', email: 'x' },
        {
          key: 'again',
          branch: [
            { reply: true, then: 'y' },
            { click: 'any', then: 'x' },
          ],
          else: 'end',
        },
        { key: 'y', email: 'y' },
      ]),
    ).toMatchObject({ x: [CLICK, REPLY], y: [REPLY] });
  });
});
