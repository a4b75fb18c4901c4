import type { LeasedMessage } from '#delivery';
import { chunksOf } from './submission-chunks.js';

const message = (id: string, partner: string, vendor: string, minute = 0): LeasedMessage =>
  ({
    id,
    fence: 1,
    partnerId: partner,
    vendorId: vendor,
    enrolmentId: id,
    dueAt: new Date(Date.UTC(2026, 10, 24, 9, minute)),
  }) as unknown as LeasedMessage;

const idsOf = (leased: readonly LeasedMessage[], size: number): string[][] =>
  chunksOf(leased, size).map(({ claims }) => claims.map(({ id }) => String(id)));

describe('chunks of leased messages', () => {
  it('have one partner each', () => {
    expect(idsOf([message('a', 'p1', 'v'), message('b', 'p2', 'v'), message('c', 'p1', 'v')], 10)).toEqual([
      ['a', 'c'],
      ['b'],
    ]);
  });

  it('have one vendor each', () => {
    expect(idsOf([message('a', 'p', 'v1'), message('b', 'p', 'v2'), message('c', 'p', 'v1')], 10)).toEqual([
      ['a', 'c'],
      ['b'],
    ]);
  });

  it('have at most the given size', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map((id) => message(id, 'p', 'v'));
    expect(idsOf(five, 2)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('begin with the messages that fell due first', () => {
    expect(idsOf([message('late', 'p', 'v', 5), message('early', 'p', 'v', 1)], 1)).toEqual([['early'], ['late']]);
  });

  it('carry the fence of each claim', () => {
    expect(chunksOf([message('a', 'p', 'v')], 10)).toEqual([{ partnerId: 'p', claims: [{ id: 'a', fence: 1 }] }]);
  });

  it('are none for no messages', () => {
    expect(chunksOf([], 10)).toEqual([]);
  });
});
