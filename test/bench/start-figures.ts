import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CampaignVersionCard, CampaignVersionDetail } from '#contracts';
import { newDataFolder } from '../support/data-folder.mjs';
import { Person } from '../journeys/person.js';
import { freePorts, Standalone } from '../journeys/standalone.js';

/** Time by the clock, and processor time of all processes of the product. */
interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Copies are campaigns from a template, after the second start; each is published then. */
export const START_FIGURES = [
  'firstStart',
  'secondStart',
  'firstCopy',
  'secondCopy',
  'firstPublication',
  'secondPublication',
] as const;
export type StartFigures = Readonly<Record<(typeof START_FIGURES)[number], Cost>>;

const PASSWORD = 'northwind demo';
/** USER_HZ is 100 on every Linux that Node supports. */
const MS_PER_TICK = 10;
/** A person needs longer for the dialog: groups of partners and two dates. */
const DIALOG_MS = 3_000;

/**
 * Starts the built product on an empty folder, then again, and creates
 * campaigns from a template as a user of the sample vendor.
 */
export async function measureStart(): Promise<StartFigures> {
  const data = newDataFolder('start');
  const ports = await freePorts();
  let stop: () => Promise<unknown> = () => Promise.resolve();
  const start = async (): Promise<Standalone> => {
    const product = await Standalone.start(data, ports, { LOG_LEVEL: 'warn' });
    stop = () => product.server.end('SIGINT');
    return product;
  };
  try {
    const firstStart = await costOf(start);
    await stop();
    const secondStart = await costOf(start);
    const { url, server } = secondStart.result;
    const maya = await Person.signIn(url, 'maya@northwind.example', PASSWORD);
    const copy = (title: string) =>
      costOf(
        () =>
          maya.call('campaign-copies', CampaignVersionCard, {
            method: 'POST',
            json: { from: { template: 'zero-trust-edge' }, title },
          }),
        server.pid,
      );
    const firstCopy = await copy('First copy');
    const secondCopy = await copy('Second copy');
    const nora = await Person.signIn(url, 'nora@northwind.example', PASSWORD);
    const publish = (version: CampaignVersionCard) =>
      publicationCost({ marketer: maya, approver: nora }, version, server.pid);
    const firstPublication = await publish(firstCopy.result);
    const secondPublication = await publish(secondCopy.result);
    return {
      firstStart: firstStart.cost,
      secondStart: secondStart.cost,
      firstCopy: firstCopy.cost,
      secondCopy: secondCopy.cost,
      firstPublication,
      secondPublication,
    };
  } finally {
    await stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** The publication of a draft, by a person who has looked at it. Its review is not counted. */
async function publicationCost(
  { marketer, approver }: { readonly marketer: Person; readonly approver: Person },
  { campaignId, number }: CampaignVersionCard,
  pid: number,
): Promise<Cost> {
  const path = `campaigns/${campaignId}/versions/${number}`;
  const { warnings } = await marketer.call(path, CampaignVersionDetail);
  const problems = warnings.map(({ code, file, message }) => ({ code, file, message }));
  if (problems.length > 0)
    await marketer.call(`${path}/confirmations`, CampaignVersionCard, { method: 'POST', json: { problems } });
  await marketer.call(`${path}/submit`, CampaignVersionCard, { method: 'POST' });
  await approver.call(`${path}/approve`, CampaignVersionCard, { method: 'POST' });
  await marketer.call(path, CampaignVersionDetail);
  await pause(DIALOG_MS);
  const [opensOn, closesOn] = [0, 90].map((days) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10),
  );
  const json = { partnerGroupIds: [], opensOn, closesOn };
  const { cost } = await costOf(
    () => marketer.call(`${path}/publish`, CampaignVersionCard, { method: 'POST', json }),
    pid,
  );
  return cost;
}

/** @param running the process whose work it is. Default: the one that it starts. */
async function costOf<T>(
  work: () => Promise<T>,
  running?: number,
): Promise<{ readonly cost: Cost; readonly result: T }> {
  const [before, beganAt] = [running === undefined ? 0 : treeCpuMs(running), performance.now()];
  const result = await work();
  const wallMs = performance.now() - beganAt;
  const pid = running ?? (result instanceof Standalone ? result.server.pid : 0);
  return { cost: { wallMs, cpuMs: treeCpuMs(pid) - before }, result };
}

/** Processor time of a process and all its descendants, also ended ones (proc(5)). */
function treeCpuMs(root: number): number {
  const childrenOf = new Map<number, number[]>();
  const ticksOf = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const fields = statOf(name);
    if (fields === null) continue;
    const parent = Number(fields[1]);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)]);
    ticksOf.set(
      Number(name),
      fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0),
    );
  }
  const sum = (pid: number): number =>
    (ticksOf.get(pid) ?? 0) + (childrenOf.get(pid) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(root) * MS_PER_TICK;
}

/** Fields after the name, which may contain any character. */
function statOf(pid: string): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
