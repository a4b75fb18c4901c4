import { bootId, isAlive, ownerOf } from './process-life.js';

describe('processes of this machine', () => {
  it.each([
    ['node_77_1795581431437', { machine: 'node', pid: 77 }],
    ['throughline_scheduler_1_77_1795581431437', { machine: 'throughline_scheduler_1', pid: 77 }],
    ['a-file', null],
  ])('are told by the name of their files: %s', (name, owner) => {
    expect(ownerOf(name)).toEqual(owner);
  });

  it('live while they can be signalled; our own number was somebody else’s', () => {
    expect([isAlive(process.ppid), isAlive(process.pid), isAlive(2 ** 22 + 1)]).toEqual([true, false, false]);
  });

  it('belong to one boot, where the system says which', () => {
    expect(bootId()).toMatch(process.platform === 'linux' ? /^[0-9a-f-]{36}$/ : /^unknown$/);
  });
});
