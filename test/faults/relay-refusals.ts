import { until } from '../support/until.js';
import type { FaultSite } from './fault-site.js';
import { SMTP_FAULT_NAMES, type SmtpFaultName } from './smtp-fault.js';

/**
 * As many messages without a fault: a relay that accepts nothing at all is not
 * tried.
 */
const TAKEN = SMTP_FAULT_NAMES.length;

/**
 * One message for each fault, and as many without.
 * @returns state and reason in the ledger after the first attempt, by fault.
 */
export async function refuseAtEveryVerb(faults: FaultSite): Promise<Map<SmtpFaultName, string>> {
  const left: (SmtpFaultName | null)[] = SMTP_FAULT_NAMES.flatMap((name) => [name, null]);
  const tried = new Map<string, SmtpFaultName | null>();
  faults.server.faultOf = (id) => {
    if (tried.has(id)) return null;
    const next = left.shift() ?? null;
    tried.set(id, next);
    return next;
  };
  const partner = await faults.site.aPartner('Refused IT');
  const activation = await faults.site.launch(partner, SMTP_FAULT_NAMES.length + TAKEN);
  const areTried = async (): Promise<boolean> => {
    const [row] = await faults.site.api.asOwner<{ busy: number }>(
      `SELECT (count(*) FILTER (WHERE state IN ('leased', 'releasing') OR reason = 'lease-expired') + $2 - count(*))::int AS busy FROM delivery.message WHERE activation_id = $1`,
      [activation, SMTP_FAULT_NAMES.length + TAKEN],
    );
    // A process whose lease is over may still wait for the relay's answer, and
    // will report it.
    if (row?.busy !== 0) return false;
    // A relay that hangs blocks the messages behind it until its lease is
    // nearly over. Those have not been tried yet.
    await faults.site.api.asOwner(
      'UPDATE delivery.message SET retry_at = now() WHERE retry_at > now() AND activation_id = $1 AND id <> ALL ($2)',
      [activation, [...tried.keys()]],
    );
    return tried.size === SMTP_FAULT_NAMES.length + TAKEN;
  };
  await until(areTried, 'every message to be tried once');
  const rows = await faults.site.api.asOwner<{ id: string; now: string }>(
    `SELECT id, state || ' ' || coalesce(reason, '') AS now FROM delivery.message WHERE activation_id = $1`,
    [activation],
  );
  return new Map(
    rows.flatMap(({ id, now }) => {
      const fault = tried.get(id) ?? null;
      return fault === null ? [] : [[fault, now] as const];
    }),
  );
}
