import type { PartnerSelection } from '../enrolment/due-queue.service.js';
import { CHUNK } from '../enrolment/sequences.jobs.js';
import { IDLE_MS } from './due-step-claims.service.js';
import { StepClaims } from './step-claims.service.js';

const NOW = new Date('2026-11-24T10:00:00Z');

interface World {
  readonly room: { readonly withBacklog: number; readonly withoutBacklog: number };
  readonly backOffMs?: number;
  readonly hasDue?: boolean;
  readonly isHalted?: boolean;
  readonly waitMs?: number;
  readonly retriesClaimed?: boolean;
}

/** The claimer with its neighbours as functions that record what they get. */
function claimsIn(world: World) {
  const calls = {
    claims: [] as [PartnerSelection, number][],
    dispatched: 0,
    asked: [] as PartnerSelection[],
    retries: 0,
  };
  const claims = new StepClaims(
    { now: () => NOW },
    { backOffMs: () => world.backOffMs ?? 0 } as never,
    {
      hasDue: async (_now: Date, selection: PartnerSelection) => {
        calls.asked.push(selection);
        return world.hasDue ?? true;
      },
    } as never,
    {
      claim: async (selection: PartnerSelection, limit: number) => {
        calls.claims.push([selection, limit]);
        return {
          leased: [],
          withBacklog: new Set(),
          waitMs: world.waitMs ?? 1_234,
          isHalted: world.isHalted ?? false,
        };
      },
    } as never,
    {
      claimDue: async () => {
        calls.retries += 1;
        return world.retriesClaimed ?? false;
      },
    } as never,
    { room: async () => world.room, dispatch: async () => void (calls.dispatched += 1) } as never,
  );
  return { claims, calls };
}

describe('the claims of due steps', () => {
  it('take of all partners what both queues have room for, then the retries', async () => {
    const { claims, calls } = claimsIn({ room: { withBacklog: 3, withoutBacklog: 8 } });
    expect(await claims.claimDue()).toBe(1_234);
    expect(calls).toEqual({ claims: [['all', 3 * CHUNK]], dispatched: 1, asked: [], retries: 1 });
  });

  it('come again at once while retries are waiting', async () => {
    const { claims } = claimsIn({ room: { withBacklog: 1, withoutBacklog: 1 }, retriesClaimed: true });
    expect(await claims.claimDue()).toBe(0);
  });

  it.each([
    ['with-backlog', { withBacklog: 2, withoutBacklog: 0 }],
    ['without-backlog', { withBacklog: 0, withoutBacklog: 2 }],
  ] as const)('take only partners %s while the other queue is full', async (selection, room) => {
    const { claims, calls } = claimsIn({ room });
    expect(await claims.claimDue()).toBe(20);
    expect(calls).toEqual({ claims: [[selection, 2 * CHUNK]], dispatched: 1, asked: [selection], retries: 0 });
  });

  it.each<[string, World, number]>([
    ['both queues are full', { room: { withBacklog: 0, withoutBacklog: 0 } }, 20],
    [
      'one is full and nothing is due for the other',
      { room: { withBacklog: 1, withoutBacklog: 0 }, hasDue: false },
      50,
    ],
    ['the relay asked us to wait', { room: { withBacklog: 9, withoutBacklog: 9 }, backOffMs: 1 }, IDLE_MS],
  ])('claim nothing while %s', async (_, world, waitMs) => {
    const { claims, calls } = claimsIn(world);
    expect(await claims.claimDue()).toBe(waitMs);
    expect(calls).toMatchObject({ claims: [], dispatched: 0, retries: 0 });
  });

  it('dispatch nothing under a halt of all sending', async () => {
    const { claims, calls } = claimsIn({ room: { withBacklog: 5, withoutBacklog: 5 }, isHalted: true });
    expect(await claims.claimDue()).toBe(IDLE_MS);
    expect(calls).toMatchObject({ dispatched: 0, retries: 0 });
  });
});
