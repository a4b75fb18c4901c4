// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites. jobs.db.spec.ts runs alone: it starts a process that has
// handlers only for jobs of its own.
import '../../libs/database/src/postgres-notifications.db.spec.js';
import '../../libs/database/src/database-clock.db.spec.js';
import '../../libs/database/src/database.db.spec.js';
import '../../libs/database/src/migrations.db.spec.js';
import '../../libs/database/src/schema-drift.db.spec.js';
import '../../libs/delivery/src/instance-epochs.db.spec.js';
import '../../libs/delivery/src/ledger.db.spec.js';
import '../../libs/delivery/src/mail-groups.db.spec.js';
import '../../libs/delivery/src/relay-transport.db.spec.js';
import '../../libs/sequences/src/enrolment/due-queue.db.spec.js';
import '../../libs/sequences/src/enrolment/partner-round-robin.db.spec.js';
import '../../libs/sequences/src/records/next-emails.db.spec.js';
import '../../libs/sequences/src/records/progress.db.spec.js';
import '../../libs/sequences/src/sending/send-preflight.db.spec.js';
import '../../libs/sequences/src/sending/sending-plans.db.spec.js';
import '../../libs/sequences/src/sending/settlement-writer.db.spec.js';
import '../../libs/webhooks/src/webhook-events.db.spec.js';
import '../../libs/seal/src/seal-records.db.spec.js';
import '../../libs/seal/src/signing-keys.db.spec.js';
import '../../libs/insight/src/insight.db.spec.js';
import '../../libs/insight/src/reading-costs.db.spec.js';
import '../../libs/insight/src/released-medians.db.spec.js';
import '../../libs/insight/src/result-releases.db.spec.js';
import '../../libs/insight/src/shown-totals.db.spec.js';
import '../../libs/release/src/release.db.spec.js';
import '../../libs/platform/src/health.db.spec.js';
import '../../libs/delivery/src/circuit-breaker.db.spec.js';
import '../../libs/delivery/src/halts.db.spec.js';
import '../../libs/delivery/src/relay-routes.db.spec.js';
import '../../libs/delivery/src/retries.db.spec.js';
import '../../libs/delivery/src/streams.db.spec.js';
import '../../libs/delivery/src/unknown-messages.db.spec.js';
import '../../libs/database/src/key-check.db.spec.js';
import '../../libs/database/src/process-roles.db.spec.js';
