import { Database } from '#database';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { checkSecretKey } from './key-check.js';

const key = (letter: string): string => letter.repeat(32);

describe('the key of an installation', () => {
  let house: TestModule;
  beforeAll(async () => {
    house = await createTestModule([]);
  });
  afterAll(() => house.close());

  it('is the one that the database began with, for every process', async () => {
    const database = house.app.get(Database);
    await checkSecretKey(database, key('a'));
    await checkSecretKey(database, key('a'));
    await expect(checkSecretKey(database, key('b'))).rejects.toThrow(/^SECRET_KEY is not the one/);
    await checkSecretKey(database, key('a'));
  });

  it('is decided once where many processes start at the same moment', async () => {
    const other = await createTestModule([]);
    const database = other.app.get(Database);
    const letters = ['a', 'b', 'c', 'a'];
    const started = await Promise.allSettled(letters.map((letter) => checkSecretKey(database, key(letter))));
    const winners = letters.filter((_, at) => started[at]?.status === 'fulfilled');
    expect(winners.length).toBeGreaterThan(0);
    expect(new Set(winners).size).toBe(1);
    expect(winners).toHaveLength(letters.filter((letter) => letter === winners[0]).length);
    await other.close();
  });
});
