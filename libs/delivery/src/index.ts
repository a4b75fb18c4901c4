export { DeliveryModule } from './delivery.module.js';
export {
  Ledger,
  type LeasedMessage,
  type MessageOutcome,
  type MessageRecord,
  type PlannedMessage,
} from './ledger.service.js';
export { SendJournal, type JournalState } from './send-journal.js';
export type { MessageState } from './message-state.js';
export { MessageEvents, type MessageEvent, type MessageSubject, type RecentMessage } from './message-events.service.js';
