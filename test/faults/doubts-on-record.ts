import type { FaultSite } from './fault-site.js';

/**
 * Records in the database each message that becomes unknown, even for a moment.
 * Polling the ledger could miss it.
 */
export class DoubtsOnRecord {
  private constructor(private readonly faults: FaultSite) {}

  static async begin(faults: FaultSite): Promise<DoubtsOnRecord> {
    for (const statement of [
      'CREATE TABLE public.doubt_on_record (message_id uuid, reason text)',
      `CREATE FUNCTION public.record_doubt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
         $$ BEGIN INSERT INTO public.doubt_on_record VALUES (new.id, new.reason); RETURN new; END $$`,
      `CREATE TRIGGER doubt_on_record AFTER UPDATE ON delivery.message FOR EACH ROW
         WHEN (new.state = 'unknown') EXECUTE FUNCTION public.record_doubt()`,
    ])
      await faults.site.api.asOwner(statement);
    return new DoubtsOnRecord(faults);
  }

  /** @returns how many became unknown, by reason. */
  async end(): Promise<readonly { readonly reason: string; readonly n: number }[]> {
    const { api } = this.faults.site;
    const found = await api.asOwner<{ reason: string; n: number }>(
      'SELECT reason, count(*)::int AS n FROM public.doubt_on_record GROUP BY 1 ORDER BY 1',
    );
    await api.asOwner('DROP TRIGGER doubt_on_record ON delivery.message');
    await api.asOwner('DROP FUNCTION public.record_doubt');
    await api.asOwner('DROP TABLE public.doubt_on_record');
    return found;
  }
}
