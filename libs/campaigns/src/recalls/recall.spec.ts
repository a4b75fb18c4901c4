import type { AssetId } from '#assets';
import { newId } from '#kernel';
import { type Output, type Recall, recallOf } from './recall.js';

const WELCOME: Output = { kind: 'email', key: 'welcome', locale: 'en', hasBegun: false };
const recall = (changes: Partial<Recall>): Recall =>
  ({ tactic: null, asset: null, tactics: null, locale: null, mode: 'stop', ...changes }) as Recall;

const ASSET = { id: newId<AssetId>(), title: 'Rack' };

describe('a recall', () => {
  it.each<[string, Partial<Recall>, Partial<Output>, boolean]>([
    ['of everything', {}, {}, true],
    ['of everything, for a reader who has begun', {}, { hasBegun: true }, true],
    ['of this tactic', { tactic: { kind: 'email', key: 'welcome' } }, {}, true],
    ['of another e-mail', { tactic: { kind: 'email', key: 'offer' } }, {}, false],
    ['of a page of that name', { tactic: { kind: 'page', key: 'welcome' } }, {}, false],
    ['of an asset that it shows', { asset: ASSET, tactics: [{ kind: 'email', key: 'welcome' }] }, {}, true],
    [
      'of an asset that a page of that name shows',
      { asset: ASSET, tactics: [{ kind: 'page', key: 'welcome' }] },
      {},
      false,
    ],
    ['of an asset that nothing of the version shows', { asset: ASSET }, {}, false],
    ['of this language', { locale: 'en' }, {}, true],
    ['of another language', { locale: 'de' }, {}, false],
    ['of this tactic in another language', { tactic: { kind: 'email', key: 'welcome' }, locale: 'de' }, {}, false],
    ['that lets readers finish, for one who begins', { mode: 'finish' }, {}, true],
    ['that lets readers finish, for one who has begun', { mode: 'finish' }, { hasBegun: true }, false],
    ['that replaces it', { mode: 'replace' }, { hasBegun: true }, true],
  ])('%s forbids an e-mail or not', (_, changes, output, forbids) => {
    expect(recallOf([recall(changes)], { ...WELCOME, ...output }) !== null).toBe(forbids);
  });

  it('that does not concern an output leaves the decision to the next', () => {
    const stop = recall({ reason: 'Wrong price.' });
    expect(recallOf([recall({ locale: 'de' }), stop], WELCOME)).toBe(stop);
    expect(recallOf([], WELCOME)).toBeNull();
  });
});
