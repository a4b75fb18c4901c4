import { Injectable } from '@nestjs/common';
import { LaunchedSequences } from '#activations';
import { Database, unnestRows } from '#database';
import type { ActivationId, PartnerActor, SystemActor } from '#kernel';
import { entriesOf, type Entry, isConditional, type EntryTrigger, type SequenceDefinition } from '#sequencing';

type RuleTrigger = Exclude<EntryTrigger, { on: 'launch' }>;

interface EntryRule {
  readonly key: string;
  readonly when: RuleTrigger;
}

/**
 * Stores by which rules people enter a launched sequence. Triggers read them:
 * libs/database/functions/sequences.request_by_*.sql.
 */
@Injectable()
export class EntryRules extends LaunchedSequences {
  constructor(private readonly database: Database) {
    super();
  }

  override async replace(actor: SystemActor, activationId: ActivationId, sequence: SequenceDefinition): Promise<void> {
    await this.database.query('DELETE FROM sequences.entry_rule WHERE activation_id = $1', [activationId]);
    await this.store(actor, activationId, sequence);
    if (!isConditional(sequence)) return;
    await this.database.query(
      `UPDATE sequences.enrolment SET listens = true WHERE activation_id = $1 AND NOT listens AND state IN ('waiting', 'running')`,
      [activationId],
    );
  }

  override async store(
    actor: PartnerActor | SystemActor,
    activationId: ActivationId,
    sequence: SequenceDefinition,
  ): Promise<void> {
    const rules = entriesOf(sequence).flatMap(ruleOf);
    if (rules.length === 0) return;
    const rows = unnestRows(
      rules,
      {
        key: 'text',
        kind: ['text', ({ when }) => when.on],
        name: ['text', ({ when }) => nameOf(when)],
        // An array of arrays has one length: JSON does not.
        accepted: ['jsonb', ({ when }) => acceptedBy(when)],
        isNot: ['boolean', ({ when }) => when.on === 'field' && when.isNot],
        days: ['int', ({ when }) => (when.on === 'date' ? when.days : null)],
      },
      [activationId, actor.partnerId],
    );
    await this.database.query(
      `INSERT INTO sequences.entry_rule (activation_id, partner_id, entry_key, kind, name, accepted, is_not, days)
       SELECT $1, $2, given.key, given.kind, given.name,
         CASE WHEN given.accepted IS NOT NULL THEN ARRAY(SELECT jsonb_array_elements_text(given.accepted)) END, given.is_not, given.days FROM ${rows.from}`,
      rows.parameters,
    );
  }
}

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
