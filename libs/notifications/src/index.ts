export { NotificationsModule } from './notifications.module.js';
export { type DueDigest, Digests, type HeldItem } from './digests.service.js';
export { type Notice, type NoticeReader, Notifier, type SummaryReader } from './notifier.service.js';
export { Inbox, type InboxItem, type InboxReader, type NotificationId } from './inbox.service.js';
export { type LinkReader, type OptOutFacts, OptOutLinks } from './opt-out-links.service.js';
export { type Audience, concernedReaders, contactReaders, partnerReaders } from './readers.js';
export { NOTIFICATION_TEXTS } from './notification-texts.js';
export { Receipts } from './receipts.service.js';
