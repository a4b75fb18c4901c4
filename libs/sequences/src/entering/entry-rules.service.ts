import { Injectable } from '@nestjs/common';
import { LaunchedSequences } from '#activations';
import { Database, unnestRows } from '#database';
import { type ActivationId, Clock, type PartnerActor, type SystemActor } from '#kernel';
import { entriesOf, type Entry, isConditional, type EntryTrigger, type SequenceDefinition } from '#sequencing';

type RuleTrigger = Exclude<EntryTrigger, { on: 'launch' }>;

interface EntryRule {
  readonly key: string;
  readonly when: RuleTrigger;
}

interface StoredRule {
  readonly key: string;
  readonly kind: RuleTrigger['on'];
  readonly name: string | null;
  readonly accepted: readonly string[] | null;
  readonly isNot: boolean;
  readonly days: number | null;
}

/**
 * Stores by which rules people enter a launched sequence. Triggers read them:
 * libs/database/functions/sequences.request_by_*.sql.
 */
@Injectable()
export class EntryRules extends LaunchedSequences {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async store(
    actor: PartnerActor | SystemActor,
    activationId: ActivationId,
    sequence: SequenceDefinition,
  ): Promise<void> {
    await this.insert(actor, activationId, entriesOf(sequence).flatMap(ruleOf));
  }

  override async replace(actor: SystemActor, activationId: ActivationId, sequence: SequenceDefinition): Promise<void> {
    const rules = entriesOf(sequence).flatMap(ruleOf);
    const stored = await this.database.query<StoredRule>(
      'SELECT entry_key AS key, kind, name, accepted, is_not, days FROM sequences.entry_rule WHERE activation_id = $1',
      [activationId],
    );
    const same = new Set(stored.map((rule) => JSON.stringify(rule)));
    const isKept = (rule: EntryRule): boolean => same.has(JSON.stringify(storedAs(rule)));
    const kept = rules.filter(isKept).map(({ key }) => key);
    // A rule that stays keeps the days that it has looked at.
    for (const table of ['date_rule', 'entry_rule'])
      await this.database.query(
        `DELETE FROM sequences.${table} WHERE activation_id = $1 AND NOT entry_key = ANY ($2)`,
        [activationId, kept],
      );
    await this.insert(
      actor,
      activationId,
      rules.filter((rule) => !isKept(rule)),
    );
    // A new rule by a date holds from today on, not from the launch on.
    await this.database.query(
      `UPDATE sequences.date_rule SET from_on = greatest(from_on, $3::timestamptz::date) WHERE activation_id = $1 AND NOT entry_key = ANY ($2)`,
      [activationId, kept, this.clock.now()],
    );
    if (!isConditional(sequence)) return;
    await this.database.query(
      `UPDATE sequences.enrolment SET listens = true WHERE activation_id = $1 AND NOT listens AND state IN ('waiting', 'running')`,
      [activationId],
    );
  }

  private async insert(
    { partnerId }: PartnerActor | SystemActor,
    activationId: ActivationId,
    rules: readonly EntryRule[],
  ): Promise<void> {
    if (rules.length === 0) return;
    const rows = unnestRows(
      rules.map(storedAs),
      {
        key: 'text',
        kind: 'text',
        name: 'text',
        // An array of arrays has one length: JSON does not.
        accepted: 'jsonb',
        isNot: 'boolean',
        days: 'int',
      },
      [activationId, partnerId],
    );
    await this.database.query(
      `INSERT INTO sequences.entry_rule (activation_id, partner_id, entry_key, kind, name, accepted, is_not, days)
       SELECT $1, $2, given.key, given.kind, given.name,
         CASE WHEN given.accepted IS NOT NULL THEN ARRAY(SELECT jsonb_array_elements_text(given.accepted)) END, given.is_not, given.days FROM ${rows.from}`,
      rows.parameters,
    );
  }
}

/** A rule as its row has it. */
const storedAs = ({ key, when }: EntryRule): StoredRule => ({
  key,
  kind: when.on,
  name: nameOf(when),
  accepted: acceptedBy(when),
  isNot: when.on === 'field' && when.isNot,
  days: when.on === 'date' ? when.days : null,
});

const ruleOf = ({ key, when }: Entry): EntryRule[] => (when.on === 'launch' ? [] : [{ key, when }]);

function nameOf(when: RuleTrigger): string | null {
  switch (when.on) {
    case 'form':
      return when.page;
    case 'document':
      return when.document;
    case 'event':
      return when.name;
    case 'field':
    case 'date':
      return when.field;
    default:
      return null;
  }
}

/** Fields are compared as `sequences.contact_value` has them. */
function acceptedBy(when: RuleTrigger): readonly string[] | null {
  if (when.on === 'field') return when.values.map((value) => value.trim().toLowerCase());
  return when.on === 'lead' ? when.states : null;
}
