import pg from 'pg';

/** The processes of a distributed installation. */
export type ProcessName = 'api' | 'renderer' | 'scheduler';
export const PROCESS_NAMES = ['api', 'renderer', 'scheduler'] as const satisfies readonly ProcessName[];

/** The database role of a process. */
export const roleOf = (process: ProcessName): string => `throughline_${process}`;

type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
const WRITES: readonly Privilege[] = ['INSERT', 'UPDATE', 'DELETE'];

interface Withheld {
  readonly privileges: readonly Privilege[];
  /** By schema; `*` is all of its tables. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

const INSERT: readonly Privilege[] = ['INSERT'];
const EVERYTHING: readonly Privilege[] = ['SELECT', ...WRITES];

/**
 * What the role of a process may not do although `throughline_app` may: no code
 * that the process runs does it. PostgreSQL checks the rights of the writer for
 * what triggers write too, so a table is listed only if no trigger of a table
 * that the process writes needs it.
 */
export const WITHHELD: Readonly<Record<ProcessName, readonly Withheld[]>> = {
  // Has sessions with the outside. Enrolments, steps and counts are the
  // scheduler's: api asks for them by jobs.
  api: [
    {
      privileges: WRITES,
      tables: {
        activations: [
          'campaign_news',
          'edition',
          'end_notice',
          'onboarding_reminder',
          'recall_count',
          'recall_item',
          'recall_letter',
          'recall_target',
          'version_news',
        ],
        campaigns: ['recalled_image'],
        contacts: ['deleted_contact'],
        delivery: ['destination', 'mail_group'],
        insight: [
          'counted_person',
          'daily',
          'finished_activation',
          'lift_activation',
          'lift_batch',
          'lift_count',
          'result_progress',
        ],
        notifications: ['digest'],
        sequences: ['hold_out_draw', 'not_enrolled'],
      },
    },
    {
      privileges: INSERT,
      tables: {
        delivery: ['look_up'],
        sequences: ['click_move', 'enrolment', 'goal_reached', 'ready_post', 'step_execution'],
      },
    },
  ],
  // Reads files of strangers: no secrets of accounts, relays and domains.
  renderer: [
    // The scheduler deletes what is not used.
    { privileges: ['DELETE'], tables: { campaigns: ['stored_blob'] } },
    {
      privileges: EVERYTHING,
      tables: {
        identity: ['*'],
        brand: ['dkim_key', 'vendor_dkim_key'],
        notifications: ['*'],
        saved_views: ['*'],
        delivery: ['relay'],
        engagement: ['provider_source', 'provider_token'],
      },
    },
    {
      privileges: WRITES,
      tables: {
        assets: ['*'],
        activations: [
          'activation_list',
          'activation_update',
          'calendar',
          'campaign_news',
          'edition',
          'end_notice',
          'hidden_onboarding',
          'launch_reminder',
          'launch_setting',
          'onboarding_reminder',
          'onboarding_reminder_setting',
          'recall_count',
          'recall_item',
          'recall_letter',
          'recall_target',
          'slot_draft',
          'version_news',
          'version_update',
          'wave',
        ],
        brand: ['brand_kit', 'kit_logo', 'sending_identity', 'sending_preference', 'vendor_domain'],
        campaigns: [
          'draft_file',
          'library_use',
          'lifetime',
          'recall',
          'recalled_image',
          'recalled_version',
          'test_winner',
          'translation',
          'translation_request',
          'translation_reviewer',
          'translation_rule',
          'version_group',
        ],
        contacts: [
          'consent_rule',
          'deleted_contact',
          'frequency_cap',
          'frequency_use',
          'opt_in',
          'partner_frequency_use',
          'segment',
          'segment_due',
        ],
        delivery: ['claim_counter', 'destination', 'instance', 'look_up', 'mail_group', 'stream', 'unknown_policy'],
        engagement: ['mailbox', 'mailbox_mail'],
        founding: ['*'],
        insight: [
          'attribution_report',
          'cost',
          'counted_person',
          'daily',
          'deal_sum',
          'deal_sum_entry',
          'deal_sum_span',
          'distributor_total',
          'finished_activation',
          'first_result_band',
          'first_result_partner',
          'lift_activation',
          'lift_batch',
          'lift_count',
          'median_band',
          'result_progress',
          'totals_reading',
        ],
        joining: ['*'],
        leads: [
          'deal',
          'deal_event',
          'deal_import',
          'deal_import_row',
          'disclosure_recipient',
          'lead_event',
          'mail_setting',
          'reminder',
          'response_list',
          'stricter_rule',
        ],
        organisations: ['attribute_value', 'counted_deals', 'partner_attribute', 'relay_consent', 'shared_totals'],
        newsletters: ['*'],
        privacy: ['*'],
        release: ['*'],
        tiers: ['*'],
        sequences: [
          'click_move',
          'daily_count',
          'date_rule',
          'due',
          'entry_rule',
          'goal_reached',
          'hold_out_draw',
          'not_enrolled',
          'partner_queue',
          'ready_post',
        ],
        webhooks: ['attempt'],
      },
    },
    {
      privileges: INSERT,
      tables: {
        delivery: ['message'],
        leads: ['deal_share', 'disclosure', 'disclosure_answer', 'follow_up', 'lead', 'request'],
        sequences: ['enrolment', 'step_execution'],
        webhooks: ['endpoint'],
      },
    },
  ],
  // Has no sessions with people.
  scheduler: [
    { privileges: EVERYTHING, tables: { identity: ['passkey', 'recovery_code'] } },
    // It deletes old ones.
    {
      privileges: ['INSERT', 'UPDATE'],
      tables: {
        identity: [
          'colleague_suggestion',
          'email_change',
          'passkey_challenge',
          'password_reset_request',
          'session',
          'sign_in_failure',
          'sign_in_policy',
          'totp',
        ],
      },
    },
    {
      privileges: WRITES,
      tables: {
        activations: [
          'activation_list',
          'hidden_onboarding',
          'launch_setting',
          'onboarding_reminder_setting',
          'slot_draft',
        ],
        assets: ['*'],
        brand: ['brand_kit', 'kit_logo', 'sending_preference'],
        campaigns: [
          'draft_file',
          'library_use',
          'lifetime',
          'recall',
          'recalled_version',
          'test_winner',
          'translation',
          'translation_request',
          'translation_reviewer',
          'translation_rule',
        ],
        contacts: ['consent_rule', 'opt_in'],
        engagement: ['provider_source', 'provider_token'],
        founding: ['*'],
        identity: ['api_key', 'assignment', 'notification_choice'],
        notifications: ['mailbox_refusal'],
        insight: ['attribution_report', 'cost', 'distributor_total'],
        joining: ['application_form', 'terms_acceptance', 'terms_version'],
        leads: [
          'deal',
          'deal_event',
          'deal_import',
          'deal_import_row',
          'disclosure_recipient',
          'mail_setting',
          'response_list',
        ],
        organisations: ['attribute_value', 'counted_deals', 'partner_attribute', 'shared_totals'],
        tiers: ['rules'],
      },
    },
    {
      privileges: INSERT,
      tables: {
        saved_views: ['*'],
        campaigns: ['stored_blob'],
        identity: ['mail_test', 'user_account', 'waiting_invitation'],
        joining: ['application'],
        leads: ['deal_share', 'disclosure_answer'],
      },
    },
  ],
};

/** Whether a process lacks a privilege of `throughline_app` on a table. */
function isWithheld(process: ProcessName, privilege: string, schema: string, table: string): boolean {
  return WITHHELD[process].some(
    ({ privileges, tables }) =>
      privileges.some((name) => name === privilege) &&
      (tables[schema] ?? []).some((name) => name === '*' || name === table),
  );
}

interface Grant {
  readonly schema: string;
  readonly table: string;
  readonly privilege: string;
  /** Null: all columns. */
  readonly column: string | null;
}

const GRANTS_OF_APPLICATION = `
  SELECT n.nspname AS schema, c.relname AS table, a.privilege_type AS privilege, NULL AS column
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN aclexplode(c.relacl) a
  WHERE a.grantee = 'throughline_app'::regrole
  UNION ALL
  SELECT n.nspname, c.relname, a.privilege_type, t.attname
  FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN aclexplode(t.attacl) a
  WHERE a.grantee = 'throughline_app'::regrole`;

/**
 * Makes the roles of the three processes, or sets their passwords, and gives
 * each the rights of `throughline_app` except those of `WITHHELD`. Call it after
 * `migrate`. One transaction: running processes never miss a right.
 *
 * @param ownerUrl the owner's connection, which may create roles.
 * @param passwords of the roles.
 * @throws Error of PostgreSQL if the connection may not do that.
 */
export async function grantProcessRoles(
  ownerUrl: string,
  passwords: Readonly<Record<ProcessName, string>>,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'throughline migrations' });
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rows: grants } = await client.query<Grant>(GRANTS_OF_APPLICATION);
    const schemas = [...new Set(grants.map(({ schema }) => schema))].map(pg.escapeIdentifier).join(', ');
    for (const process of PROCESS_NAMES) {
      const role = roleOf(process);
      await ensureRole(client, role, passwords[process]);
      const given = grants.filter(({ privilege, schema, table }) => !isWithheld(process, privilege, schema, table));
      await client.query(
        [
          `REVOKE ALL ON ALL TABLES IN SCHEMA ${schemas} FROM ${role}`,
          `GRANT USAGE ON SCHEMA ${schemas} TO ${role}`,
          ...given.map((grant) => statement(grant, role)),
        ].join(';\n'),
      );
    }
    // The age of the oldest snapshot is that of any session; without this right
    // it would be that of the scheduler's own.
    await client.query(`GRANT pg_read_all_stats TO ${roleOf('scheduler')}`);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

function statement({ schema, table, privilege, column }: Grant, role: string): string {
  const on = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
  const of = column === null ? '' : ` (${pg.escapeIdentifier(column)})`;
  return `GRANT ${privilege}${of} ON ${on} TO ${role}`;
}

/** Makes a role that can sign in and do nothing else, or sets its password. */
export async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE`);
  await client.query(`ALTER ROLE ${role} PASSWORD ${pg.escapeLiteral(password)}`);
}
