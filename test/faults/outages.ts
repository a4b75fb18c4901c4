import { until } from '../support/until.js';
import type { FaultSite } from './fault-site.js';

/**
 * Runs an outage in the middle of a send to this many contacts.
 * @returns seconds from its end until the next message was accepted.
 */
export async function inTheMiddleOf(faults: FaultSite, messages: number, work: () => Promise<void>): Promise<number> {
  const { server, site } = faults;
  const before = server.accepted.size;
  await site.launch(await site.aPartner('Interrupted IT'), messages);
  await until(() => server.accepted.size > before + messages / 10, 'the first mails');
  await work();
  const [afterMs, at] = [performance.now(), server.accepted.size];
  const goesOn = async (): Promise<boolean> => {
    await faults.hurry();
    return server.accepted.size > at || (await faults.open()) === 0;
  };
  await until(goesOn, 'sending to go on');
  const seconds = (performance.now() - afterMs) / 1000;
  await faults.settled(120_000);
  return Math.round(seconds * 10) / 10;
}
