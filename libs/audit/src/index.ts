export { AuditLog, type AuditEntry, type AuditFact } from './audit.service.js';
export { AuditModule } from './audit.module.js';
